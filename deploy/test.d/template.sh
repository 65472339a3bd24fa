# shellcheck shell=bash
# The CloudFormation template: clean by cfn-lint, resolved to what the reviewed file says, and deployed to the emulator: what
# stands then is what the file says, deploying again changes nothing, other parameters change what they should, the recipe's
# data runs through its workflow, and nothing is left when the stack is deleted.

need cfn-lint "pip install cfn-lint"
start_emulator
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
rules=$'# of this shop\nRules = [ RowCount > 4, IsUnique "order_id" ]'
expect "rules of one's own" "$(changed "QualityRules=$rules")" <<'END'
"Ruleset": "# of this shop\nRules = [ RowCount > 4, IsUnique \"order_id\" ]",
"--QUALITY": "# of this shop\nRules = [ RowCount > 4, IsUnique \"order_id\" ]",
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

# ---- deployed; what cannot be is told, and nothing of it is left

deploy() {
  aws cloudformation deploy --stack-name "crossfoot-$1" --template-file "$template" \
    --parameter-overrides "Suffix=$1" "${@:2}" --capabilities CAPABILITY_NAMED_IAM
}
stack() {
  aws cloudformation describe-stacks --stack-name crossfoot-test01 --query 'Stacks[0].[StackStatus]' --output text
}
failures() {
  aws cloudformation describe-stack-events --stack-name "crossfoot-$1" --output text \
    --query "StackEvents[?ends_with(ResourceStatus, 'E_FAILED')].[LogicalResourceId, ResourceStatusReason]"
}
as_the_template() {
  python3 "$normal/described.py" >built.json
  resolved "$@" | diff -u - built.json
}

bucket_of_another_account processed-data-taken
expect_exit 255 deploy taken
expect "why it failed" "$(failures taken)" \
  <<<$'ProcessedBucket\tAn error occurred (AccessDenied) when calling the CreateBucket operation: Access Denied'
aws cloudformation delete-stack --stack-name crossfoot-taken
# moto forgets data sets of QuickSight: a stack that has one is refused
expect_exit 255 deploy test01 "QuickSightPrincipal=$of_quick_sight"
expect_exit 255 deploy test01 ReplicaRegion=us-east-1
expect "what failed stacks left" "$(python3 "$normal/described.py" --names)" <<<''

deploy test01
python3 "$normal/described.py" >built.json
diff -u "$normal/golden.json" built.json
expect "resources with a physical id" "$(aws cloudformation list-stack-resources --stack-name crossfoot-test01 \
  --query 'length(StackResourceSummaries[?PhysicalResourceId])')" <<<"$(grep -c '^ "AWS::' "$normal/golden.json")"
deploy test01 --no-fail-on-empty-changeset | tee again.log
expect "what deploying again changes" "$(grep -c '^No changes to deploy' again.log)" <<<1

# ---- other parameters, and back

others=("QualityRules=$rules" NumberOfWorkers=4 MaxRetries=1 ProcessedCrawler=true Notify=all ScanLimit=20000000 LogRetentionDays=60)
deploy test01 "${others[@]}"
as_the_template "${others[@]}"
# another type of trigger is another trigger, which cannot have the same name
expect_exit 255 deploy test01 StartMode=schedule NumberOfWorkers=8
expect "why that failed" "$(failures test01 | cut -f 2-)" <<'END'
CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename etl-start-test01 and update the stack again.
END
expect "the stack" "$(stack)" <<<UPDATE_ROLLBACK_COMPLETE
as_the_template "${others[@]}"

put_any_function processed-data-test01
all=(StartMode=event AlarmEmail=a@example.com ReplicaRegion=eu-west-1 TableComments=true "LakeFormationReader=$analyst"
  DataBrew=true LineageDomain=dzd_test01)
deploy test01 "${all[@]}"
as_the_template "${others[@]}" "${all[@]}"
deploy test01 NumberOfWorkers=2 MaxRetries=0 ProcessedCrawler=false Notify=failures ScanLimit=1073741824 LogRetentionDays=30 \
  QualityRules= StartMode=on-demand AlarmEmail= ReplicaRegion= TableComments=false LakeFormationReader= DataBrew=false LineageDomain=
python3 "$normal/described.py" >built.json
diff -u "$normal/golden.json" built.json

# ---- the recipe's data, by the workflow: the job and Glue Data Quality ask the rules that were given

deploy test01 "QualityRules=$rules"
run_sample
report=$(aws s3 cp --recursive --quiet --exclude '*' --include '*/run-report.json' s3://processed-data-test01/_crossfoot . &&
  find . -name run-report.json)
expect "the rules that the job asked" "$(python3 -c 'import json, sys
print(*(rule["rule"] for rule in json.load(open(sys.argv[1]))["quality"]), sep="\n")' "$report")" <<'END'
RowCount > 4
IsUnique "order_id"
END
result=$(aws glue list-data-quality-results --query 'Results[0].ResultId' --output text)
expect "the rules that Glue Data Quality asked" "$(aws glue get-data-quality-result --result-id "$result" --output text \
  --query 'RuleResults[].[Result, Description]')" <<'END'
PASS	RowCount > 4
PASS	IsUnique "order_id"
END

# ---- deleted, but no data by mistake

aws cloudformation delete-stack --stack-name crossfoot-test01
expect "the stack" "$(stack)" <<<DELETE_FAILED
"$ROOT/deploy/scripts/destroy.sh" --suffix test01 --delete-data --only-data
aws cloudformation delete-stack --stack-name crossfoot-test01
expect "what is left" "$(python3 "$normal/described.py" --names)" <<<''
