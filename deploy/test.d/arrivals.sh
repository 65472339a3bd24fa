# shellcheck shell=bash
# Sales that arrive, by the scripts and against the emulator: S3 → EventBridge → a queue → the function in its own process →
# the workflow. A thousand arrivals make one run; duplicates and what is no sales make none; what nobody can read is kept.

start_emulator
cd "$WORK"
normal=$ROOT/deploy/test.d/normal
scripts=$ROOT/deploy/scripts

# ---- built, as the template says

"$scripts/deploy.sh" --suffix test01 --start-mode event --event-window 30 --notify all
python3 "$normal/described.py" >built.json
python3 "$normal/resolved.py" "$ROOT/deploy/cloudformation/crossfoot.yaml" \
  Suffix=test01 StartMode=event EventWindow=30 Notify=all >resolved.json
diff -u resolved.json built.json
"$scripts/upload.sh" --suffix test01

# ---- a thousand arrivals, and some that are none: each of 100 files comes ten times

aws s3 cp --only-show-errors "$ROOT/test-data/customers/sample-customers.json" s3://raw-data-test01/customers/
python3 - <<'END'
import concurrent.futures
import boto3

s3 = boto3.client("s3")

def put(number):
    row = f"order_id,customer_id,product_name,quantity,price,order_date\n{number},C001,Pen,1,0.01,2026-11-24\n"
    s3.put_object(Bucket="raw-data-test01", Key=f"sales/{number}.csv", Body=row)

s3.put_object(Bucket="raw-data-test01", Key="sales/_SUCCESS", Body="")
with concurrent.futures.ThreadPoolExecutor(8) as several:
    list(several.map(put, [number % 100 for number in range(1000)]))
END

# ---- one run, with all of them

runs() {
  aws glue get-workflow-runs --name etl-workflow-test01 --query "$1" --output text
}
wait_for COMPLETED runs 'Runs[0].Status'
cancel_evaluations
run=$(aws glue get-job-runs --job-name etl-transformation-job-test01 --query 'JobRuns[].Id' --output text)
aws s3 cp --only-show-errors "s3://processed-data-test01/_crossfoot/enriched-sales/runs/$run/run-report.json" report.json
expect "rows" "$(python3 -c 'import json; print(json.load(open("report.json"))["balance"]["written"])')" <<<100

# ---- nothing waits any more, and what is brought again starts nothing

queue() {
  aws --endpoint-url "$AWS_ENDPOINT_URL" sqs get-queue-url --queue-name "$1" --query QueueUrl --output text
}
arrivals=$(queue sales-arrived-test01)
dead=$(queue sales-arrived-dead-test01)
messages() {
  aws --endpoint-url "$AWS_ENDPOINT_URL" sqs get-queue-attributes --queue-url "$1" --attribute-names All --output text \
    --query "Attributes.[ApproximateNumberOfMessages,ApproximateNumberOfMessagesNotVisible]" | tr '\t' ' '
}
wait_for_messages() {
  for _ in $(seq 50); do
    [ "$(messages "$1")" != "$2" ] || return 0
    sleep 1
  done
  echo "waited for $2 messages, found $(messages "$1")"
  return 1
}
send() {
  aws --endpoint-url "$AWS_ENDPOINT_URL" sqs send-message --queue-url "$arrivals" --message-body "$1"
}
wait_for_messages "$arrivals" '0 0'
send '{"version": "0", "id": "1", "detail-type": "Object Created", "source": "aws.s3", "account": "123456789012",
  "time": "2026-01-01T00:00:00Z", "region": "us-east-1", "resources": ["arn:aws:s3:::raw-data-test01"], "detail":
  {"bucket": {"name": "raw-data-test01"}, "object": {"key": "sales/1.csv", "size": 1}, "reason": "PutObject"}}'
wait_for_messages "$arrivals" '0 0'
expect "runs" "$(runs 'length(Runs)')" <<<1

# ---- with Notify all, what ended well is told of by one rule and what did not by others, and each once. moto delivers to no
# topic from a rule: a queue in its place shows which events would be told

told=$(aws --endpoint-url "$AWS_ENDPOINT_URL" sqs create-queue --queue-name told --query QueueUrl --output text)
for rule in etl-enriched-test01 etl-failed-test01 crawl-failed-test01 quality-failed-test01; do
  expect "who is told by $rule" "$(aws events list-targets-by-rule --rule $rule --query 'Targets[].Arn' --output text)" \
    <<<arn:aws:sns:us-east-1:123456789012:crossfoot-alarms-test01
  aws events remove-targets --rule $rule --ids topic
  aws events put-targets --rule $rule --targets Id=topic,Arn=arn:aws:sqs:us-east-1:123456789012:told
done
tell() {
  aws events put-events --entries "[{\"Source\": \"$1\", \"DetailType\": \"$2\", \"Detail\": $3}]"
}
tell_of() {
  tell aws.glue "Glue $1 State Change" "$2"
}
for state in SUCCEEDED FAILED TIMEOUT STOPPED ERROR RUNNING; do
  tell_of Job '"{\"jobName\": \"etl-transformation-job-test01\", \"state\": \"'$state'\", \"jobRunId\": \"jr_1\"}"'
done
tell_of Job '"{\"jobName\": \"another\", \"state\": \"SUCCEEDED\", \"jobRunId\": \"jr_2\"}"'
tell_of Crawler '"{\"crawlerName\": \"data-discovery-crawler-test01\", \"state\": \"Failed\"}"'
tell_of Crawler '"{\"crawlerName\": \"data-discovery-crawler-test01\", \"state\": \"Succeeded\"}"'
for table in enriched_sales sales; do
  for state in SUCCEEDED FAILED; do
    tell aws.glue-dataquality 'Data Quality Evaluation Results Available' \
      '"{\"context\": {\"databaseName\": \"analytics_database_test01\", \"tableName\": \"'$table'\"}, \"state\": \"'$state'\"}"'
  done
done
heard() {
  for _ in 1 2; do # ten at once is the most
    aws --endpoint-url "$AWS_ENDPOINT_URL" sqs receive-message --queue-url "$told" --max-number-of-messages 10 --output text \
      --query 'Messages[].[Body]'
  done | grep -o '"state": *"[A-Za-z]*"' | sed 's/.*: *//' | sort | tr '\n' ' '
}
expect "what is told" "$(heard)" <<<'"ERROR" "FAILED" "FAILED" "Failed" "STOPPED" "SUCCEEDED" "TIMEOUT" '
aws --endpoint-url "$AWS_ENDPOINT_URL" sqs delete-queue --queue-url "$told"

# ---- what is no event goes to the queue that an alarm watches; without waiting for it as long as on AWS

aws --endpoint-url "$AWS_ENDPOINT_URL" sqs set-queue-attributes --queue-url "$arrivals" --attributes \
  '{"VisibilityTimeout": "1", "RedrivePolicy":
  "{\"deadLetterTargetArn\": \"arn:aws:sqs:us-east-1:123456789012:sales-arrived-dead-test01\", \"maxReceiveCount\": 2}"}'
send 'no event'
wait_for_messages "$dead" '1 0'
expect "runs" "$(runs 'length(Runs)')" <<<1

# ---- no longer by events: all of it goes, and nothing else changes; the table is the job's own

"$scripts/deploy.sh" --suffix test01
python3 "$normal/described.py" | entries -v '^AWS::Glue::Table ' >built.json
diff -u "$normal/golden.json" built.json
