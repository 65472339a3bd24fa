# shellcheck shell=bash disable=SC2154
# For deploy.sh and destroy.sh: what a parameter adds to the system. A described table, Lake Formation, DataBrew, QuickSight.

# Whether a service answers at all, to a call that lists something: few accounts use all of these.
answers() {
  aws "$@" >/dev/null 2>&1 || {
    say "passed over: aws $1 $2 is refused"
    return 1
  }
}

output_location() {
  echo "arn:$partition:s3:::$S3_PROCESSED_BUCKET/enriched-sales"
}

# ---- The output's table, described before the first run; the job keeps what is said of columns

describe_table() {
  local hadoop=org.apache.hadoop.hive.ql.io.parquet
  if ! exists glue get-table --database-name "$GLUE_DATABASE_NAME" --name enriched_sales; then
    say 'table enriched_sales'
    change glue create-table --database-name "$GLUE_DATABASE_NAME" --table-input '{"Name": "enriched_sales",
      "Description": "Sales enriched with customers", "TableType": "EXTERNAL_TABLE",
      "Parameters": {"classification": "parquet"}, "StorageDescriptor": {
      "Location": "s3://'"$S3_PROCESSED_BUCKET"'/enriched-sales/",
      "InputFormat": "'$hadoop'.MapredParquetInputFormat", "OutputFormat": "'$hadoop'.MapredParquetOutputFormat",
      "SerdeInfo": {"SerializationLibrary": "'$hadoop'.serde.ParquetHiveSerDe", "Parameters": {"serialization.format": "1"}},
      "Columns": [
        {"Name": "customer_id", "Type": "string", "Comment": "Who bought; a key of customers"},
        {"Name": "order_id", "Type": "bigint", "Comment": "The order; comes once"},
        {"Name": "product_name", "Type": "string", "Comment": "What was bought"},
        {"Name": "quantity", "Type": "int", "Comment": "How many"},
        {"Name": "price", "Type": "decimal(12,2)", "Comment": "Of one"},
        {"Name": "order_date", "Type": "date", "Comment": "When it was bought"},
        {"Name": "name", "Type": "string", "Comment": "Personal: the customer'"'"'s name"},
        {"Name": "email", "Type": "string", "Comment": "Personal: the customer'"'"'s address"},
        {"Name": "region", "Type": "string", "Comment": "Where the customer is"},
        {"Name": "total_amount", "Type": "decimal(23,2)", "Comment": "quantity times price"}]}}'
  fi
}

# ---- Lake Formation: a reader sees what is not personal

grant() {
  change lakeformation grant-permissions --principal "DataLakePrincipalIdentifier=$1" --resource "$2" --permissions "${@:3}"
}

lf_tag_exists() {
  [ -n "$(aws lakeformation list-lf-tags --query "LFTags[?TagKey=='personal_$suffix'].TagKey" --output text)" ]
}

deploy_lake_formation() {
  local tag="personal_$suffix" table='"CatalogId": "'$account'", "DatabaseName": "'$GLUE_DATABASE_NAME'"'
  local database='{"Database": {"CatalogId": "'$account'", "Name": "'$GLUE_DATABASE_NAME'"}}'
  if ! exists lakeformation describe-resource --resource-arn "$(output_location)"; then
    say "$(output_location), of Lake Formation"
    change lakeformation register-resource --resource-arn "$(output_location)" --use-service-linked-role
  fi
  lf_tag_exists || change lakeformation create-lf-tag --tag-key "$tag" --tag-values yes no
  change lakeformation add-lf-tags-to-resource --resource '{"Table": {'"$table"', "Name": "enriched_sales"}}' \
    --lf-tags "CatalogId=$account,TagKey=$tag,TagValues=no"
  change lakeformation add-lf-tags-to-resource --resource '{"TableWithColumns": {'"$table"', "Name": "enriched_sales",
    "ColumnNames": ["name", "email"]}}' --lf-tags "CatalogId=$account,TagKey=$tag,TagValues=yes"
  grant "$lake_formation_reader" '{"LFTagPolicy": {"CatalogId": "'"$account"'", "ResourceType": "TABLE",
    "Expression": [{"TagKey": "'"$tag"'", "TagValues": ["no"]}]}}' DESCRIBE SELECT
  grant "$lake_formation_reader" "$database" DESCRIBE
  # crawlers and the job make and change tables; data they reach by their role
  grant "$GLUE_ROLE_ARN" "$database" ALTER CREATE_TABLE DESCRIBE
  grant "$GLUE_ROLE_ARN" '{"Table": {'"$table"', "TableWildcard": {}}}' ALTER DELETE DESCRIBE INSERT SELECT
  grant "$GLUE_ROLE_ARN" '{"DataLocation": {"CatalogId": "'"$account"'", "ResourceArn": "'"$(output_location)"'"}}' \
    DATA_LOCATION_ACCESS
}

destroy_lake_formation() {
  local of_this found
  answers lakeformation list-lf-tags && lf_tag_exists || return 0
  say 'grants, tag and location of Lake Formation'
  of_this="Resource.Database.Name=='$GLUE_DATABASE_NAME' || Resource.Table.DatabaseName=='$GLUE_DATABASE_NAME'"
  of_this="$of_this || Resource.DataLocation.ResourceArn=='$(output_location)'"
  of_this="$of_this || Resource.LFTagPolicy.Expression[0].TagKey=='personal_$suffix'"
  for _ in $(seq 20); do # a grant at a time
    found=$(aws lakeformation list-permissions --output json --query "PrincipalResourcePermissions[?$of_this] | [0].{
      Principal: Principal, Resource: Resource, Permissions: Permissions}")
    if [ "$found" = null ] || [ "$dry_run" = true ]; then
      break
    fi
    change lakeformation revoke-permissions --cli-input-json "$found"
  done
  change lakeformation delete-lf-tag --tag-key "personal_$suffix"
  remove lakeformation describe-resource --resource-arn "$(output_location)" -- \
    lakeformation deregister-resource --resource-arn "$(output_location)"
}

# ---- DataBrew: the output profiled, by the rules of the library that it knows

# The rules of the library as DataBrew has them; it knows no ReferentialIntegrity.
databrew_rules() {
  # shellcheck disable=SC2016 # a backtick tells DataBrew a column from a value
  local value='"SubstitutionMap": {":value": "\2"}' row='"SubstitutionMap": {":column": "`\1`", ":value": "\3"}'
  sed -nE \
    -e 's/^ *RowCount ([<>=]+) ([0-9.]+),? .*/{"Name": "RowCount \1 \2", "CheckExpression": "AGG(ROWS_COUNT) \1 :value", '"$value"'}/p' \
    -e 's/^ *IsComplete "(\w+)",? .*/{"Name": "IsComplete \1", "CheckExpression": "AGG(MISSING_VALUES_COUNT) == :value", "SubstitutionMap": {":value": "0"}, "ColumnSelectors": [{"Name": "\1"}]}/p' \
    -e 's/^ *ColumnValues "(\w+)" ([<>=]+) ([0-9.]+),? .*/{"Name": "ColumnValues \1 \2 \3", "CheckExpression": ":column \2 :value", '"$row"'}/p' \
    "$1" | paste -sd ,
}

deploy_databrew() {
  local name=enriched-sales-$suffix databrew=arn:$partition:databrew:$region:$account
  local checks=(--name "$name" --description 'What must hold for the enriched sales' --rules "[$(databrew_rules "$rules_file")]")
  role "$PROFILE_ROLE_NAME" databrew.amazonaws.com 'Profiles the enriched sales'
  change iam put-role-policy --role-name "$PROFILE_ROLE_NAME" --policy-name profile --policy-document '{
    "Version": "2012-10-17", "Statement": [
    {"Sid": "List", "Effect": "Allow", "Action": ["s3:ListBucket", "s3:GetBucketLocation"],
      "Resource": "arn:'"$partition:s3:::$S3_PROCESSED_BUCKET"'"},
    {"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject",
      "Resource": "arn:'"$partition:s3:::$S3_PROCESSED_BUCKET"'/enriched-sales/*"},
    {"Sid": "Write", "Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
      "Resource": "arn:'"$partition:s3:::$S3_PROCESSED_BUCKET"'/databrew/*"},
    {"Sid": "Table", "Effect": "Allow", "Action": ["glue:GetDatabase", "glue:GetTable", "glue:GetPartitions"], "Resource": [
      "'"$GLUE_ARN"':catalog", "'"$GLUE_ARN:database/$GLUE_DATABASE_NAME"'",
      "'"$GLUE_ARN:table/$GLUE_DATABASE_NAME"'/enriched_sales"]},
    {"Sid": "Logs", "Effect": "Allow", "Action": ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
      "Resource": "'"$logs_arn"':/aws-glue-databrew/*"}]}'
  exists databrew describe-dataset --name "$name" ||
    change databrew create-dataset --name "$name" --tags "$glue_tags" --input \
      "DataCatalogInputDefinition={DatabaseName=$GLUE_DATABASE_NAME,TableName=enriched_sales}"
  if exists databrew describe-ruleset --name "$name"; then
    change databrew update-ruleset "${checks[@]}"
  else
    change databrew create-ruleset "${checks[@]}" --target-arn "$databrew:dataset/$name" --tags "$glue_tags"
  fi
  if ! exists databrew describe-job --name "$name"; then
    say "profile job $name"
    change_with_role databrew create-profile-job --name "$name" --dataset-name "$name" --tags "$glue_tags" \
      --role-arn "$ROLE_ARN/$PROFILE_ROLE_NAME" --max-capacity 2 --max-retries 0 --timeout 60 \
      --output-location "Bucket=$S3_PROCESSED_BUCKET,Key=databrew/" \
      --validation-configurations "RulesetArn=$databrew:ruleset/$name"
  fi
}

destroy_databrew() {
  local name=enriched-sales-$suffix
  answers databrew list-jobs || return 0
  remove databrew describe-job --name "$name" -- databrew delete-job --name "$name"
  remove databrew describe-ruleset --name "$name" -- databrew delete-ruleset --name "$name"
  remove databrew describe-dataset --name "$name" -- databrew delete-dataset --name "$name"
  remove_role "$PROFILE_ROLE_NAME" profile
}

# ---- QuickSight: the output as Athena reads it

deploy_quick_sight() {
  local of_account=(--aws-account-id "$account")
  if ! exists quicksight describe-data-source "${of_account[@]}" --data-source-id "crossfoot-$suffix"; then
    say "data source crossfoot-$suffix of QuickSight"
    change quicksight create-data-source --cli-input-json '{"AwsAccountId": "'"$account"'",
      "DataSourceId": "crossfoot-'"$suffix"'", "Name": "crossfoot-'"$suffix"'", "Type": "ATHENA",
      "DataSourceParameters": {"AthenaParameters": {"WorkGroup": "'"$WORK_GROUP"'"}}, "Permissions": [
      {"Principal": "'"$quick_sight_principal"'", "Actions": ["quicksight:DescribeDataSource",
      "quicksight:DescribeDataSourcePermissions", "quicksight:PassDataSource"]}], "Tags": '"$tags"'}'
  fi
  if ! exists quicksight describe-data-set "${of_account[@]}" --data-set-id "enriched-sales-$suffix"; then
    say "data set enriched-sales-$suffix of QuickSight"
    change quicksight create-data-set --cli-input-json '{"AwsAccountId": "'"$account"'",
      "DataSetId": "enriched-sales-'"$suffix"'", "Name": "enriched-sales-'"$suffix"'", "ImportMode": "DIRECT_QUERY",
      "PhysicalTableMap": {"enriched-sales": {"RelationalTable": {
      "DataSourceArn": "arn:'"$partition:quicksight:$region:$account:datasource/crossfoot-$suffix"'",
      "Catalog": "AwsDataCatalog", "Schema": "'"$GLUE_DATABASE_NAME"'", "Name": "enriched_sales", "InputColumns": [
      {"Name": "customer_id", "Type": "STRING"}, {"Name": "order_id", "Type": "INTEGER"},
      {"Name": "product_name", "Type": "STRING"}, {"Name": "quantity", "Type": "INTEGER"},
      {"Name": "price", "Type": "DECIMAL"}, {"Name": "order_date", "Type": "DATETIME"}, {"Name": "name", "Type": "STRING"},
      {"Name": "email", "Type": "STRING"}, {"Name": "region", "Type": "STRING"},
      {"Name": "total_amount", "Type": "DECIMAL"}]}}}, "Permissions": [{"Principal": "'"$quick_sight_principal"'",
      "Actions": ["quicksight:DescribeDataSet", "quicksight:DescribeDataSetPermissions", "quicksight:PassDataSet",
      "quicksight:DescribeIngestion", "quicksight:ListIngestions"]}], "Tags": '"$tags"'}'
  fi
}

destroy_quick_sight() {
  local of_account=(--aws-account-id "$account")
  answers quicksight list-data-sources "${of_account[@]}" || return 0
  remove quicksight describe-data-set "${of_account[@]}" --data-set-id "enriched-sales-$suffix" -- \
    quicksight delete-data-set "${of_account[@]}" --data-set-id "enriched-sales-$suffix"
  remove quicksight describe-data-source "${of_account[@]}" --data-source-id "crossfoot-$suffix" -- \
    quicksight delete-data-source "${of_account[@]}" --data-source-id "crossfoot-$suffix"
}
