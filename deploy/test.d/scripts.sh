# shellcheck shell=bash
# The scripts, against the emulator: what they build is what the reviewed file says, building again changes nothing, the
# recipe's data runs through it with the rights of the role alone, and nothing is left when they are done.

need shellcheck "apt-get install shellcheck, or brew install shellcheck"
export CROSSFOOT_EMULATOR_ACTIONS=$WORK/actions
start_emulator
cd "$WORK"
normal=$ROOT/deploy/test.d/normal
scripts=$ROOT/deploy/scripts

(cd "$ROOT" && shellcheck -x deploy/scripts/*.sh)

# ---- wrong use is told, and changes nothing

expect_exit 2 "$scripts/deploy.sh" --suffix Not-This
expect_exit 2 "$scripts/deploy.sh" --suffix test01 --worker-typ G.2X
expect_exit 2 "$scripts/deploy.sh" --suffix test01 --number-of-workers two
expect_exit 2 "$scripts/deploy.sh" --suffix test01 --max-quarantine lots
expect_exit 2 "$scripts/deploy.sh" --suffix test01 --log-retention-days 31
expect_exit 2 "$scripts/deploy.sh" --suffix test01 --quality-rules default
expect_exit 2 "$scripts/deploy.sh" --suffix test01 --notify 'failures all'
expect_exit 2 "$scripts/deploy.sh" --suffix test01 --schedule ''
expect_exit 2 "$scripts/run.sh" --suffix test01 --wait-minutes 08
expect_exit 2 "$scripts/verify.sh" --
expect_exit 2 "$scripts/run.sh" --suffix test01 --worker-type G.2X
expect_exit 4 "$scripts/run.sh" --suffix test01
"$scripts/deploy.sh" --suffix test01 --dry-run
expect "what a dry run made" "$(python3 "$normal/described.py" --names)" <<<''
expect_exit 4 "$scripts/upload.sh" --suffix test01

bucket_of_another_account raw-data-taken
expect_exit 2 "$scripts/deploy.sh" --suffix taken
expect_exit 2 "$scripts/destroy.sh" --suffix taken --delete-data

# ---- built, and built again

for _ in first second; do
  "$scripts/deploy.sh" --suffix test01
  python3 "$normal/described.py" >built.json
  diff -u "$normal/golden.json" built.json
done

# ---- other settings, and another time of the day; the next section takes all of it back

resolved() {
  python3 "$normal/resolved.py" "$ROOT/deploy/cloudformation/crossfoot.yaml" Suffix=test01 "$@"
}
rules=$'# of "this" shop\nRules = [ RowCount > 4, ColumnValues "region" matches "[A-Z]\\\\w+" ]'
for hours in 3,15 4,16; do
  "$scripts/deploy.sh" --suffix test01 --start-mode schedule --schedule "cron(0 $hours * * ? *)" --processed-crawler true \
    --scan-limit 20000000 --quality-rules "$rules"
done
python3 "$normal/described.py" >built.json
resolved StartMode=schedule 'Schedule=cron(0 4,16 * * ? *)' ProcessedCrawler=true ScanLimit=20000000 "QualityRules=$rules" | diff -u - built.json

# ---- other services, by a parameter each; then no more than a table with comments

expect_exit 2 "$scripts/deploy.sh" --suffix test01 --quick-sight-principal analyst
expect_exit 2 "$scripts/deploy.sh" --suffix test01 --lake-formation-reader "$of_quick_sight"
expect_exit 2 "$scripts/deploy.sh" --suffix test01 --lineage-domain none
expect_exit 2 "$scripts/deploy.sh" --suffix test01 --data-brew yes
options=(--suffix test01 --table-comments true --lake-formation-reader "$analyst" --data-brew true
  --quick-sight-principal "$of_quick_sight" --lineage-domain dzd_test01)
# once: moto cannot revoke what was granted twice
"$scripts/deploy.sh" "${options[@]}"
python3 "$normal/described.py" >built.json
# moto forgets the data set of QuickSight
resolved "${other_services[@]}" | entries -v QuickSight::DataSet | diff -u - built.json
eval "asked=($("$scripts/deploy.sh" "${options[@]}" --dry-run | grep '^aws quicksight create-data-set'))"
echo "{\"AWS::QuickSight::DataSet enriched-sales-test01\": ${asked[-1]}}" | python3 "$normal/form.py" |
  diff -u <(resolved "${other_services[@]}" | entries QuickSight::DataSet) -

"$scripts/destroy.sh" --suffix test01 --only-services
"$scripts/deploy.sh" --suffix test01 --table-comments true
python3 "$normal/described.py" >built.json
resolved TableComments=true | diff -u - built.json

# ---- looked at too early: all of it is looked at, and told

(expect_exit 1 "$scripts/verify.sh" --suffix test01) >early.log 2>&1 || { cat early.log; false; }
expect "what is told of the output, its rules and its bucket" \
  "$(grep -c -e 'files of the output' -e ruleset -e 'processed-data-test01 is not public' early.log)" <<<3

# ---- the recipe's data, as the role and nobody else

"$scripts/upload.sh" --suffix test01 --sample
aws iam create-user --user-name tester
aws iam put-user-policy --user-name tester --policy-name all --policy-document \
  '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}'
read -r AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY < <(aws iam create-access-key --user-name tester --output text \
  --query 'AccessKey.[AccessKeyId,SecretAccessKey]')
enforce_rights 0
"$scripts/run.sh" --suffix test01 | tee run.log
expect "the balance" "$(grep -E '^  (read|written|quarantined|amount_after) ' run.log)" <<'END'
  read 5
  quarantined 0
  written 5
  amount_after 1575.97
END
evaluations() {
  aws glue list-data-quality-ruleset-evaluation-runs --query "$1" --output text
}
expect "the evaluation that the job has started" "$(wait_for 'SUCCEEDED FAILED' evaluations 'Runs[0].Status')" <<<SUCCEEDED
enforce_rights 1000000000
expect "what the role was not let do" "$(grep -c 'Denied' run.log)" <<<0
"$scripts/verify.sh" --suffix test01 | tee verify.log
expect "rows" "$(grep -c '^C00' verify.log)" <<<5
expect "rules that hold" "$(grep -c '^PASS' verify.log)" <<<5
expect "evaluations, none of which was started here" "$(evaluations 'length(Runs)')" <<<1
# one right too few fails the run above; one too many is one that nobody asked for, and that is none of these: Glue's own on
# AWS (logs, metrics, bookmark, data quality, whether a role may be passed), partitions, which this output has none of, and
# what ends a failed upload
allowed=$(python3 -c 'import json, sys
for policy in json.load(open("built.json"))["AWS::IAM::Role GlueServiceRole-test01"]["Policies"]:
    for statement in policy["PolicyDocument"]["Statement"]:
        print(*[statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"], sep="\n")' | sort -u)
expect "rights that the crawler and the job did not ask for" "$(comm -23 <(echo "$allowed") <(sort -u actions))" <<'END'
cloudwatch:PutMetricData
glue:BatchCreatePartition
glue:BatchDeletePartition
glue:BatchGetPartition
glue:GetDataQualityRulesetEvaluationRun
glue:GetJobBookmark
glue:GetJobRun
glue:PublishDataQuality
glue:UpdatePartition
iam:PassRole
logs:CreateLogGroup
logs:CreateLogStream
logs:PutLogEvents
s3:AbortMultipartUpload
s3:GetBucketLocation
END
# shellcheck disable=SC2016 # the backticks are the query's own
expect "comments that the run kept" "$(aws glue get-table --database-name analytics_database_test01 --name enriched_sales \
  --query 'Table.[Description, StorageDescriptor.Columns[8].[Name, Comment] | join(`: `, @)]' --output text)" \
  <<<$'Sales enriched with customers\tregion: Where the customer is'
aws glue update-data-quality-ruleset --name enriched-sales-quality-test01 --ruleset 'Rules = [ RowCount > 100 ]'
expect_exit 1 "$scripts/verify.sh" --suffix test01
expect "evaluations, another one since the rules have changed" "$(evaluations 'length(Runs)')" <<<2

# ---- removed, but no data by mistake: not in the wrong region, not where AWS does not say what is there, and no old versions

AWS_REGION=eu-west-1 AWS_DEFAULT_REGION=eu-west-1 expect_exit 2 "$scripts/destroy.sh" --suffix test01 --delete-data
AWS_REGION=eu-west-1 AWS_DEFAULT_REGION=eu-west-1 expect_exit 2 "$scripts/deploy.sh" --suffix test01 --replica-region eu-central-1
expect "buckets of the stand-by of a wrong region" "$(aws s3 ls | grep -c eu-central-1)" <<<0
mkdir -p broken
# shellcheck disable=SC2016 # the script's own
printf '#!/bin/sh\ncase "$*" in *list-object-versions*) exit 255 ;; esac\nexec "%s" "$@"\n' "$(command -v aws)" >broken/aws
chmod +x broken/aws
PATH=$PWD/broken:$PATH expect_exit 4 "$scripts/destroy.sh" --suffix test01
aws s3 rm --recursive --only-show-errors s3://processed-data-test01/
aws s3 rm --recursive --only-show-errors s3://raw-data-test01/
expect_exit 2 "$scripts/destroy.sh" --suffix test01
"$scripts/destroy.sh" --suffix test01 --delete-data
"$scripts/destroy.sh" --suffix test01 --delete-data
expect "what is left" "$(python3 "$normal/described.py" --names)" <<<''
