# shellcheck shell=bash
# The Terraform module, by terraform and the real AWS provider, against the emulator: what it builds is what the reviewed
# file says, applying again changes nothing, and nothing is left when it is destroyed.
#
# CROSSFOOT_TERRAFORM_PLUGINS names a folder with the provider (terraform providers mirror makes one) where the registry
# cannot be reached; without it one is looked for on this machine, and then the registry is asked.

need terraform "see https://developer.hashicorp.com/terraform/install"
start_emulator
normal=$ROOT/deploy/test.d/normal
cp -r "$ROOT/deploy/terraform" "$WORK/terraform"
cd "$WORK/terraform"

# a settings file that is not there is warned of by each command
[ -f "${TF_CLI_CONFIG_FILE:-}" ] || unset TF_CLI_CONFIG_FILE
export CHECKPOINT_DISABLE=1 TF_IN_AUTOMATION=1
find_plugins() {
  find / \( -path /proc -o -path /sys -o -path /dev \) -prune -o -maxdepth 6 -type d \
    -path '*/registry.terraform.io/hashicorp/aws' -print 2>/dev/null || true # not all may be looked into
}
plugins=${CROSSFOOT_TERRAFORM_PLUGINS:-$(find_plugins | sed -n '1s|/registry.terraform.io/.*||p')}
init() {
  terraform init -input=false -no-color ${plugins:+"-plugin-dir=$plugins"} || {
    echo "Cannot get the AWS provider: see above; name a folder that has it in CROSSFOOT_TERRAFORM_PLUGINS"
    return 1
  }
}

terraform fmt -check -recursive -no-color "$ROOT/deploy/terraform"
init
terraform validate -no-color
env -u AWS_ENDPOINT_URL terraform test -no-color

cd example
init
variables=(-no-color -input=false -var suffix=test01 -var emulated=true -var force_destroy=true)
terraform apply "${variables[@]}" -auto-approve
python3 "$normal/described.py" >../built.json
diff -u "$normal/golden.json" ../built.json

# moto loses the tags of two on their creation; a second apply sets them, and then there is nothing more to do
terraform plan "${variables[@]}" -out=again
expect "what applying again changes" "$(terraform show -json again | python3 -c 'import json, sys
for one in json.load(sys.stdin)["resource_changes"]:
    change = one["change"]
    if change["actions"] != ["no-op"]:
        before, after = change["before"], change["after"]
        fields = sorted(key for key in after if before.get(key) != after[key])
        print(one["type"], *change["actions"], *fields)')" <<'END'
aws_glue_data_quality_ruleset update tags tags_all
aws_glue_workflow update tags tags_all
END
terraform apply "${variables[@]}" -auto-approve
terraform plan "${variables[@]}" -detailed-exitcode # 2 where something would change

# ---- started by events: as the template says; a function wants its code to be there, and any will do

echo 'public class Any {}' >Any.java
python3 -c 'import shutil; shutil.make_archive("any", "zip", ".", "Any.java")'
aws s3 cp --only-show-errors any.zip s3://processed-data-test01/scripts/crossfoot-start-on-arrival.jar
variables+=(-var start_mode=event)
terraform apply "${variables[@]}" -auto-approve
python3 "$normal/described.py" >../built.json
python3 "$normal/resolved.py" "$ROOT/deploy/cloudformation/crossfoot.yaml" Suffix=test01 StartMode=event | diff -u - ../built.json

terraform destroy "${variables[@]}" -auto-approve
expect "what is left" "$(python3 "$normal/described.py" --names)" <<<''
