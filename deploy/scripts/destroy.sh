#!/usr/bin/env bash
# Removes what deploy.sh made. What is gone already is passed over, so that a try that failed is finished by the next.
#
#   deploy/scripts/destroy.sh --suffix NAME [--delete-data] [--only-data] [--only-services] [--dry-run]
#                              [--replica-region REGION | --standby true]
#
# Buckets that hold data stop it before anything is removed, unless --delete-data is given: that deletes every version of
# every object. --only-data empties the buckets and leaves all else: what CloudFormation needs before a stack is deleted.
# --only-services removes Lake Formation, DataBrew and QuickSight, which deploy.sh leaves when they are no longer asked for.
# --replica-region does the same first to the stand-by there.
# shellcheck source=deploy/scripts/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=deploy/scripts/arrivals.sh
. "$(dirname "$0")/arrivals.sh"
# shellcheck source=deploy/scripts/options.sh
. "$(dirname "$0")/options.sh"
# shellcheck source=deploy/scripts/removal.sh
. "$(dirname "$0")/removal.sh"

delete_data=false
only_data=false
only_services=false
read_options 'delete_data only_data only_services dry_run' '' "$@"
find_names

# ---- first of all, what must not be lost: here, before anything is removed there

# Ends the script if a bucket holds any version of data; scripts/ of the processed bucket is code.
require_no_data() {
  local bucket=$1 keys key code='^scripts/'
  [ "$bucket" != "$S3_RAW_BUCKET" ] || code='^$'
  keys=$(aws s3api list-object-versions --bucket "$bucket" --max-items 1000 --output text --query 'Versions[].[Key]') ||
    refuse "Cannot destroy: it is not known whether s3://$bucket holds data, see above; try again" 4
  key=$(grep -v -e '^None$' -e '^$' -e "$code" <<<"$keys" | head -n 1 || true)
  [ -z "$key" ] || refuse "Cannot destroy: s3://$bucket holds data ($key, …), perhaps old versions; save it, then give --delete-data"
}
buckets=()
for bucket in "$S3_RAW_BUCKET" "$S3_PROCESSED_BUCKET"; do
  if bucket_exists "$bucket"; then
    [ "$delete_data" = true ] || [ "$only_services" = true ] || require_no_data "$bucket"
    buckets+=("$bucket")
  fi
done
in_replica_region "$@"

if [ "$only_services" = true ]; then
  destroy_quick_sight
  destroy_databrew
  destroy_lake_formation
  exit 0
fi

# ---- the data

empty() {
  local bucket=$1 batch refused
  batch=$(mktemp)
  while :; do
    # shellcheck disable=SC2016 # the backticks are the query's own
    aws s3api list-object-versions --bucket "$bucket" --max-items 500 --output json \
      --query '{Objects: [Versions || `[]`, DeleteMarkers || `[]`][].{Key: Key, VersionId: VersionId}, Quiet: `true`}' >"$batch" ||
      refuse "Cannot empty s3://$bucket: see above" 4
    grep -q '"Key"' "$batch" || break
    if [ "$dry_run" = true ]; then
      echo "aws s3api delete-objects --bucket $bucket # every version of every object"
      break
    fi
    refused=$(aws s3api delete-objects --bucket "$bucket" --delete "file://$batch" --output text \
      --query 'Errors[0].Message') || refuse "Cannot empty s3://$bucket: see above" 4
    case $refused in '' | None) ;; *) refuse "Cannot empty s3://$bucket: $refused" 4 ;; esac
  done
  rm -f "$batch"
}
for bucket in ${buckets[@]+"${buckets[@]}"}; do
  say "empty $bucket"
  empty "$bucket"
done
[ "$only_data" = false ] || exit 0

# ---- what starts and watches

destroy_arrivals
for name in etl-enriched etl-crawled etl-start; do
  remove glue get-trigger --name "$name-$suffix" -- glue delete-trigger --name "$name-$suffix"
done
remove glue get-workflow --name "$WORKFLOW_NAME" -- glue delete-workflow --name "$WORKFLOW_NAME"
for rule in "$FAILED_RULE" "$CRAWL_FAILED_RULE" "$QUALITY_FAILED_RULE" "$ENRICHED_RULE"; do
  remove_rule "$rule"
done
change cloudwatch delete-alarms --alarm-names "etl-quarantined-$suffix" "etl-nothing-arrived-$suffix"
remove sns get-topic-attributes --topic-arn "$TOPIC_ARN" -- sns delete-topic --topic-arn "$TOPIC_ARN"

# ---- what queries, checks, runs and crawls

destroy_quick_sight
destroy_databrew
destroy_lake_formation
if work_group_exists; then
  for id in $(aws athena list-named-queries --work-group "$WORK_GROUP" --query 'NamedQueryIds[]' --output text); do
    [ "$id" = None ] || change athena delete-named-query --named-query-id "$id"
  done
  say "work group $WORK_GROUP"
  change athena delete-work-group --work-group "$WORK_GROUP" --recursive-delete-option
fi
remove glue get-data-quality-ruleset --name "$RULESET_NAME" -- glue delete-data-quality-ruleset --name "$RULESET_NAME"
remove glue get-job --job-name "$JOB_NAME" -- glue delete-job --job-name "$JOB_NAME"
remove_crawler "$CRAWLER_NAME"
remove_crawler "$PROCESSED_CRAWLER_NAME"
remove glue get-database --name "$GLUE_DATABASE_NAME" -- glue delete-database --name "$GLUE_DATABASE_NAME"
remove_log_group "$LOG_GROUP/output"
remove_log_group "$LOG_GROUP/error"

# ---- what they ran as, and where data lay

remove_role "$GLUE_ROLE_NAME" crossfoot
[ "$standby" = true ] || remove_role "$REPLICATION_ROLE_NAME" replicate
for bucket in ${buckets[@]+"${buckets[@]}"}; do
  say "bucket $bucket"
  change s3api delete-bucket --bucket "$bucket"
done
[ "$dry_run" = true ] || echo "destroyed what had suffix $suffix in $region"
