#!/usr/bin/env bash
# The recipe's validation: the tables are there, Athena answers the recipe's query, the logs and the output exist, and the
# output keeps the rules of the ruleset, by Glue Data Quality. Where the last run has started no evaluation of it (it does, with
# data_quality), or the rules have changed since, one is started here, which AWS bills as it bills a job.
#
#   deploy/scripts/verify.sh --suffix NAME [--wait-minutes 15]
#
# Exit code 0 when all holds, 1 when something is missing, 4 when AWS cannot be asked.
# shellcheck source=deploy/scripts/lib.sh
. "$(dirname "$0")/lib.sh"

wait_minutes=15
read_options '' wait_minutes "$@"
find_names

missing=0
check() {
  if [ "$2" = "$3" ]; then
    say "$1"
  else
    echo "$program: $1: found '$2', expected '$3'" >&2
    missing=1
  fi
}

# ---- 1. The tables, with their places

tables=$(aws glue get-tables --database-name "$GLUE_DATABASE_NAME" \
  --query 'sort_by(TableList,&Name)[].[Name,StorageDescriptor.Location]' --output text) ||
  refuse "Cannot list the tables of $GLUE_DATABASE_NAME: see above; deploy and run with --suffix $suffix first" 4
for table in "customers s3://$S3_RAW_BUCKET/customers/" "sales s3://$S3_RAW_BUCKET/sales/" \
  "enriched_sales s3://$S3_PROCESSED_BUCKET/enriched-sales/"; do
  place=$(echo "$tables" | awk -v name="${table%% *}" '$1 == name {print $2}')
  check "table ${table%% *}" "${place%/}/" "${table##* }"
done

# ---- 2. Athena, by the named query

query_id=$(aws athena list-named-queries --work-group "$WORK_GROUP" --query 'NamedQueryIds[0]' --output text)
[ "$query_id" != None ] || refuse "Cannot query: work group $WORK_GROUP has no named query; deploy again" 4
sql=$(aws athena get-named-query --named-query-id "$query_id" --query NamedQuery.QueryString --output text)
execution=$(aws athena start-query-execution --work-group "$WORK_GROUP" --query-string "$sql" \
  --query QueryExecutionId --output text) || refuse "Cannot query: see above" 4
state=$(wait_for 'SUCCEEDED FAILED CANCELLED' aws athena get-query-execution --query-execution-id "$execution" \
  --query QueryExecution.Status.State --output text)
if [ "$state" = SUCCEEDED ]; then
  aws athena get-query-results --query-execution-id "$execution" --output text \
    --query 'ResultSet.Rows[].[Data[0].VarCharValue, Data[1].VarCharValue, Data[2].VarCharValue]'
else
  aws athena get-query-execution --query-execution-id "$execution" --output text \
    --query QueryExecution.Status.StateChangeReason >&2
fi
check "query $sql" "$state" SUCCEEDED

# ---- 3 and 4. The logs and the output

check "log groups $LOG_GROUP" "$(aws logs describe-log-groups --log-group-name-prefix "$LOG_GROUP/" \
  --query 'sort(logGroups[].logGroupName)' --output text)" "$(printf '%s\t%s' "$LOG_GROUP/error" "$LOG_GROUP/output")"
# what it finds nothing of, it takes for a failure
files=$({ aws s3 ls --recursive "s3://$S3_PROCESSED_BUCKET/enriched-sales/" || true; } | awk '{count += $3 > 0} END {print count + 0}')
check "files of the output: $files" "$([ "$files" -gt 0 ] && echo some || echo none)" some

# ---- The rules of the deployed ruleset, by Glue Data Quality

data() {
  printf '{"GlueTable": {"DatabaseName": "%s", "TableName": "%s"}}' "$GLUE_DATABASE_NAME" "$1"
}
# when the rules were changed, and the last run began: ISO 8601, or seconds by version 1
since=$({
  aws glue get-data-quality-ruleset --name "$RULESET_NAME" --query LastModifiedOn --output text
  aws glue get-job-runs --job-name "$JOB_NAME" --query 'JobRuns[0].StartedOn' --output text
} | LC_ALL=C sort | grep -v None | tail -n 1) || true
evaluation=$(aws glue list-data-quality-ruleset-evaluation-runs --query 'Runs[0].RunId' --output text \
  --filter "{\"DataSource\": $(data enriched_sales)${since:+, \"StartedAfter\": \"$since\"}}") || evaluation=None
state='not evaluated'
if [ "$evaluation" != None ] || evaluation=$(aws glue start-data-quality-ruleset-evaluation-run --role "$GLUE_ROLE_ARN" --ruleset-names "$RULESET_NAME" \
  --data-source "$(data enriched_sales)" --additional-data-sources "{\"customers\": $(data customers)}" \
  --query RunId --output text); then
  state=$(wait_for 'SUCCEEDED FAILED STOPPED TIMEOUT' aws glue get-data-quality-ruleset-evaluation-run \
    --run-id "$evaluation" --query Status --output text)
fi
if [ "$state" = SUCCEEDED ]; then
  result=$(aws glue get-data-quality-ruleset-evaluation-run --run-id "$evaluation" --query 'ResultIds[0]' --output text)
  aws glue get-data-quality-result --result-id "$result" --query 'RuleResults[].[Result,Description]' --output text
  state=$(aws glue get-data-quality-result --result-id "$result" --output text \
    --query "length(RuleResults[?Result!='PASS'])")' of the rules do not hold'
elif [ -n "$evaluation" ]; then
  aws glue get-data-quality-ruleset-evaluation-run --run-id "$evaluation" --query ErrorString --output text >&2
fi
check "ruleset $RULESET_NAME" "$state" '0 of the rules do not hold'

# ---- and what AWS was asked to keep from others

for bucket in "$S3_RAW_BUCKET" "$S3_PROCESSED_BUCKET"; do
  check "bucket $bucket is not public" "$(aws s3api get-public-access-block --bucket "$bucket" --output text \
    --query 'PublicAccessBlockConfiguration.[BlockPublicAcls,IgnorePublicAcls,BlockPublicPolicy,RestrictPublicBuckets]' |
    tr '\t' ' ')" 'True True True True'
done
exit $missing
