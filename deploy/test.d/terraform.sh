# shellcheck shell=bash
# The Terraform module, by terraform and the real AWS provider, against the emulator: what it builds is what the reviewed
# file says, applying again changes nothing, the recipe's data runs through its workflow, and nothing is left when it is
# destroyed. What a command has just read or made is not read again by the next: -refresh=false.
#
# CROSSFOOT_TERRAFORM_PLUGINS names a folder with the provider (terraform providers mirror makes one) where the registry
# cannot be reached; without it one is looked for on this machine, and then the registry is asked.

need terraform "see https://developer.hashicorp.com/terraform/install"
start_emulator
normal=$ROOT/deploy/test.d/normal
cp -r "$ROOT/deploy/terraform" "$ROOT/deploy/cloudformation" "$WORK"
cd "$WORK/terraform"

# a settings file that is not there is warned of by each command
[ -f "${TF_CLI_CONFIG_FILE:-}" ] || unset TF_CLI_CONFIG_FILE
export CHECKPOINT_DISABLE=1 TF_IN_AUTOMATION=1
export GOGC=400 # a fifth of the provider's time goes to garbage, of which each process leaves little
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
here=us-east-1
there=eu-west-1
common=(-no-color -input=false -var suffix=test01 -var emulated=true -var force_destroy=true)
variables=("${common[@]}" -var "replica_region=$there")
resolved() {
  python3 "$normal/resolved.py" "$ROOT/deploy/cloudformation/crossfoot.yaml" Suffix=test01 "$@"
}
described() {
  AWS_REGION=$1 AWS_DEFAULT_REGION=$1 python3 "$normal/described.py" "${@:2}"
}
as_the_template() {
  described $here >../built.json
  resolved "ReplicaRegion=$there" "$@" | diff -u - ../built.json
  described $there >../built.json
  resolved "AWS::Region=$there" Standby=true "$@" | diff -u - ../built.json
}

# ---- with a stand-by in a second region

terraform apply "${variables[@]}" -auto-approve
as_the_template

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
aws_glue_data_quality_ruleset update tags tags_all
aws_glue_workflow update tags tags_all
END
terraform apply -no-color -input=false again
terraform plan "${variables[@]}" -detailed-exitcode # 2 where something would change

# ---- started by events, with rules of one's own: as the template says

put_any_function processed-data-test01 processed-data-test01-$there
rules='Rules = [ RowCount > 4, IsUnique "order_id" ]'
terraform apply "${variables[@]}" -var start_mode=event -var "quality_rules=$rules" -refresh=false -auto-approve
as_the_template StartMode=event "QualityRules=$rules"

# ---- as it is without parameters: the stand-by goes first, while it is known where it is

terraform destroy "${variables[@]}" -var start_mode=event -target 'module.standby[0]' -refresh=false -auto-approve
terraform apply "${common[@]}" -refresh=false -auto-approve
described $here >../built.json
diff -u "$normal/golden.json" ../built.json

# ---- other services: what moto can make and tell is made; of the rest, what is planned is what the template says

options=("${common[@]}" -var table_comments=true -var "lake_formation_reader=$analyst" -var data_brew=true
  -var "quick_sight_principal=$of_quick_sight" -var lineage_domain=dzd_test01)
only_planned='QuickSight|DataBrew|profile-|LFTagPolicy'
targets=()
for one in aws_glue_job.enrich aws_iam_role_policy.glue aws_lakeformation_resource_lf_tags.personal \
  aws_lakeformation_permissions.of_database aws_lakeformation_permissions.role_of_tables \
  aws_lakeformation_permissions.role_of_location; do
  targets+=(-target "module.crossfoot.$one")
done
terraform apply "${options[@]}" "${targets[@]}" -refresh=false -auto-approve
described $here >../built.json
# the provider cannot tell the database that its tables are open to nobody
resolved "${other_services[@]}" | entries -v "$only_planned" | grep -v '"CreateTableDefaultPermissions": \[\]' | diff -u - ../built.json
terraform plan "${options[@]}" -refresh=false -out=options
terraform show -json options | python3 "$normal/planned.py" >../planned.json
resolved "${other_services[@]}" | entries "$only_planned" | diff -u - ../planned.json

# ---- no more than a table with comments; moto takes no tags from columns: they stay with the table

terraform state rm 'module.crossfoot.aws_lakeformation_resource_lf_tags.personal[0]'
terraform apply "${common[@]}" -var table_comments=true -refresh=false -auto-approve
described $here >../built.json
resolved TableComments=true | diff -u - ../built.json

# ---- the recipe's data, by the workflow

run_sample
"$ROOT/deploy/scripts/verify.sh" --suffix test01

# ---- and nothing is left, of the data either

terraform destroy "${common[@]}" -var table_comments=true -auto-approve
for region in $here $there; do
  expect "what is left in $region" "$(described "$region" --names)" <<<''
done
