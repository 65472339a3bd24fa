# shellcheck shell=bash
# What the emulator does beyond the recipe, seen from outside: runs of jobs that end in every way there is, updates that
# moto lacks, workflows, and requests that are too large, too many or wrong.

start_emulator
cd "$WORK"

# ---- a job of somebody else's, which does as its arguments say

mkdir -p example classes
cat >example/Does.java <<'EOF'
package example;

import java.util.List;

public class Does {
    public static void main(String... arguments) throws Exception {
        List<String> all = List.of(arguments);
        System.out.println("does " + all.get(all.indexOf("--DO") + 1));
        switch (all.get(all.indexOf("--DO") + 1)) {
            case "fail" -> throw new IllegalStateException("as told");
            case "exit" -> System.exit(7);
            case "wait" -> Thread.sleep(600_000);
            default -> { }
        }
    }
}
EOF
javac -d classes example/Does.java
jar cf does.jar -C classes .
aws s3 mb s3://jars
aws s3 cp --only-show-errors does.jar s3://jars/does.jar
echo 'object Placeholder' | aws s3 cp - s3://jars/placeholder.scala
aws iam create-role --role-name glue --assume-role-policy-document \
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"glue.amazonaws.com"},"Action":"sts:AssumeRole"}]}'
job() {
  printf '{"Role": "glue", "GlueVersion": "%s", "WorkerType": "G.1X", "NumberOfWorkers": 2, "MaxRetries": %s,
    "Timeout": %s, "Command": {"Name": "glueetl", "ScriptLocation": "s3://jars/placeholder.scala"},
    "DefaultArguments": {"--job-language": "scala", "--class": "example.Does", "--extra-jars": "s3://jars/does.jar",
    "--DO": "nothing"}}' "$1" "$2" "$3"
}
aws glue create-job --name does --tags team=sales --cli-input-json "$(job 5.1 0 60)"

run() {
  aws glue start-job-run --job-name does --query JobRunId --output text --arguments "$1"
}
state() {
  aws glue get-job-run --job-name does --run-id "$1" --query JobRun.JobRunState --output text
}
ends() {
  wait_for "SUCCEEDED FAILED STOPPED TIMEOUT" state "$1" >/dev/null
  aws glue get-job-run --job-name does --run-id "$1" --query 'JobRun.[JobRunState,ErrorMessage]' --output text
}
expect "a run that does nothing" "$(ends "$(run '{}')")" <<<$'SUCCEEDED\tNone'
expect "one that throws" "$(ends "$(run '{"--DO": "fail"}')")" \
  <<<$'FAILED\tException in User Class: java.lang.IllegalStateException : as told'
expect "one that exits" "$(ends "$(run '{"--DO": "exit"}')")" <<<$'FAILED\tCommand failed with exit code 7'
expect "one without its class" "$(ends "$(run '{"--class": "example.Lost"}')")" \
  <<<$'FAILED\tException in User Class: java.lang.ClassNotFoundException : example.Lost'
expect "one without its jar" "$(ends "$(run '{"--extra-jars": "s3://jars/lost.jar"}')")" \
  <<<$'FAILED\tLAUNCH ERROR | File Not Found: s3://jars/lost.jar'

waiting=$(run '{"--DO": "wait"}')
refused ConcurrentRunsExceededException run '{}'
wait_for RUNNING state "$waiting" >/dev/null
aws glue batch-stop-job-run --job-name does --job-run-ids "$waiting"
expect "one that is stopped" "$(ends "$waiting")" <<<$'STOPPED\tNone'

# ---- updates, with what belongs to a job carried over

aws glue update-job --job-name does --job-update "$(job 5.1 1 60)"
expect "the tags" "$(aws glue get-tags --resource-arn arn:aws:glue:us-east-1:123456789012:job/does \
  --query Tags.team --output text)" <<<sales
first=$(run '{"--DO": "fail"}')
wait_for FAILED state "${first}_attempt_1" 2>/dev/null
refused InvalidInputException aws glue update-job --job-name does --job-update '{"Role": "nobody"}'
refused EntityNotFoundException aws glue start-job-run --job-name lost
refused EntityNotFoundException aws glue get-job-bookmark --job-name does
refused NotImplementedException aws glue get-plan --mapping '[]' --source DatabaseName=a,TableName=b

# ---- two writers of one table

aws glue create-database --database-input Name=lake
aws glue create-table --database-name lake --table-input Name=t
version=$(aws glue get-table --database-name lake --name t --query Table.VersionId --output text)
aws glue update-table --database-name lake --table-input Name=t,Description=one --version-id "$version"
refused ConcurrentModificationException \
  aws glue update-table --database-name lake --table-input Name=t,Description=two --version-id "$version"
expect "the first one's change" \
  "$(aws glue get-table --database-name lake --name t --query Table.Description --output text)" <<<one

# ---- a workflow: a trigger by hand, a job, and what its end sets off

aws glue create-workflow --name nightly
aws glue create-trigger --name begin --type ON_DEMAND --workflow-name nightly --actions JobName=does
aws glue create-job --name then --cli-input-json "$(job 5.1 0 60)"
aws glue create-trigger --name after --type CONDITIONAL --workflow-name nightly --actions JobName=then --start-on-creation \
  --predicate 'Conditions=[{LogicalOperator=EQUALS,JobName=does,State=SUCCEEDED}]'
flow=$(aws glue start-workflow-run --name nightly --query RunId --output text)
workflow_status() {
  aws glue get-workflow-run --name nightly --run-id "$flow" --query Run.Status --output text
}
wait_for COMPLETED workflow_status
expect "what the workflow did" "$(aws glue get-workflow-run --name nightly --run-id "$flow" \
  --query 'Run.Statistics.[TotalActions,SucceededActions]' --output text)" <<<$'2\t2'
expect "who started the second job" "$(aws glue get-job-runs --job-name then \
  --query 'JobRuns[].[TriggerName,JobRunState]' --output text)" <<<$'after\tSUCCEEDED'
refused InvalidInputException aws glue create-trigger --name odd --type SCHEDULED --schedule 'cron(61 * * * ? *)' \
  --actions JobName=does

# ---- Athena: what it refuses, and a limit on what a query may read

athena() {
  aws athena start-query-execution --result-configuration OutputLocation=s3://jars/results/ --query-string "$@" \
    --query QueryExecutionId --output text
}
refused InvalidRequestException athena 'SELEKT 1'
refused InvalidRequestException athena 'SELECT * FROM my-lake.t'
refused NotImplementedException athena 'DROP TABLE lake.t'
status() {
  aws athena get-query-execution --query-execution-id "$1" --query QueryExecution.Status.State --output text
}
reason() {
  wait_for "SUCCEEDED FAILED CANCELLED" status "$1" >/dev/null
  aws athena get-query-execution --query-execution-id "$1" \
    --query 'QueryExecution.Status.[State,StateChangeReason]' --output text
}
expect "a table that is not there" "$(reason "$(athena 'SELECT * FROM lake.lost')")" \
  <<<$'FAILED\tTABLE_NOT_FOUND: line 1:15: Table \'awsdatacatalog.lake.lost\' does not exist'

python3 -c 'for row in range(20_000): print(row, "x" * 1000, sep=",")' >wide.csv
aws s3 cp --only-show-errors wide.csv s3://jars/wide/wide.csv
aws glue create-table --database-name lake --table-input '{"Name": "wide", "StorageDescriptor": {
  "Columns": [{"Name": "n", "Type": "bigint"}, {"Name": "x", "Type": "string"}], "Location": "s3://jars/wide/",
  "InputFormat": "org.apache.hadoop.mapred.TextInputFormat", "SerdeInfo": {
  "SerializationLibrary": "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe", "Parameters": {"field.delim": ","}}}}'
aws athena create-work-group --name small --configuration BytesScannedCutoffPerQuery=10000000
refused InvalidRequestException \
  aws athena update-work-group --work-group small --configuration-updates RequesterPaysEnabled=true
expect "a query that may not read so much" \
  "$(reason "$(athena 'SELECT sum(n) FROM lake.wide WHERE x IS NOT NULL' --work-group small)")" \
  <<<$'CANCELLED\tBytes scanned limit was exceeded'
expect "the same where it may" "$(reason "$(athena 'SELECT sum(n) FROM lake.wide WHERE x IS NOT NULL')")" \
  <<<$'SUCCEEDED\tNone'

# ---- the process that answers queries is killed: the next query gets another

engine=$(pgrep -P "$emulator" -f io.crossfoot.emulator.engine.QueryServer)
kill -KILL "$engine"
while kill -0 "$engine" 2>/dev/null; do
  sleep 0.1 # a query that is sent while it dies is lost with it
done
expect "a query after that" "$(reason "$(athena 'SELECT 1')")" <<<$'SUCCEEDED\tNone'

# ---- requests that are large, many, or wrong

head -c 100000000 /dev/urandom >large
aws s3 cp --only-show-errors large s3://jars/large
aws s3 cp --only-show-errors s3://jars/large back
cmp large back
call() {
  curl -s -o /dev/null -w '%{http_code}' -X POST "$AWS_ENDPOINT_URL/" -H "X-Amz-Target: $1" "${@:2}"
}
expect "no JSON" "$(call AWSGlue.StartJobRun -d '{')" <<<400
expect "no operation" "$(call AWSGlue -d '{}')" <<<400
expect "an operation that nobody knows" "$(call AWSGlue.Dream -d '{}')" <<<501
expect "100 MB of it" "$(call AWSGlue.StartJobRun --data-binary @large)" <<<413
expect "another name for this machine" "$(call AWSGlue.GetJob -d '{}' -H 'Host: example.com')" <<<403
seq 1000 | xargs -P 50 -I{} curl -s -o /dev/null -w '%{http_code}\n' "$AWS_ENDPOINT_URL/jars?list-type=2&prefix={}" |
  sort | uniq -c >codes
expect "a thousand at once" "$(awk '{print $1, $2}' codes)" <<<'1000 200'
