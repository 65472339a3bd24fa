# shellcheck shell=bash
# A job with a bookmark, run again and again: what is new is appended once, the bookmark can be looked at and reset, and
# what lies in S3 outlives the emulator where it is told to keep it. Seen by the AWS CLI and by boto3.

start_emulator --data "$WORK/kept"
cd "$WORK"

aws s3 mb s3://raw
aws s3 mb s3://processed
aws s3 cp --only-show-errors "$ROOT/test-data/sales/sample-sales.csv" s3://raw/sales/
aws s3 cp --only-show-errors "$ROOT/test-data/customers/sample-customers.json" s3://raw/customers/
echo 'object Placeholder' | aws s3 cp - s3://processed/scripts/placeholder.scala
aws s3 cp --only-show-errors "$ROOT/glue-job/target/crossfoot-glue-job.jar" s3://processed/scripts/
aws iam create-role --role-name glue --assume-role-policy-document \
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"glue.amazonaws.com"},"Action":"sts:AssumeRole"}]}'
aws glue create-database --database-input Name=shop
aws glue create-crawler --name raw --role glue --database-name shop --targets 'S3Targets=[{Path=s3://raw/}]' \
  --schedule 'cron(0 6 * * ? *)'
aws glue start-crawler --name raw
wait_for READY aws glue get-crawler --name raw --query Crawler.State --output text
aws glue create-job --name nightly --role glue --glue-version 5.1 --worker-type G.1X --number-of-workers 2 \
  --command Name=glueetl,ScriptLocation=s3://processed/scripts/placeholder.scala --default-arguments '{
    "--job-language": "scala", "--class": "io.crossfoot.glue.GlueJob",
    "--extra-jars": "s3://processed/scripts/crossfoot-glue-job.jar", "--job-bookmark-option": "job-bookmark-enable",
    "--DATABASE_NAME": "shop", "--OUTPUT_BUCKET": "processed"}'

run_of() {
  local id
  id=$(aws glue start-job-run --job-name "$1" --query JobRunId --output text)
  wait_for SUCCEEDED aws glue get-job-run --job-name "$1" --run-id "$id" --query JobRun.JobRunState --output text >/dev/null
  echo "$id"
}
run() {
  run_of nightly
}
published() {
  aws s3 ls s3://processed/enriched-sales/ --recursive
}
last_words() {
  aws logs filter-log-events --log-group-name /aws-glue/jobs/error --log-stream-names "$1" \
    --query 'events[].message' --output text | tr '\t' '\n' | grep -o 'crossfoot: .* sales read = .* quarantined' | cut -d' ' -f2-
}

# ---- all, then what is new, then nothing

first=$(run)
expect "the bookmark" "$(aws glue get-job-bookmark --job-name nightly \
  --query 'JobBookmarkEntry.[JobName,Run,RunId]' --output text)" <<<$'nightly\t1\t'"$first"
expect "all sales" "$(last_words "$first")" <<<'published: 5 sales read = 5 enriched + 0 quarantined'

printf 'order_id,customer_id,product_name,quantity,price,order_date\n1006,C003,Desk,1,10.00,2024-01-18\n' |
  aws s3 cp - s3://raw/sales/friday.csv
second=$(run)
expect "what is new" "$(last_words "$second")" <<<'published: 1 sales read = 1 enriched + 0 quarantined'

before=$(published)
run >/dev/null
expect "nothing new changes nothing" "$(published)" <<<"$before"

# ---- back to where the first run ended: the second file comes again

expect "the bookmark, reset" "$(aws glue reset-job-bookmark --job-name nightly --run-id "$first" \
  --query JobBookmarkEntry.JobName --output text)" <<<nightly
again=$(run)
expect "what comes again" "$(last_words "$again")" <<<'published: 1 sales read = 1 enriched + 0 quarantined'

# ---- another job merges the same sales into an Iceberg table of the catalog, with a bookmark of its own

catalog=spark.sql.catalog.glue_catalog
aws glue create-job --name merging --role glue --glue-version 5.1 --worker-type G.1X --number-of-workers 2 \
  --command Name=glueetl,ScriptLocation=s3://processed/scripts/placeholder.scala --default-arguments '{
    "--job-language": "scala", "--class": "io.crossfoot.glue.GlueJob",
    "--extra-jars": "s3://processed/scripts/crossfoot-glue-job.jar", "--job-bookmark-option": "job-bookmark-enable",
    "--DATABASE_NAME": "shop", "--OUTPUT": "s3://processed/merged", "--OUTPUT_TABLE": "merged", "--TABLE_FORMAT": "iceberg",
    "--MODE": "merge", "--KEY": "order_id", "--datalake-formats": "iceberg", "--conf":
    "'$catalog'=org.apache.iceberg.spark.SparkCatalog --conf '$catalog'.type=glue --conf '$catalog'.http-client.type=urlconnection --conf '$catalog'.io-impl=org.apache.iceberg.hadoop.HadoopFileIO"}'
first=$(run_of merging)
expect "all that is merged" "$(last_words "$first")" <<<'published: 6 sales read = 6 enriched + 0 quarantined'
printf 'order_id,customer_id,product_name,quantity,price,order_date\n1006,C003,Desk,2,10.00,2024-01-18\n' |
  aws s3 cp - s3://raw/sales/saturday.csv
second=$(run_of merging)
expect "what is merged anew" "$(last_words "$second")" <<<'published: 1 sales read = 1 enriched + 0 quarantined'
aws s3 cp --only-show-errors "$(aws glue get-table --database-name shop --name merged --output text \
  --query Table.Parameters.metadata_location)" metadata.json
expect "the table" "$(python3 - <<'PYTHON'
import json
table = json.load(open("metadata.json"))
summary = next(shot["summary"] for shot in table["snapshots"] if shot["snapshot-id"] == table["current-snapshot-id"])
print(table["location"], len(table["snapshots"]), int(summary["total-records"]) - int(summary["total-position-deletes"]))
PYTHON
)" <<<'s3://processed/merged 2 6'

# ---- another client of AWS, with nothing but the one variable

expect "boto3" "$(python3 - <<'PYTHON'
import boto3
print(sorted(table["Name"] for table in boto3.client("glue").get_tables(DatabaseName="shop")["TableList"]))
PYTHON
)" <<<"['customers', 'enriched_sales', 'merged', 'sales']"

# ---- stopped as by Ctrl-C, nothing stays behind but the data

children=$(pgrep -P "$emulator")
kill -INT "$emulator"
code=0
wait "$emulator" || code=$?
expect "its exit code" "$code" <<<130
for child in $children; do
  ! kill -0 "$child" 2>/dev/null || { echo "process $child outlived the emulator"; false; }
done
start_emulator --data "$WORK/kept"
expect "what was kept" "$(aws s3 cp s3://raw/sales/friday.csv - | tail -n 1)" <<<'1006,C003,Desk,1,10.00,2024-01-18'
