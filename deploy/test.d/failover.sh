# shellcheck shell=bash
# A second region, by the scripts and against the emulator: what stands in both is what the template says, and the drill of
# deploy/failover.md, command by command as it is written there. moto copies no objects from bucket to bucket: copy does
# here what S3's replication would.

start_emulator
cd "$ROOT"
normal=$ROOT/deploy/test.d/normal
here=us-east-1
there=eu-west-1

# ---- wrong use is told

expect_exit 2 deploy/scripts/deploy.sh --suffix test01 --replica-region $here
expect_exit 2 deploy/scripts/deploy.sh --suffix test01 --replica-region Ireland
expect_exit 2 deploy/scripts/deploy.sh --suffix test01 --replica-region $there --standby true
expect_exit 2 deploy/scripts/dr-check.sh --suffix test01
expect_exit 2 deploy/scripts/dr-check.sh --suffix test01 --replica-region $here
expect_exit 4 deploy/scripts/dr-check.sh --suffix test01 --replica-region $there

# ---- the drill: the blocks of one step, in the order of the page, in one shell for all

step() {
  awk -v step="$1" -v block="$2" '/^[0-9]+\. / {current = $1 + 0; count = 0}
    /^ *```sh$/ {count++; inside = 1; next} /^ *```$/ {inside = 0}
    inside && current == step && count == block {sub(/^   /, ""); print}' deploy/failover.md | sed 's/shop1/test01/g' >"$WORK/step"
  [ -s "$WORK/step" ] || { echo "deploy/failover.md has no block $2 in step $1"; return 1; }
  echo "step $1"
  set -x
  # shellcheck disable=SC1091 # made just now
  . "$WORK/step"
  local code=$?
  { set +x; } 2>/dev/null
  return $code
}
# moto cannot turn the actions of alarms on and off: those two calls of the drill are not made
aws() {
  case "$1 $2" in
    'cloudwatch enable-alarm-actions' | 'cloudwatch disable-alarm-actions') echo "passed over: aws $*" ;;
    *) command aws "$@" ;;
  esac
}
copy() {
  aws s3 sync --only-show-errors --delete s3://raw-data-test01 s3://raw-data-test01-$there
  aws s3 sync --only-show-errors --delete s3://processed-data-test01 s3://processed-data-test01-$there --exclude 'athena-results/*'
}
crawled() {
  wait_for READY aws --region "$1" glue get-crawler --name "$2" --query Crawler.State --output text
}
balance() {
  grep -E '^  (read|written|amount_after) ' "$1" | tr -s ' \n' ' '
}

step 1 1
for region in $here $there; do
  given=(Standby=true)
  [ "$region" = $there ] || given=("ReplicaRegion=$there")
  AWS_REGION=$region AWS_DEFAULT_REGION=$region python3 "$normal/described.py" >"$WORK/built.json"
  python3 "$normal/resolved.py" deploy/cloudformation/crossfoot.yaml "AWS::Region=$region" Suffix=test01 \
    ProcessedCrawler=true StartMode=schedule "${given[@]}" | diff -u - "$WORK/built.json"
done

deploy/scripts/upload.sh --suffix test01 --sample
deploy/scripts/run.sh --suffix test01
cancel_evaluations
copy
step 2 1
crawled $there data-discovery-crawler-test01
crawled $there processed-data-crawler-test01
step 2 2

# ---- lost, with a file that was not copied yet

late='order_id,customer_id,product_name,quantity,price,order_date\n%s,C003,Desk,1,10.00,2024-01-18\n'
# shellcheck disable=SC2059 # the text is the format
printf "$late" 1006 | aws s3 cp - s3://raw-data-test01/sales/not-copied.csv
code=0
step 3 1 >"$WORK/lost" || code=$?
expect "what would be lost" "$code $(sed -n '2,3p' "$WORK/lost" | tr '\n' ' ')" \
  <<<'1 sales and customers: 1 of 3 objects would be lost, 94 bytes   sales/not-copied.csv '
step 3 2
step 4 1
step 5 1 >"$WORK/there.log"
expect "the balance there" "$(balance "$WORK/there.log")" <<<' read 5 written 5 amount_after 1575.97 '
step 6 1
# shellcheck disable=SC2059
printf "$late" 1007 | aws s3 cp - s3://raw-data-test01-$there/sales/meanwhile.csv

# ---- and back: both files are read, once each

step 7 1
step 8 1 >"$WORK/back.log"
expect "the balance of what is new" "$(balance "$WORK/back.log")" <<<' read 2 written 2 amount_after 20.00 '
expect "rows of the output" "$(grep -c '^C00' "$WORK/back.log")" <<<7
step 9 1
aws --region $there glue start-crawler --name data-discovery-crawler-test01
aws --region $there glue start-crawler --name processed-data-crawler-test01
crawled $there data-discovery-crawler-test01
crawled $there processed-data-crawler-test01
step 9 2

# ---- removed, in both

deploy/scripts/destroy.sh --suffix test01 --delete-data --replica-region $there
for region in $here $there; do
  expect "what is left in $region" "$(AWS_REGION=$region AWS_DEFAULT_REGION=$region python3 "$normal/described.py" --names)" <<<''
done
