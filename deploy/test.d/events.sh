# shellcheck shell=bash
# An object in S3 → EventBridge → a queue → a Lambda function in Java, in a process of its own: batches, failures that
# come back, and the dead-letter queue. Against the emulator.

start_emulator
cd "$WORK"

# ---- a function that tells what it got by an object in S3, and fails on what is named poison

mkdir -p example classes
cat >example/Seen.java <<'EOF'
package example;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

public class Seen implements RequestHandler<Map<String, Object>, Integer> {
    @Override
    public Integer handleRequest(Map<String, Object> event, Context context) {
        List<?> records = (List<?>) event.get("Records");
        if (records.toString().contains("poison")) {
            throw new IllegalStateException("poison");
        }
        try {
            URI place = URI.create(System.getenv("AWS_ENDPOINT_URL") + "/seen/" + context.getAwsRequestId());
            HttpRequest put = HttpRequest.newBuilder(place)
                    .PUT(HttpRequest.BodyPublishers.ofString(records.size() + "\n"))
                    .build();
            HttpClient.newHttpClient().send(put, HttpResponse.BodyHandlers.discarding());
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
        return records.size();
    }
}
EOF
javac -d classes -cp "$(cat "$ROOT/deploy/emulator/target/lambda.classpath")" example/Seen.java
python3 -c 'import shutil; shutil.make_archive("seen", "zip", "classes")'

aws s3 mb s3://seen
aws iam create-role --role-name functions --assume-role-policy-document \
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}'
aws lambda create-function --function-name seen --runtime java17 --handler example.Seen --timeout 6 \
  --role arn:aws:iam::123456789012:role/functions --zip-file fileb://seen.zip

# ---- invoked by hand: the answer, and an error as Lambda tells it

echo '{"Records": [1, 2, 3]}' >good.json
echo '{"Records": ["poison"]}' >bad.json
aws lambda invoke --function-name seen --payload fileb://good.json answer.json
expect "the answer" "$(cat answer.json)" <<<3
error=$(aws lambda invoke --function-name seen --payload fileb://bad.json answer.json --query FunctionError --output text)
expect "the kind of error" "$error" <<<Unhandled
expect "the error" "$(python3 -c 'import json; print(json.load(open("answer.json"))["errorMessage"])')" <<<poison
aws s3 rm --only-show-errors s3://seen --recursive

# ---- the way of an event

# version 1 of the CLI takes the address of queues from its option alone
queue() {
  aws --endpoint-url "$AWS_ENDPOINT_URL" sqs create-queue --queue-name "$1" --query QueueUrl --output text "${@:2}"
}
dead=$(queue dead)
queue arrivals --attributes '{"VisibilityTimeout": "6",
  "RedrivePolicy": "{\"deadLetterTargetArn\": \"arn:aws:sqs:us-east-1:123456789012:dead\", \"maxReceiveCount\": \"2\"}"}'
aws s3 mb s3://incoming
aws s3api put-bucket-notification-configuration --bucket incoming \
  --notification-configuration '{"EventBridgeConfiguration": {}}'
aws events put-rule --name arrivals --event-pattern \
  '{"source": ["aws.s3"], "detail-type": ["Object Created"], "detail": {"object": {"key": [{"prefix": "sales/"}]}}}'
aws events put-targets --rule arrivals --targets Id=1,Arn=arn:aws:sqs:us-east-1:123456789012:arrivals
queue hasty --attributes VisibilityTimeout=1
aws lambda create-event-source-mapping --function-name seen --event-source-arn arn:aws:sqs:us-east-1:123456789012:hasty \
  2>refusal && exit 1
grep -q 'Queue visibility timeout: 1 seconds is less than Function timeout: 6 seconds' refusal
mapping=$(aws lambda create-event-source-mapping --function-name seen --batch-size 20 \
  --maximum-batching-window-in-seconds 4 --query UUID --output text \
  --event-source-arn arn:aws:sqs:us-east-1:123456789012:arrivals)

echo row >row.csv
for number in 1 2 3 4 5; do
  aws s3 cp --only-show-errors row.csv "s3://incoming/sales/$number.csv"
done
aws s3 cp --only-show-errors row.csv s3://incoming/other/6.csv

records_seen() {
  for key in $(aws s3 ls s3://seen | awk '{print $4}'); do
    aws s3 cp "s3://seen/$key" -
  done | awk '{sum += $1} END {print sum + 0}'
}
wait_for 5 records_seen

# ---- what fails comes back, and then goes to the dead-letter queue

aws s3 cp --only-show-errors row.csv s3://incoming/sales/poison.csv
dead_letters() {
  aws --endpoint-url "$AWS_ENDPOINT_URL" sqs get-queue-attributes --queue-url "$dead" --attribute-names ApproximateNumberOfMessages \
    --query Attributes.ApproximateNumberOfMessages --output text
}
wait_for 1 dead_letters
expect "records seen" "$(records_seen)" <<<5

# ---- the mapping can be removed

aws lambda delete-event-source-mapping --uuid "$mapping"
expect "mappings left" "$(aws lambda list-event-source-mappings --query 'EventSourceMappings[].UUID' --output text)" <<<''

# ---- an event starts a workflow, by its batch

aws iam create-role --role-name glue --assume-role-policy-document \
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"glue.amazonaws.com"},"Action":"sts:AssumeRole"}]}'
aws glue create-job --name arrived --role glue --command Name=glueetl,ScriptLocation=s3://seen/lost.scala \
  --default-arguments '{"--job-language": "scala", "--class": "example.Lost"}'
aws glue create-workflow --name arrivals
aws glue create-trigger --name batch --type EVENT --workflow-name arrivals --actions JobName=arrived \
  --event-batching-condition BatchSize=2,BatchWindow=900
target=arn:aws:glue:us-east-1:123456789012:workflow/arrivals
aws events put-targets --rule arrivals --targets "Id=2,Arn=$target,RoleArn=arn:aws:iam::123456789012:role/glue"
expect "the target" "$(aws events list-targets-by-rule --rule arrivals --query "Targets[?Id=='2'].Arn" --output text)" \
  <<<"$target"
aws s3 cp --only-show-errors row.csv s3://incoming/sales/7.csv
aws s3 cp --only-show-errors row.csv s3://incoming/sales/8.csv
workflow_runs() {
  aws glue get-workflow-runs --name arrivals --query 'length(Runs)'
}
wait_for 1 workflow_runs
aws events remove-targets --rule arrivals --ids 2
expect "queues of the emulator's own" "$(aws --endpoint-url "$AWS_ENDPOINT_URL" sqs list-queues \
  --queue-name-prefix crossfoot- --query QueueUrls --output text)" <<<None
