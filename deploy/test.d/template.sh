# shellcheck shell=bash
# The CloudFormation template: clean by cfn-lint, resolved to what the reviewed file says, and accepted by the API. Of its
# types moto makes a few only; what it skips is named here, and counts as not deployed.

need cfn-lint "pip install cfn-lint"
cd "$WORK"
normal=$ROOT/deploy/test.d/normal
template=$ROOT/deploy/cloudformation/crossfoot.yaml

cfn-lint "$template"
resolved() {
  python3 "$normal/resolved.py" "$template" Suffix=test01 "$@"
}
resolved >resolved.json
diff -u "$normal/golden.json" resolved.json
python3 "$normal/policies.py" resolved.json

# ---- each parameter changes what it should, and nothing else

changed() {
  diff "$normal/golden.json" <(resolved "$@") | sed -n 's/^> *//p'
}
expect "retries end the queue" "$(changed MaxRetries=1)" <<'END'
"JobRunQueuingEnabled": false,
"MaxRetries": 1,
END
expect "workers" "$(changed WorkerType=G.2X NumberOfWorkers=4)" <<'END'
"NumberOfWorkers": 4,
"WorkerType": "G.2X"
END
expect "what events and more add" "$(resolved StartMode=event ProcessedCrawler=true Notify=all AlarmEmail=a@example.com | tee event.json |
  grep -o '"AWS::[^"]*"' | diff <(grep -o '"AWS::[^"]*"' "$normal/golden.json") - | sed -n 's/^> //p')" <<'END'
"AWS::CloudWatch::Alarm sales-arrived-dead-test01"
"AWS::Events::Rule etl-enriched-test01"
"AWS::Events::Rule sales-arrived-test01"
"AWS::Glue::Crawler processed-data-crawler-test01"
"AWS::Glue::Trigger etl-enriched-test01"
"AWS::IAM::Role start-on-arrival-test01"
"AWS::Lambda::EventSourceMapping start-on-arrival-test01"
"AWS::Lambda::Function start-on-arrival-test01"
"AWS::Logs::LogGroup /aws/lambda/start-on-arrival-test01"
"AWS::SNS::Subscription a@example.com"
"AWS::SQS::Queue sales-arrived-dead-test01"
"AWS::SQS::Queue sales-arrived-test01"
"AWS::SQS::QueuePolicy sales-arrived-dead-test01"
"AWS::SQS::QueuePolicy sales-arrived-test01"
END
python3 "$normal/policies.py" event.json

# ---- the policy check finds what it is for

sed 's/"arn:aws:glue:us-east-1:123456789012:job[^"]*"/"*"/' resolved.json >loose.json
expect "a role that is too wide" "$(python3 "$normal/policies.py" loose.json || true)" \
  <<<"GlueServiceRole-test01 may ['glue:GetJob', 'glue:GetJobBookmark', 'glue:GetJobRun'] on everything: name the resources"

# ---- the API takes it; moto makes these, and no others

aws cloudformation deploy --stack-name crossfoot-test01 --template-file "$template" \
  --parameter-overrides Suffix=test01 --capabilities CAPABILITY_NAMED_IAM
expect "what moto makes of it" "$(aws cloudformation list-stack-resources --stack-name crossfoot-test01 --output text \
  --query 'sort_by(StackResourceSummaries[?PhysicalResourceId], &LogicalResourceId)[].[LogicalResourceId]')" <<'END'
CrawlFailedRule
ErrorLogs
FailedRule
GlueRole
OutputLogs
ProcessedBucket
RawBucket
Topic
END
aws cloudformation delete-stack --stack-name crossfoot-test01
expect "buckets left" "$(aws s3 ls)" <<<''
