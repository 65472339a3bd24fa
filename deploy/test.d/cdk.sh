# shellcheck shell=bash
# The CDK apps, in Java and TypeScript, deployed to the emulator by CDK's command line: what stands then is what the reviewed
# file says, deploying again changes nothing, the recipe's data runs through, and nothing is left when they are destroyed.
# What they make of the published template is the template, for whatever parameters.

need node "apt-get install nodejs, or https://nodejs.org"
need npm "apt-get install npm, or https://nodejs.org"
need mvn "apt-get install maven"
need cfn-lint "pip install cfn-lint"
normal=$ROOT/deploy/test.d/normal
published=$ROOT/deploy/cloudformation/crossfoot.yaml
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=1
# nothing is asked of anybody else, and nothing written to the user's home
export CI=true CDK_DISABLE_CLI_TELEMETRY=true CDK_HOME=$WORK/cdk
start_emulator

cd "$ROOT/deploy/cdk/typescript"
[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --ignore-scripts --prefer-offline
cdk() {
  "$ROOT/deploy/cdk/typescript/node_modules/.bin/cdk" --no-notices "$@"
}

# Deploys the app of the current folder as the page says, and again, runs the recipe's data, and destroys it: what the app
# makes is left in a folder of its name.
deploy_and_destroy() {
  cdk deploy -c stack=crossfoot-test01 --parameters Suffix=test01 --require-approval never --output "$WORK/$1"
  python3 "$normal/described.py" >"$WORK/built.json"
  diff -u "$normal/golden.json" "$WORK/built.json"
  cdk deploy --app "$WORK/$1" --parameters Suffix=test01 --require-approval never 2>&1 | tee "$WORK/again.log"
  expect "what deploying again changes" "$(grep -c '(no changes)' "$WORK/again.log")" <<<1
  run_sample
  "$ROOT/deploy/scripts/destroy.sh" --suffix test01 --delete-data --only-data
  cdk destroy --app "$WORK/$1" --force
  expect "what is left" "$(python3 "$normal/described.py" --names)" <<<''
}

# ---- the TypeScript app

deploy_and_destroy typescript

# ---- the construct in Java, with cdk-nag, in a stack of somebody else's; and the app

cd "$ROOT/deploy/cdk/java"
mvn -q -B package
deploy_and_destroy java

# ---- are they the template?

cd "$WORK"
resolved() {
  python3 "$normal/resolved.py" "$@"
}
cfn-lint {java,typescript}/crossfoot-test01.template.json
for app in java typescript; do
  resolved "$app/crossfoot-test01.template.json" Suffix=test01 | diff -u "$normal/golden.json" -
  for given in "StartMode=event ProcessedCrawler=true Notify=all AlarmEmail=a@example.com" "StartMode=schedule MaxRetries=1" \
    "ReplicaRegion=eu-west-1 ${other_services[*]}" "Standby=true AWS::Region=eu-west-1"; do
    # shellcheck disable=SC2086 # each parameter is a word
    diff -u <(resolved "$published" Suffix=test02 $given) <(resolved "$app/crossfoot-test01.template.json" Suffix=test02 $given)
  done
done
diff -u <(resolved "$published" Suffix=test01 MaxRetries=1 ProcessedCrawler=true) \
  <(resolved "$ROOT/deploy/cdk/java/target/shop/shop.template.json")
