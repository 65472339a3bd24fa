# shellcheck shell=bash
# Every step of the recipe "ETL Pipelines with Glue Data Catalog" (1 to 10, Validation, Cleanup), call by call with the
# AWS CLI, against the emulator. It differs from the recipe in this and in nothing else:
#   - our jar, of the Scala/Java job type and Glue 5.1, instead of the Python script and Glue 4.0
#   - a name of the database that Athena takes without quotes: underscores instead of hyphens
#   - short sleeps, and limits on how long anything is waited for
#   - what is printed is compared, where the recipe looks at it or does not

start_emulator
cd "$WORK"

# ---- Preparation

AWS_REGION=us-east-1
AWS_ACCOUNT_ID=$(aws sts get-caller-identity --query Account --output text)
expect "the account" "$AWS_ACCOUNT_ID" <<<123456789012
RANDOM_SUFFIX=$(aws secretsmanager get-random-password --exclude-punctuation --exclude-uppercase \
  --password-length 6 --require-each-included-type --output text --query RandomPassword)
GLUE_DATABASE_NAME="analytics_database_${RANDOM_SUFFIX}"
S3_RAW_BUCKET="raw-data-${RANDOM_SUFFIX}"
S3_PROCESSED_BUCKET="processed-data-${RANDOM_SUFFIX}"
GLUE_ROLE_NAME="GlueServiceRole-${RANDOM_SUFFIX}"
CRAWLER_NAME="data-discovery-crawler-${RANDOM_SUFFIX}"
JOB_NAME="etl-transformation-job-${RANDOM_SUFFIX}"

# ---- 1. Buckets

aws s3 mb "s3://${S3_RAW_BUCKET}" --region "$AWS_REGION"
aws s3 mb "s3://${S3_PROCESSED_BUCKET}" --region "$AWS_REGION"

# ---- 2. The role

cat >glue-trust-policy.json <<EOF
{
  "Version": "2012-10-17",
  "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "glue.amazonaws.com"}, "Action": "sts:AssumeRole"}
  ]
}
EOF
aws iam create-role --role-name "$GLUE_ROLE_NAME" --assume-role-policy-document file://glue-trust-policy.json
aws iam attach-role-policy --role-name "$GLUE_ROLE_NAME" \
  --policy-arn arn:aws:iam::aws:policy/service-role/AWSGlueServiceRole
cat >glue-s3-policy.json <<EOF
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
      "Resource": ["arn:aws:s3:::${S3_RAW_BUCKET}/*", "arn:aws:s3:::${S3_PROCESSED_BUCKET}/*"]
    },
    {
      "Effect": "Allow",
      "Action": ["s3:ListBucket"],
      "Resource": ["arn:aws:s3:::${S3_RAW_BUCKET}", "arn:aws:s3:::${S3_PROCESSED_BUCKET}"]
    }
  ]
}
EOF
aws iam put-role-policy --role-name "$GLUE_ROLE_NAME" --policy-name GlueS3Access \
  --policy-document file://glue-s3-policy.json
GLUE_ROLE_ARN=$(aws iam get-role --role-name "$GLUE_ROLE_NAME" --query Role.Arn --output text)

# ---- 3. The database

aws glue create-database \
  --database-input "Name=${GLUE_DATABASE_NAME},Description=Analytics database for ETL pipeline"

# ---- 4. Sample data

cat >sample-sales.csv <<EOF
order_id,customer_id,product_name,quantity,price,order_date
1001,C001,Laptop,1,999.99,2024-01-15
1002,C002,Mouse,2,25.50,2024-01-15
1003,C001,Keyboard,1,75.00,2024-01-16
1004,C003,Monitor,1,299.99,2024-01-16
1005,C002,Headphones,1,149.99,2024-01-17
EOF
cat >sample-customers.json <<EOF
{"customer_id": "C001", "name": "John Smith", "email": "john@email.com", "region": "North"}
{"customer_id": "C002", "name": "Jane Doe", "email": "jane@email.com", "region": "South"}
{"customer_id": "C003", "name": "Bob Johnson", "email": "bob@email.com", "region": "East"}
EOF
aws s3 cp sample-sales.csv "s3://${S3_RAW_BUCKET}/sales/"
aws s3 cp sample-customers.json "s3://${S3_RAW_BUCKET}/customers/"

# ---- 5. The crawler

aws glue create-crawler --name "$CRAWLER_NAME" --role "$GLUE_ROLE_ARN" --database-name "$GLUE_DATABASE_NAME" \
  --targets "S3Targets=[{Path=s3://${S3_RAW_BUCKET}/}]" --description "Crawler to discover raw data schemas"
aws glue start-crawler --name "$CRAWLER_NAME"

# ---- 6. Wait for it, and see the tables

wait_for READY aws glue get-crawler --name "$CRAWLER_NAME" --query Crawler.State --output text
expect "the last crawl" \
  "$(aws glue get-crawler --name "$CRAWLER_NAME" --query 'Crawler.LastCrawl.[Status,ErrorMessage]' --output text)" \
  <<<$'SUCCEEDED\tNone'
expect "the raw tables" \
  "$(aws glue get-tables --database-name "$GLUE_DATABASE_NAME" --query 'sort(TableList[].Name)' --output text)" \
  <<<$'customers\tsales'

# ---- 7. The script: a placeholder, for Glue needs one; and our jar

echo 'object Placeholder { def main(arguments: Array[String]): Unit = () }' >placeholder.scala
aws s3 cp placeholder.scala "s3://${S3_PROCESSED_BUCKET}/scripts/"
aws s3 cp --only-show-errors "$ROOT/glue-job/target/crossfoot-glue-job.jar" "s3://${S3_PROCESSED_BUCKET}/scripts/"

# ---- 8. The job

aws glue create-job --name "$JOB_NAME" --role "$GLUE_ROLE_ARN" \
  --command '{
    "Name": "glueetl",
    "ScriptLocation": "s3://'"$S3_PROCESSED_BUCKET"'/scripts/placeholder.scala"
  }' \
  --default-arguments '{
    "--job-language": "scala",
    "--class": "io.crossfoot.glue.GlueJob",
    "--extra-jars": "s3://'"$S3_PROCESSED_BUCKET"'/scripts/crossfoot-glue-job.jar",
    "--DATABASE_NAME": "'"$GLUE_DATABASE_NAME"'",
    "--OUTPUT_BUCKET": "'"$S3_PROCESSED_BUCKET"'"
  }' \
  --max-retries 1 --timeout 60 --glue-version 5.1 --worker-type G.1X --number-of-workers 2
JOB_RUN_ID=$(aws glue start-job-run --job-name "$JOB_NAME" --query JobRunId --output text)

# ---- 9. Wait for it, and see the output

job_run() {
  aws glue get-job-run --job-name "$JOB_NAME" --run-id "$JOB_RUN_ID" --query "$1" --output text
}
wait_for "SUCCEEDED FAILED STOPPED TIMEOUT ERROR" job_run JobRun.JobRunState
expect "the run" "$(job_run 'JobRun.[JobRunState,ErrorMessage,Attempt]')" <<<$'SUCCEEDED\tNone\t0'
aws s3 ls "s3://${S3_PROCESSED_BUCKET}/enriched-sales/" --recursive

# ---- 10. The crawler for what it wrote

PROCESSED_CRAWLER_NAME="processed-data-crawler-${RANDOM_SUFFIX}"
aws glue create-crawler --name "$PROCESSED_CRAWLER_NAME" --role "$GLUE_ROLE_ARN" \
  --database-name "$GLUE_DATABASE_NAME" --description "Crawler for processed/transformed data" \
  --targets "S3Targets=[{Path=s3://${S3_PROCESSED_BUCKET}/enriched-sales/}]"
aws glue start-crawler --name "$PROCESSED_CRAWLER_NAME"
wait_for READY aws glue get-crawler --name "$PROCESSED_CRAWLER_NAME" --query Crawler.State --output text
expect "the last crawl" "$(aws glue get-crawler --name "$PROCESSED_CRAWLER_NAME" \
  --query 'Crawler.LastCrawl.[Status,ErrorMessage]' --output text)" <<<$'SUCCEEDED\tNone'

# ---- Validation 1: the tables, with their locations

expect "the tables" "$(aws glue get-tables --database-name "$GLUE_DATABASE_NAME" \
  --query 'sort_by(TableList,&Name)[].[Name,StorageDescriptor.Location]' --output text)" <<EOF
customers	s3://${S3_RAW_BUCKET}/customers/
enriched_sales	s3://${S3_PROCESSED_BUCKET}/enriched-sales/
sales	s3://${S3_RAW_BUCKET}/sales/
EOF

# ---- Validation 2: Athena; the recipe starts this query, here its rows are read as well

query() {
  local id state
  id=$(aws athena start-query-execution --query-string "$1" --work-group primary \
    --result-configuration "OutputLocation=s3://${S3_PROCESSED_BUCKET}/athena-results/" \
    --query QueryExecutionId --output text)
  state=$(wait_for "SUCCEEDED FAILED CANCELLED" aws athena get-query-execution --query-execution-id "$id" \
    --query QueryExecution.Status.State --output text)
  if [ "$state" = SUCCEEDED ]; then
    aws athena get-query-results --query-execution-id "$id" --query 'ResultSet.Rows[].Data[].VarCharValue' --output json |
      python3 -c 'import json, sys; print("|".join(json.load(sys.stdin)))'
  else
    aws athena get-query-execution --query-execution-id "$id" --query QueryExecution.Status
    return 1
  fi
}
query "SELECT customer_id, product_name, total_amount FROM ${GLUE_DATABASE_NAME}.enriched_sales LIMIT 10"
expect "the enriched rows" "$(query "SELECT order_id, name, product_name, total_amount \
  FROM ${GLUE_DATABASE_NAME}.enriched_sales ORDER BY order_id" | tr '|' '\n' | paste -sd '|||\n')" <<EOF
order_id|name|product_name|total_amount
1001|John Smith|Laptop|999.99
1002|Jane Doe|Mouse|51.00
1003|John Smith|Keyboard|75.00
1004|Bob Johnson|Monitor|299.99
1005|Jane Doe|Headphones|149.99
EOF
expect "the total" "$(query "SELECT count(*) AS orders, sum(total_amount) AS total \
  FROM ${GLUE_DATABASE_NAME}.enriched_sales")" <<<'orders|total|5|1575.97'

# ---- Validation 3: the logs

expect "the log groups" "$(aws logs describe-log-groups --log-group-name-prefix /aws-glue/jobs \
  --query 'logGroups[].logGroupName' --output text)" <<<$'/aws-glue/jobs/error\t/aws-glue/jobs/output'
aws logs filter-log-events --log-group-name /aws-glue/jobs/error --query 'events[-2:].message'

# ---- Validation 4: the output

aws s3 ls "s3://${S3_PROCESSED_BUCKET}/enriched-sales/" --recursive --summarize

# ---- Cleanup 1: the crawlers

aws glue stop-crawler --name "$CRAWLER_NAME" 2>/dev/null || true
aws glue stop-crawler --name "$PROCESSED_CRAWLER_NAME" 2>/dev/null || true
aws glue delete-crawler --name "$CRAWLER_NAME"
aws glue delete-crawler --name "$PROCESSED_CRAWLER_NAME"

# ---- Cleanup 2 and 3: the job and the database

aws glue delete-job --job-name "$JOB_NAME"
aws glue delete-database --name "$GLUE_DATABASE_NAME"

# ---- Cleanup 4: the role

aws iam detach-role-policy --role-name "$GLUE_ROLE_NAME" \
  --policy-arn arn:aws:iam::aws:policy/service-role/AWSGlueServiceRole
aws iam delete-role-policy --role-name "$GLUE_ROLE_NAME" --policy-name GlueS3Access
aws iam delete-role --role-name "$GLUE_ROLE_NAME"

# ---- Cleanup 5: the buckets

aws s3 rm --only-show-errors "s3://${S3_RAW_BUCKET}" --recursive
aws s3 rm --only-show-errors "s3://${S3_PROCESSED_BUCKET}" --recursive
aws s3 rb "s3://${S3_RAW_BUCKET}"
aws s3 rb "s3://${S3_PROCESSED_BUCKET}"

# ---- and nothing is left

expect "buckets left" "$(aws s3 ls)" <<<''
expect "databases left" "$(aws glue get-databases --query 'DatabaseList[].Name' --output text)" <<<''
expect "crawlers left" "$(aws glue list-crawlers --query CrawlerNames --output text)" <<<''
expect "jobs left" "$(aws glue list-jobs --query JobNames --output text)" <<<''
expect "roles left" "$(aws iam list-roles --query 'Roles[].RoleName' --output text)" <<<''
