#!/usr/bin/env bash
# Builds the recipe's system with the AWS command line: buckets, role, database, crawlers, job, workflow, Athena, alarms.
# What is there already is brought to what it should be, so that a try that failed half way is mended by the next; who was
# subscribed to alarms before stays so.
#
#   deploy/scripts/deploy.sh [--suffix NAME] [--dry-run] [PARAMETER VALUE …]
#
# --suffix ends every name (3 to 16 lower case letters and digits); without one, one is made up and printed.
# --dry-run shows the calls that would change something. The parameters are those of cloudformation/crossfoot.yaml in
# this spelling: --glue-version 5.1 --worker-type G.1X --number-of-workers 2 --execution-class STANDARD --job-timeout 60
# --max-retries 0 --max-quarantine 1% --start-mode on-demand --schedule 'cron(0 3 * * ? *)' --event-window 300
# --processed-crawler false --data-quality true --quality-rules '' --alarm-email '' --notify failures --quarantine-alarm 0
# --scan-limit 1073741824 --log-retention-days 30 --replica-region '' --standby false
# --table-comments false --lake-formation-reader '' --data-brew false --quick-sight-principal '' --lineage-domain ''
#
# --replica-region builds a stand-by there first, and has S3 copy both buckets to it.
# shellcheck source=deploy/scripts/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=deploy/scripts/arrivals.sh
. "$(dirname "$0")/arrivals.sh"
# shellcheck source=deploy/scripts/options.sh
. "$(dirname "$0")/options.sh"
# shellcheck source=deploy/scripts/removal.sh
. "$(dirname "$0")/removal.sh"

case " $* " in *' --suffix '* | *' --suffix='* | *' --help '*) ;; *)
  made_up=true
  suffix=$(LC_ALL=C tr -dc a-z0-9 </dev/urandom 2>/dev/null | head -c 6 || true)
  ;;
esac
read_options dry_run "$parameters" "$@"
[ -z "${made_up:-}" ] || echo "--suffix $suffix"
find_names
for name in "$S3_RAW_BUCKET" "$S3_PROCESSED_BUCKET"; do
  bucket_exists "$name" || true # what must not be touched ends it here, before the stand-by is made
done
in_replica_region --suffix "$suffix" "$@"

tags="[{\"Key\": \"Project\", \"Value\": \"crossfoot-$suffix\"}]"
glue_tags="Project=crossfoot-$suffix"

# ---- 1. Buckets

bucket() {
  local name=$1 rules=$2
  if ! bucket_exists "$name"; then
    say "bucket $name"
    if [ "$region" = us-east-1 ]; then
      change s3api create-bucket --bucket "$name"
    else
      change s3api create-bucket --bucket "$name" --create-bucket-configuration "LocationConstraint=$region"
    fi
  fi
  change s3api put-bucket-encryption --bucket "$name" --server-side-encryption-configuration \
    '{"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]}'
  change s3api put-bucket-versioning --bucket "$name" --versioning-configuration Status=Enabled
  change s3api put-public-access-block --bucket "$name" --public-access-block-configuration \
    BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true
  change s3api put-bucket-lifecycle-configuration --bucket "$name" --lifecycle-configuration "{\"Rules\": [$rules]}"
  change s3api put-bucket-policy --bucket "$name" --policy '{"Version": "2012-10-17", "Statement": [{
    "Sid": "OnlyTls", "Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "s3:*",
    "Resource": ["arn:'"$partition:s3:::$name"'", "arn:'"$partition:s3:::$name"'/*"],
    "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}'
  change s3api put-bucket-tagging --bucket "$name" --tagging "{\"TagSet\": $tags}"
}

# Has S3 copy what is written from now on: prefixes, each with the name of its rule before it.
replicate() {
  local bucket=$1 rules='' priority=0
  shift
  while [ $# -gt 0 ]; do
    priority=$((priority + 1))
    rules="$rules${rules:+, }"'{"ID": "'"$1"'", "Priority": '$priority', "Status": "Enabled", "Filter": {"Prefix": "'"$2"'"},
      "DeleteMarkerReplication": {"Status": "Enabled"},
      "Destination": {"Bucket": "arn:'"$partition:s3:::$bucket-$replica_region"'"}}'
    shift 2
  done
  change_with_role s3api put-bucket-replication --bucket "$bucket" --replication-configuration \
    '{"Role": "'"$ROLE_ARN/$REPLICATION_ROLE_NAME"'", "Rules": ['"$rules"']}'
}
old_versions='{"ID": "old-versions", "Status": "Enabled", "Filter": {"Prefix": ""},
  "NoncurrentVersionExpiration": {"NoncurrentDays": 30}, "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7}}'
query_results='{"ID": "query-results", "Status": "Enabled", "Filter": {"Prefix": "athena-results/"},
  "Expiration": {"Days": 7}}'
bucket "$S3_RAW_BUCKET" "$old_versions"
bucket "$S3_PROCESSED_BUCKET" "$old_versions, $query_results"

# ---- 2. The role: what crawlers and the job need, and no more

role() {
  local name=$1 service=$2 description=$3
  if ! exists iam get-role --role-name "$name"; then
    say "role $name"
    change iam create-role --role-name "$name" --description "$description" --tags "$tags" \
      --assume-role-policy-document '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
        "Principal": {"Service": "'"$service"'"}, "Action": "sts:AssumeRole",
        "Condition": {"StringEquals": {"aws:SourceAccount": "'"$account"'"}}}]}'
  fi
}
role "$GLUE_ROLE_NAME" glue.amazonaws.com 'Crawls raw sales and customers, and enriches them'
logs_arn=arn:$partition:logs:$region:$account:log-group
lineage=
[ -z "$lineage_domain" ] || lineage=', {"Sid": "Lineage", "Effect": "Allow", "Action": "datazone:PostLineageEvent",
  "Resource": "'"arn:$partition:datazone:$region:$account:domain/$lineage_domain"'"}'
evaluation=
[ "$data_quality" = false ] || evaluation=', {"Sid": "Evaluate", "Effect": "Allow",
  "Action": "glue:StartDataQualityRulesetEvaluationRun", "Resource": "'"$GLUE_ARN:dataQualityRuleset/$RULESET_NAME"'"},
  {"Sid": "EvaluateAsItself", "Effect": "Allow", "Action": "iam:PassRole", "Resource": "'"$GLUE_ROLE_ARN"'",
  "Condition": {"StringEquals": {"iam:PassedToService": "glue.amazonaws.com"}}}'
# in place of AWSGlueServiceRole, which may do everything in Glue, and read and write every aws-glue-* bucket
change iam put-role-policy --role-name "$GLUE_ROLE_NAME" --policy-name crossfoot --policy-document '{
  "Version": "2012-10-17", "Statement": [
    {"Sid": "List", "Effect": "Allow", "Action": ["s3:ListBucket", "s3:GetBucketLocation"], "Resource": [
      "arn:'"$partition:s3:::$S3_RAW_BUCKET"'", "arn:'"$partition:s3:::$S3_PROCESSED_BUCKET"'"]},
    {"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": [
      "arn:'"$partition:s3:::$S3_RAW_BUCKET"'/*", "arn:'"$partition:s3:::$S3_PROCESSED_BUCKET"'/scripts/*",
      "arn:'"$partition:s3:::aws-glue-ml-data-quality-assets-$region"'/*"]},
    {"Sid": "Publish", "Effect": "Allow",
      "Action": ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"], "Resource": [
      "arn:'"$partition:s3:::$S3_PROCESSED_BUCKET"'/enriched-sales*",
      "arn:'"$partition:s3:::$S3_PROCESSED_BUCKET"'/_crossfoot*"]},
    {"Sid": "Tables", "Effect": "Allow", "Action": [
      "glue:GetDatabase", "glue:GetTable", "glue:GetTables", "glue:CreateTable", "glue:UpdateTable",
      "glue:GetPartitions", "glue:BatchCreatePartition", "glue:BatchDeletePartition", "glue:BatchGetPartition",
      "glue:UpdatePartition"], "Resource": [
      "'"$GLUE_ARN"':catalog", "'"$GLUE_ARN:database/$GLUE_DATABASE_NAME"'", "'"$GLUE_ARN:table/$GLUE_DATABASE_NAME"'/*"]},
    {"Sid": "Bookmark", "Effect": "Allow", "Action": ["glue:GetJob", "glue:GetJobRun", "glue:GetJobBookmark"],
      "Resource": "'"$GLUE_ARN:job/$JOB_NAME"'"},
    {"Sid": "Quality", "Effect": "Allow", "Action": ["glue:GetDataQualityRulesetEvaluationRun", "glue:PublishDataQuality"],
      "Resource": "'"$GLUE_ARN"':dataQualityRuleset/*"},
    {"Sid": "Logs", "Effect": "Allow", "Action": ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
      "Resource": ["'"$logs_arn:$LOG_GROUP"'/*", "'"$logs_arn"':/aws-glue/crawlers:*"]},
    {"Sid": "Metrics", "Effect": "Allow", "Action": "cloudwatch:PutMetricData", "Resource": "*",
      "Condition": {"StringEquals": {"cloudwatch:namespace": "Glue"}}}'"$evaluation$lineage"']}'

# ---- The second region: S3 copies all but the results of queries

if [ -n "$replica_region" ]; then
  role "$REPLICATION_ROLE_NAME" s3.amazonaws.com 'Copies the buckets to the second region'
  change iam put-role-policy --role-name "$REPLICATION_ROLE_NAME" --policy-name replicate --policy-document '{
    "Version": "2012-10-17", "Statement": [
    {"Sid": "Source", "Effect": "Allow", "Action": ["s3:GetReplicationConfiguration", "s3:ListBucket"], "Resource": [
      "arn:'"$partition:s3:::$S3_RAW_BUCKET"'", "arn:'"$partition:s3:::$S3_PROCESSED_BUCKET"'"]},
    {"Sid": "Read", "Effect": "Allow", "Action": [
      "s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"], "Resource": [
      "arn:'"$partition:s3:::$S3_RAW_BUCKET"'/*", "arn:'"$partition:s3:::$S3_PROCESSED_BUCKET"'/*"]},
    {"Sid": "Copy", "Effect": "Allow", "Action": ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"],
      "Resource": ["arn:'"$partition:s3:::$S3_RAW_BUCKET-$replica_region"'/*",
      "arn:'"$partition:s3:::$S3_PROCESSED_BUCKET-$replica_region"'/*"]}]}'
  replicate "$S3_RAW_BUCKET" all ''
  replicate "$S3_PROCESSED_BUCKET" output enriched-sales control-folder _crossfoot jars scripts/
else
  for name in "$S3_RAW_BUCKET" "$S3_PROCESSED_BUCKET"; do
    remove s3api get-bucket-replication --bucket "$name" -- s3api delete-bucket-replication --bucket "$name"
  done
  [ "$standby" = true ] || remove_role "$REPLICATION_ROLE_NAME" replicate
fi

# ---- 3. The database

database='{"Name": "'"$GLUE_DATABASE_NAME"'", "Description": "Sales, customers, and sales enriched with customers"'
# without this, all who may read by IAM may read by Lake Formation
[ -z "$lake_formation_reader" ] || database="$database, \"CreateTableDefaultPermissions\": []"
database="$database}"
if ! exists glue get-database --name "$GLUE_DATABASE_NAME"; then
  say "database $GLUE_DATABASE_NAME"
  change glue create-database --database-input "$database"
else
  change glue update-database --name "$GLUE_DATABASE_NAME" --database-input "$database"
fi
if [ "$table_comments" = true ] || [ -n "$lake_formation_reader" ]; then
  describe_table
fi

# ---- 5 and 10. The crawlers

crawler() {
  local name=$1 path=$2 description=$3 verb=create
  ! exists glue get-crawler --name "$name" || verb=update
  say "$verb crawler $name"
  # shellcheck disable=SC2054 # the commas are the command line's own
  local given=(--name "$name" --role "$GLUE_ROLE_ARN" --database-name "$GLUE_DATABASE_NAME" --description "$description"
    --targets "S3Targets=[{Path=$path}]" --recrawl-policy RecrawlBehavior=CRAWL_EVERYTHING
    --schema-change-policy UpdateBehavior=UPDATE_IN_DATABASE,DeleteBehavior=LOG)
  [ $verb = update ] || given+=(--tags "$glue_tags")
  change_with_role glue $verb-crawler "${given[@]}"
}
crawler "$CRAWLER_NAME" "s3://$S3_RAW_BUCKET/" 'Finds the tables of the raw bucket'
if [ "$processed_crawler" = true ]; then
  crawler "$PROCESSED_CRAWLER_NAME" "s3://$S3_PROCESSED_BUCKET/enriched-sales/" 'Finds the table of the enriched sales'
else
  remove glue get-trigger --name "etl-enriched-$suffix" -- glue delete-trigger --name "etl-enriched-$suffix"
  remove_crawler "$PROCESSED_CRAWLER_NAME"
fi

# ---- 8. The job and its logs (4 and 7, the data and the jar, come with upload.sh)

log_group() {
  log_group_exists "$1" || change logs create-log-group --log-group-name "$1" --tags "$glue_tags"
  change logs put-retention-policy --log-group-name "$1" --retention-in-days "$log_retention_days"
}
log_group "$LOG_GROUP/output"
log_group "$LOG_GROUP/error"

ruleset=
[ -z "$quality_rules" ] || ruleset=',
    "--QUALITY": '$(in_json "$quality_rules")
[ "$data_quality" = false ] || ruleset=$ruleset',
    "--QUALITY_RULESET": "'"$RULESET_NAME"'"'
queues=false
[ "$max_retries" != 0 ] || queues=true # Glue queues no job that is retried
lineage=
[ -z "$lineage_domain" ] || lineage=',
    "--conf": "spark.extraListeners=io.openlineage.spark.agent.OpenLineageSparkListener'"\
 --conf spark.openlineage.transport.type=amazon_datazone_api --conf spark.openlineage.transport.domainId=$lineage_domain\
 --conf spark.glue.accountId=$account"'"'
definition='{"Description": "Enriches new sales with customers", "Role": "'"$GLUE_ROLE_ARN"'",
  "GlueVersion": "'"$glue_version"'", "WorkerType": "'"$worker_type"'", "NumberOfWorkers": '"$number_of_workers"',
  "ExecutionClass": "'"$execution_class"'", "Timeout": '"$job_timeout"', "MaxRetries": '"$max_retries"',
  "JobRunQueuingEnabled": '$queues', "ExecutionProperty": {"MaxConcurrentRuns": 1},
  "Command": {"Name": "glueetl", "ScriptLocation": "s3://'"$S3_PROCESSED_BUCKET"'/scripts/placeholder.scala"},
  "DefaultArguments": {
    "--job-language": "scala",
    "--class": "io.crossfoot.glue.GlueJob",
    "--extra-jars": "s3://'"$S3_PROCESSED_BUCKET"'/scripts/crossfoot-glue-job.jar",
    "--job-bookmark-option": "job-bookmark-enable",
    "--enable-auto-scaling": "true",
    "--enable-metrics": "true",
    "--custom-logGroup-prefix": "'"$LOG_GROUP"'",
    "--DATABASE_NAME": "'"$GLUE_DATABASE_NAME"'",
    "--OUTPUT_BUCKET": "'"$S3_PROCESSED_BUCKET"'",
    "--MAX_QUARANTINE": "'"$max_quarantine"'"'"$ruleset$lineage"'}}'
if exists glue get-job --job-name "$JOB_NAME"; then
  say "update job $JOB_NAME"
  change_with_role glue update-job --job-name "$JOB_NAME" --job-update "$definition"
else
  say "create job $JOB_NAME"
  change_with_role glue create-job --name "$JOB_NAME" --tags "$glue_tags" --cli-input-json "$definition"
fi

# ---- What must hold for the output

# the job asks these rules before it publishes, and has Glue Data Quality ask them after
rules_file=$root/src/main/resources/io/crossfoot/quality/enriched-sales.dqdl
quality=(--name "$RULESET_NAME" --ruleset "${quality_rules:-$(<"$rules_file")}" --description 'What must hold for the enriched sales')
if exists glue get-data-quality-ruleset --name "$RULESET_NAME"; then
  change glue update-data-quality-ruleset "${quality[@]}"
else
  say "ruleset $RULESET_NAME"
  change glue create-data-quality-ruleset "${quality[@]}" --tags "$glue_tags" \
    --target-table "DatabaseName=$GLUE_DATABASE_NAME,TableName=enriched_sales"
fi

# ---- Crawl, then the job, which starts the evaluation of its output, then crawl again where that is asked for

if ! exists glue get-workflow --name "$WORKFLOW_NAME"; then
  say "workflow $WORKFLOW_NAME"
  change glue create-workflow --name "$WORKFLOW_NAME" --description 'Crawls what came in and enriches it' \
    --max-concurrent-runs 1 --tags "$glue_tags"
fi

# a trigger's type and predicate cannot all be updated: one that is to be otherwise is made anew
trigger() {
  local name=$1 type=$2 actions=$3 there
  shift 3
  if exists glue get-trigger --name "$name"; then
    there=$(aws glue get-trigger --name "$name" --query Trigger.Type --output text) ||
      refuse "Cannot look: aws glue get-trigger: see above" 4
    [ "$there" != "$type" ] || {
      # an update replaces all of it
      [ "$type" != SCHEDULED ] || change glue update-trigger --name "$name" --trigger-update \
        '{"Schedule": "'"$schedule"'", "Actions": [{"'"${actions%%=*}"'": "'"${actions#*=}"'"}]}'
      return 0
    }
    change glue delete-trigger --name "$name"
  fi
  say "trigger $name"
  change glue create-trigger --name "$name" --type "$type" --workflow-name "$WORKFLOW_NAME" --actions "$actions" \
    --tags "$glue_tags" "$@"
}
case $start_mode in
  schedule)
    begin=--start-on-creation
    [ "$standby" = false ] || begin=--no-start-on-creation
    trigger "etl-start-$suffix" SCHEDULED "CrawlerName=$CRAWLER_NAME" --schedule "$schedule" "$begin"
    ;;
  *) trigger "etl-start-$suffix" ON_DEMAND "CrawlerName=$CRAWLER_NAME" ;;
esac
trigger "etl-crawled-$suffix" CONDITIONAL "JobName=$JOB_NAME" --start-on-creation --predicate \
  "Logical=AND,Conditions=[{LogicalOperator=EQUALS,CrawlerName=$CRAWLER_NAME,CrawlState=SUCCEEDED}]"
if [ "$processed_crawler" = true ]; then
  trigger "etl-enriched-$suffix" CONDITIONAL "CrawlerName=$PROCESSED_CRAWLER_NAME" --start-on-creation --predicate \
    "Logical=AND,Conditions=[{LogicalOperator=EQUALS,JobName=$JOB_NAME,State=SUCCEEDED}]"
fi

# ---- Athena

if ! work_group_exists; then
  say "work group $WORK_GROUP"
  change athena create-work-group --name "$WORK_GROUP" --description 'Queries over the enriched sales' --tags "$tags" \
    --configuration '{"EnforceWorkGroupConfiguration": true, "PublishCloudWatchMetricsEnabled": true,
      "BytesScannedCutoffPerQuery": '"$scan_limit"', "ResultConfiguration": {
      "OutputLocation": "s3://'"$S3_PROCESSED_BUCKET"'/athena-results/",
      "EncryptionConfiguration": {"EncryptionOption": "SSE_S3"}}}'
elif [ "$(aws athena get-work-group --work-group "$WORK_GROUP" --output text \
  --query WorkGroup.Configuration.BytesScannedCutoffPerQuery)" != "$scan_limit" ]; then
  change athena update-work-group --work-group "$WORK_GROUP" \
    --configuration-updates "BytesScannedCutoffPerQuery=$scan_limit"
fi
if ! work_group_exists ||
  [ "$(aws athena list-named-queries --work-group "$WORK_GROUP" --query 'length(NamedQueryIds)')" = 0 ]; then
  change athena create-named-query --name "enriched-sales-$suffix" --description 'The first enriched sales' \
    --database "$GLUE_DATABASE_NAME" --work-group "$WORK_GROUP" --query-string \
    "SELECT customer_id, product_name, total_amount FROM $GLUE_DATABASE_NAME.enriched_sales LIMIT 10"
fi

# ---- Who hears of what goes wrong

change sns create-topic --name "crossfoot-alarms-$suffix" --tags "$tags"
change sns set-topic-attributes --topic-arn "$TOPIC_ARN" --attribute-name Policy --attribute-value '{
  "Version": "2012-10-17", "Statement": [
    {"Sid": "Publish", "Effect": "Allow", "Principal": {"Service": ["cloudwatch.amazonaws.com", "events.amazonaws.com"]},
      "Action": "sns:Publish", "Resource": "'"$TOPIC_ARN"'"},
    {"Sid": "OnlyTls", "Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "sns:Publish",
      "Resource": "'"$TOPIC_ARN"'", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}'
[ -z "$alarm_email" ] ||
  change sns subscribe --topic-arn "$TOPIC_ARN" --protocol email --notification-endpoint "$alarm_email"

# what tells the topic of a state: its name and description, who tells of it by what kind of event, and what that must say
tell() {
  change events put-rule --name "$1" --state ENABLED --description "$2" \
    --event-pattern '{"source": ["'"$3"'"], "detail-type": ["'"$4"'"], "detail": '"$5"'}'
  change events put-targets --rule "$1" --targets "Id=topic,Arn=$TOPIC_ARN"
}
tell "$FAILED_RULE" 'A run of the job ended otherwise than well' aws.glue 'Glue Job State Change' \
  '{"jobName": ["'"$JOB_NAME"'"], "state": ["FAILED", "TIMEOUT", "STOPPED", "ERROR"]}'
tell "$CRAWL_FAILED_RULE" 'A crawl failed, so that the job does not begin' aws.glue 'Glue Crawler State Change' \
  '{"crawlerName": ["'"$CRAWLER_NAME"'", "'"$PROCESSED_CRAWLER_NAME"'"], "state": ["Failed"]}'
if [ "$data_quality" = true ]; then
  tell "$QUALITY_FAILED_RULE" 'The output does not keep its rules, says Glue Data Quality' aws.glue-dataquality \
    'Data Quality Evaluation Results Available' \
    '{"context": {"databaseName": ["'"$GLUE_DATABASE_NAME"'"], "tableName": ["enriched_sales"]}, "state": ["FAILED"]}'
else
  remove_rule "$QUALITY_FAILED_RULE"
fi
if [ "$notify" = all ]; then
  tell "$ENRICHED_RULE" 'A run of the job published what it was to' aws.glue 'Glue Job State Change' \
    '{"jobName": ["'"$JOB_NAME"'"], "state": ["SUCCEEDED"]}'
else
  remove_rule "$ENRICHED_RULE"
fi

alarm() {
  local name=$1 description=$2 metric=$3
  shift 3
  change cloudwatch put-metric-alarm --alarm-name "$name" --alarm-description "$description" --metric-name "$metric" \
    --evaluation-periods 1 --alarm-actions "$TOPIC_ARN" --tags "$tags" "$@"
}
of_job=(--namespace Crossfoot --dimensions "Name=JobName,Value=$JOB_NAME" --statistic Sum)
alarm "etl-quarantined-$suffix" 'Sales broke their contract; the rows are under _crossfoot/enriched-sales/quarantine' \
  RowsQuarantined "${of_job[@]}" --period 3600 --threshold "$quarantine_alarm" --comparison-operator GreaterThanThreshold \
  --treat-missing-data notBreaching
actions=--actions-enabled
[ "$standby" = false ] || actions=--no-actions-enabled # nothing is to arrive
alarm "etl-nothing-arrived-$suffix" 'No sales were read for a day' \
  SalesRead "${of_job[@]}" --period 86400 --threshold 1 --comparison-operator LessThanThreshold \
  --treat-missing-data breaching "$actions"

# ---- Sales that arrive

if [ "$start_mode" = event ]; then
  deploy_arrivals
elif exists events describe-rule --name "$ARRIVAL_NAME"; then
  change s3api put-bucket-notification-configuration --bucket "$S3_RAW_BUCKET" --notification-configuration '{}'
  destroy_arrivals
fi

# ---- Other services

# nothing of them is asked where none is wanted: few accounts have them all
[ -z "$lake_formation_reader" ] || deploy_lake_formation
[ "$data_brew" = false ] || deploy_databrew
[ -z "$quick_sight_principal" ] || deploy_quick_sight

[ "$dry_run" = true ] ||
  echo "deployed with suffix $suffix in $region; now deploy/scripts/upload.sh --suffix $suffix${replica_region:+ --replica-region $replica_region}"
