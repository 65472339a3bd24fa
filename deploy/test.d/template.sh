# shellcheck shell=bash
# The CloudFormation template: clean by cfn-lint, resolved to what the reviewed file says, and accepted by the API. Of its
# types moto makes a few only; what it skips is named here, and counts as not deployed.

need cfn-lint "pip install cfn-lint"
start_moto
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
expect "what no evaluation leaves out" "$(resolved DataQuality=false | diff "$normal/golden.json" - |
  grep -o -e '"AWS::[^"]*"' -e '"--[A-Z_]*"' -e '"Sid": .*')" <<'END'
"AWS::Events::Rule quality-failed-test01"
"--QUALITY_RULESET"
"Sid": "Evaluate"
"Sid": "EvaluateAsItself"
END
added() {
  resolved "${@:2}" | tee "$1" | grep -o '"AWS::[^"]*"' | diff <(grep -o '"AWS::[^"]*"' "$normal/golden.json") - | sed -n 's/^> //p'
}
expect "what events and more add" \
  "$(added event.json StartMode=event ProcessedCrawler=true Notify=all AlarmEmail=a@example.com)" <<'END'
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
expect "what a second region adds" "$(added replicated.json ReplicaRegion=eu-west-1)" <<<'"AWS::IAM::Role replication-test01"'
python3 "$normal/policies.py" replicated.json
expect "what may be copied, and where" "$(grep -o '"[^"]*eu-west-1[^"]*"' replicated.json | sort -u)" <<'END'
"arn:aws:s3:::processed-data-test01-eu-west-1"
"arn:aws:s3:::processed-data-test01-eu-west-1/*"
"arn:aws:s3:::raw-data-test01-eu-west-1"
"arn:aws:s3:::raw-data-test01-eu-west-1/*"
END
expect "what a stand-by has otherwise, but for its region" "$(resolved Standby=true AWS::Region=eu-west-1 |
  sed 's/test01-eu-west-1/test01/g; s/eu-west-1/us-east-1/g' | diff "$normal/golden.json" - | sed -n 's/^[<>] *//p')" \
  <<<'"ActionsEnabled": false,'
expect "a stand-by that copies" "$(resolved Standby=true ReplicaRegion=eu-west-1 2>&1 || true)" \
  <<<'resolved.py: A stand-by is copied to, and copies nowhere; give it no ReplicaRegion'
expect "a copy in the same region" "$(resolved ReplicaRegion=us-east-1 2>&1 || true)" \
  <<<'resolved.py: ReplicaRegion is this region; name another one'
expect "what other services add" "$(added others.json "${other_services[@]}")" <<'END'
"AWS::DataBrew::Dataset enriched-sales-test01"
"AWS::DataBrew::Job enriched-sales-test01"
"AWS::DataBrew::Ruleset enriched-sales-test01"
"AWS::Glue::Table enriched_sales"
"AWS::IAM::Role profile-processed-data-test01"
"AWS::LakeFormation::PrincipalPermissions GlueServiceRole-test01 DataLocation"
"AWS::LakeFormation::PrincipalPermissions GlueServiceRole-test01 Database"
"AWS::LakeFormation::PrincipalPermissions GlueServiceRole-test01 Table"
"AWS::LakeFormation::PrincipalPermissions analyst Database"
"AWS::LakeFormation::PrincipalPermissions analyst LFTagPolicy"
"AWS::LakeFormation::Resource arn:aws:s3:::processed-data-test01/enriched-sales"
"AWS::LakeFormation::Tag personal_test01"
"AWS::LakeFormation::TagAssociation enriched_sales"
"AWS::LakeFormation::TagAssociation enriched_sales.name.email"
"AWS::QuickSight::DataSet enriched-sales-test01"
"AWS::QuickSight::DataSource crossfoot-test01"
END
python3 "$normal/policies.py" others.json

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
QualityFailedRule
RawBucket
Topic
END
aws cloudformation delete-stack --stack-name crossfoot-test01
expect "buckets left" "$(aws s3 ls)" <<<''
