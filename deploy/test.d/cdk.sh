# shellcheck shell=bash
# The CDK apps, in Java and TypeScript: what they make of the published template is the template, for whatever parameters.

need node "apt-get install nodejs, or https://nodejs.org"
need npm "apt-get install npm, or https://nodejs.org"
need mvn "apt-get install maven"
need cfn-lint "pip install cfn-lint"
normal=$ROOT/deploy/test.d/normal
published=$ROOT/deploy/cloudformation/crossfoot.yaml
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=1

# ---- the construct, with cdk-nag, in a stack of somebody else's; and the app

cd "$ROOT/deploy/cdk/java"
mvn -q -B package
CDK_OUTDIR=$WORK/java mvn -q -B exec:java

# ---- the TypeScript app

cd "$ROOT/deploy/cdk/typescript"
[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --ignore-scripts --prefer-offline
CDK_OUTDIR=$WORK/typescript npm run --silent synth

# ---- are they the template?

cd "$WORK"
resolved() {
  python3 "$normal/resolved.py" "$@"
}
for app in java typescript; do
  cfn-lint "$app/crossfoot.template.json"
  resolved "$app/crossfoot.template.json" Suffix=test01 | diff -u "$normal/golden.json" -
  for given in "StartMode=event ProcessedCrawler=true Notify=all AlarmEmail=a@example.com" "StartMode=schedule MaxRetries=1" \
    "ReplicaRegion=eu-west-1 ${other_services[*]}" "Standby=true AWS::Region=eu-west-1"; do
    # shellcheck disable=SC2086 # each parameter is a word
    diff -u <(resolved "$published" Suffix=test02 $given) <(resolved "$app/crossfoot.template.json" Suffix=test02 $given)
  done
done
diff -u <(resolved "$published" Suffix=test01 MaxRetries=1 ProcessedCrawler=true) \
  <(resolved "$ROOT/deploy/cdk/java/target/shop/shop.template.json")
