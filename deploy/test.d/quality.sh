# shellcheck shell=bash
# Glue Data Quality: the rules of the library, as they are, evaluated by the emulator on the table that a run has written.

start_emulator
cd "$WORK"

# ---- the recipe's output, partitioned, and its customers

aws s3 mb s3://lake
aws s3 cp --only-show-errors --recursive "$ROOT/test-data/sales" s3://lake/raw/sales
aws s3 cp --only-show-errors --recursive "$ROOT/test-data/customers" s3://lake/raw/customers
crossfoot crawl s3://lake/raw --catalog glue --database analytics
crossfoot enrich --catalog glue --sales catalog:analytics.sales --customers catalog:analytics.customers \
  --output s3://lake/processed/enriched-sales --output-table analytics.enriched_sales --partition-by region
aws iam create-role --role-name glue --assume-role-policy-document \
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"glue.amazonaws.com"},"Action":"sts:AssumeRole"}]}'

table() {
  printf '{"GlueTable": {"DatabaseName": "analytics", "TableName": "%s"}}' "$1"
}
ruleset() {
  aws glue create-data-quality-ruleset --name "$1" --ruleset "$2"
}
start() {
  aws glue start-data-quality-ruleset-evaluation-run --role glue --data-source "$(table enriched_sales)" \
    --additional-data-sources "{\"customers\": $(table customers)}" --query RunId --output text --ruleset-names "$@"
}
look() {
  aws glue get-data-quality-ruleset-evaluation-run --run-id "$1" --query "$2" --output text
}
status() {
  look "$1" Status
}
result() {
  aws glue get-data-quality-result --result-id "$(look "$1" 'ResultIds[0]')" "${@:2}"
}

# ---- the library's own rules, unchanged

ruleset enriched-sales "$(cat "$ROOT/src/main/resources/io/crossfoot/quality/enriched-sales.dqdl")"
run=$(start enriched-sales)
wait_for "SUCCEEDED FAILED" status "$run"
expect 'the run' "$(look "$run" '[Status,RulesetNames[0],NumberOfWorkers,Timeout,ErrorString]')" \
  <<<$'SUCCEEDED\tenriched-sales\t5\t2880\tNone'
expect 'rule by rule' "$(result "$run" --query 'RuleResults[].[Name,Result,Description]' --output text)" <<'EOF_'
Rule_1	PASS	RowCount > 0
Rule_2	PASS	IsComplete "customer_id"
Rule_3	PASS	ReferentialIntegrity "customer_id" "customers.customer_id" > 0.95
Rule_4	PASS	ColumnValues "quantity" > 0
Rule_5	PASS	ColumnValues "price" >= 0
EOF_
expect 'the whole' "$(result "$run" --output text \
  --query '[Score,RulesetName,RulesetEvaluationRunId,DataSource.GlueTable.TableName,AggregatedMetrics.TotalRulesPassed]')" \
  <<<$'1.0\tenriched-sales\t'"$run"$'\tenriched_sales\t5.0'

# ---- rules that fail: by their number, and because the table cannot be asked

ruleset strict 'Rules = [ RowCount > 100, IsUnique "order_id", IsComplete "discount", ColumnValues "region" in ["North", "East", "South"] ]'
run=$(start strict)
wait_for "SUCCEEDED FAILED" status "$run"
expect 'one fails' "$(result "$run" --query 'RuleResults[].Result' --output text)" <<<$'FAIL\tPASS\tFAIL\tPASS'
expect 'its number' "$(result "$run" --output text \
  --query '[Score,AggregatedMetrics.TotalRulesFailed,RuleResults[0].EvaluatedMetrics.RowCount,RuleResults[0].EvaluationMessage]')" \
  <<<$'0.5\t2.0\t5.0\tValue: 5 does not meet the constraint requirement!'
result "$run" --query 'RuleResults[2].EvaluationMessage' --output text | grep -q "discount"

# ---- a typo, and what is not there

ruleset typo 'Rules = [ RowCuont > 0 ]'
run=$(start typo)
wait_for "SUCCEEDED FAILED" status "$run"
look "$run" ErrorString | grep -q 'RowCuont' || { echo "no word of the typo: $(look "$run" ErrorString)"; exit 1; }
expect 'no result' "$(look "$run" 'ResultIds')" <<<None
refused EntityNotFoundException start lost
refused EntityNotFoundException look dqrun-lost Status
refused EntityNotFoundException aws glue get-data-quality-result --result-id dqresult-lost
refused EntityNotFoundException aws glue cancel-data-quality-ruleset-evaluation-run --run-id dqrun-lost
refused EntityNotFoundException aws glue start-data-quality-ruleset-evaluation-run --role glue \
  --ruleset-names strict --data-source "$(table lost)"
refused InvalidInputException aws glue start-data-quality-ruleset-evaluation-run --role nobody \
  --ruleset-names strict --data-source "$(table enriched_sales)"

# ---- lists, and a run that is cancelled

run=$(start strict enriched-sales)
aws glue cancel-data-quality-ruleset-evaluation-run --run-id "$run"
wait_for STOPPED status "$run"
expect 'all runs, the newest first' "$(aws glue list-data-quality-ruleset-evaluation-runs --query 'Runs[].Status' \
  --output text)" <<<$'STOPPED\tFAILED\tSUCCEEDED\tSUCCEEDED'
expect 'those of another table' "$(aws glue list-data-quality-ruleset-evaluation-runs \
  --filter "{\"DataSource\": $(table customers)}" --query 'length(Runs)')" <<<0
ids=$(aws glue list-data-quality-results --query 'Results[].ResultId' --output text)
expect 'results' "$(wc -w <<<"$ids")" <<<2
# shellcheck disable=SC2086
expect 'results at once' "$(aws glue batch-get-data-quality-result --result-ids $ids dqresult-lost \
  --query '[Results[].RulesetName,ResultsNotFound]' --output text)" <<<$'strict\tenriched-sales\ndqresult-lost'
