# shellcheck shell=bash disable=SC2154
# For deploy.sh and destroy.sh: sales that arrive start the workflow. S3 tells EventBridge, whose rule fills a queue, from
# which a function starts the workflow once for many.

# version 1 of the command line takes a local address of queues from this option alone
sqs=(sqs)
[ -z "${AWS_ENDPOINT_URL:-}" ] || sqs=(--endpoint-url "$AWS_ENDPOINT_URL" sqs)

queue_url() {
  aws "${sqs[@]}" get-queue-url --queue-name "$1" --query QueueUrl --output text
}

# Makes a queue, or brings its attributes to what they should be: its name, statements of its policy beside TLS only (each
# with a comma behind it), and attributes as the fields of a JSON object.
queue() {
  local name=$1 policy attributes
  policy='{"Version": "2012-10-17", "Statement": ['"$2"'{"Sid": "OnlyTls", "Effect": "Deny", "Principal": {"AWS": "*"},
    "Action": "sqs:*", "Resource": "'"$SQS_ARN:$name"'", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}'
  policy=${policy//$'\n'/ }
  attributes='{"SqsManagedSseEnabled": "true", "Policy": "'"${policy//\"/\\\"}"'", '"$3"'}'
  if exists "${sqs[@]}" get-queue-url --queue-name "$name"; then
    change "${sqs[@]}" set-queue-attributes --queue-url "$(queue_url "$name")" --attributes "$attributes"
  else
    say "queue $name"
    change "${sqs[@]}" create-queue --queue-name "$name" --attributes "$attributes" --tags "$glue_tags"
  fi
}

deploy_arrivals() {
  local arrivals_state=ENABLED
  [ "$standby" = false ] || arrivals_state=DISABLED
  change s3api put-bucket-notification-configuration --bucket "$S3_RAW_BUCKET" \
    --notification-configuration '{"EventBridgeConfiguration": {}}'

  queue "$DEAD_ARRIVALS" '' '"MessageRetentionPeriod": "1209600"'
  # as Lambda advises, an event is hidden for the longest window and six times what the function may take; and for two hours
  # it comes back, while a run that began earlier is under way
  queue "$ARRIVAL_NAME" '{"Sid": "Arrivals", "Effect": "Allow",
    "Principal": {"Service": "events.amazonaws.com"}, "Action": "sqs:SendMessage",
    "Resource": "'"$SQS_ARN:$ARRIVAL_NAME"'",
    "Condition": {"ArnEquals": {"aws:SourceArn": "'"$ARRIVAL_RULE_ARN"'"}}}, ' \
    '"VisibilityTimeout": "480", "RedrivePolicy":
      "{\"deadLetterTargetArn\": \"'"$SQS_ARN:$DEAD_ARRIVALS"'\", \"maxReceiveCount\": 15}"'
  change events put-rule --name "$ARRIVAL_NAME" --state "$arrivals_state" --description 'New sales are put in a queue' \
    --event-pattern '{"source": ["aws.s3"], "detail-type": ["Object Created"],
    "detail": {"bucket": {"name": ["'"$S3_RAW_BUCKET"'"]}, "object": {"key": [{"prefix": "sales/"}]}}}'
  change events put-targets --rule "$ARRIVAL_NAME" --targets "Id=queue,Arn=$SQS_ARN:$ARRIVAL_NAME"

  role "$START_ROLE_NAME" lambda.amazonaws.com 'Starts the workflow when sales have arrived'
  change iam put-role-policy --role-name "$START_ROLE_NAME" --policy-name start --policy-document '{
    "Version": "2012-10-17", "Statement": [
    {"Sid": "Receive", "Effect": "Allow", "Action": ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
      "Resource": "'"$SQS_ARN:$ARRIVAL_NAME"'"},
    {"Sid": "Start", "Effect": "Allow", "Action": ["glue:GetWorkflow", "glue:StartWorkflowRun"],
      "Resource": "'"$GLUE_ARN:workflow/$WORKFLOW_NAME"'"},
    {"Sid": "Logs", "Effect": "Allow", "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
      "Resource": "'"$logs_arn:/aws/lambda/$START_NAME"':*"}]}'
  log_group "/aws/lambda/$START_NAME"
  start_function
  alarm "$DEAD_ARRIVALS" 'Arrivals started nothing; the queue of this name has them, and the function'"'"'s log says why' \
    ApproximateNumberOfMessagesVisible --namespace AWS/SQS --dimensions "Name=QueueName,Value=$DEAD_ARRIVALS" \
    --statistic Maximum --period 300 --threshold 0 --comparison-operator GreaterThanThreshold \
    --treat-missing-data notBreaching
}

start_function() {
  local mapping settings=(--function-name "$START_NAME" --description
    'Starts the workflow once for all sales that arrived together' --runtime java21
    --handler io.crossfoot.arrival.StartOnArrival --role "$ROLE_ARN/$START_ROLE_NAME" --memory-size 512 --timeout 30
    --environment "Variables={WORKFLOW_NAME=$WORKFLOW_NAME,SALES_BUCKET=$S3_RAW_BUCKET,SALES_PREFIX=sales/}")
  if exists lambda get-function --function-name "$START_NAME"; then
    change lambda update-function-configuration "${settings[@]}"
  else
    put_start_jar
    say "function $START_NAME"
    change_with_role lambda create-function "${settings[@]}" --architectures arm64 --tags "$glue_tags" \
      --code "S3Bucket=$S3_PROCESSED_BUCKET,S3Key=scripts/crossfoot-start-on-arrival.jar"
  fi
  mapping=$(mapping_of_start)
  if [ -n "$mapping" ]; then
    change lambda update-event-source-mapping --uuid "$mapping" --maximum-batching-window-in-seconds "$event_window"
  else
    change lambda create-event-source-mapping --function-name "$START_NAME" \
      --event-source-arn "$SQS_ARN:$ARRIVAL_NAME" --batch-size 10000 \
      --maximum-batching-window-in-seconds "$event_window" --function-response-types ReportBatchItemFailures
  fi
}

# The id of what feeds the function; nothing where there is none.
mapping_of_start() {
  aws lambda list-event-source-mappings --output text \
    --query "EventSourceMappings[?ends_with(FunctionArn, ':function:$START_NAME')].UUID"
}

# Uploads what the function runs.
put_start_jar() {
  local jar=$root/deploy/start-on-arrival/target/crossfoot-start-on-arrival.jar
  [ -f "$jar" ] || (cd "$root" && mvn -q -B -DskipTests -pl deploy/start-on-arrival package) ||
    refuse "Cannot build $jar: see above; mvn -DskipTests -pl deploy/start-on-arrival package in $root must work" 4
  say "s3://$S3_PROCESSED_BUCKET/scripts/crossfoot-start-on-arrival.jar"
  change s3 cp --only-show-errors "$jar" "s3://$S3_PROCESSED_BUCKET/scripts/crossfoot-start-on-arrival.jar"
}

destroy_arrivals() {
  local mapping name
  mapping=$(mapping_of_start)
  [ -z "$mapping" ] || change lambda delete-event-source-mapping --uuid "$mapping"
  remove lambda get-function --function-name "$START_NAME" -- lambda delete-function --function-name "$START_NAME"
  remove_rule "$ARRIVAL_NAME"
  for name in "$ARRIVAL_NAME" "$DEAD_ARRIVALS"; do
    if exists "${sqs[@]}" get-queue-url --queue-name "$name"; then
      say "queue $name"
      change "${sqs[@]}" delete-queue --queue-url "$(queue_url "$name")"
    fi
  done
  change cloudwatch delete-alarms --alarm-names "$DEAD_ARRIVALS"
  remove_log_group "/aws/lambda/$START_NAME"
  remove_role "$START_ROLE_NAME" start
}
