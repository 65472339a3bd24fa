# shellcheck shell=bash
# The Glue Data Catalog: tables that Crossfoot makes are accepted by its API, and the AWS CLI reads them back.
start_moto
db=analytics-database-x1

mkdir -p "$WORK/raw"
cp -r "$ROOT/test-data/sales" "$ROOT/test-data/customers" "$WORK/raw"

crossfoot crawl "$WORK/raw" --catalog glue --database $db | tail -n 1 | sed 's/ · [0-9.]* s$//' >"$WORK/summary"
expect 'first crawl' "$(cat "$WORK/summary")" <<<'crawled 2 tables · 2 added · 0 updated · 0 unchanged'

expect 'the recipe: aws glue get-tables' \
  "$(aws glue get-tables --database-name $db --query 'TableList[].Name' --output text)" <<<$'customers\tsales'

shape="Table.[join(', ', StorageDescriptor.Columns[].join(' ', [Name, Type])), StorageDescriptor.SerdeInfo.SerializationLibrary, Parameters.classification, Parameters.\"skip.header.line.count\", TableType]"
expect 'sales' "$(aws glue get-table --database-name $db --name sales --query "$shape" --output text | tr '\t' '\n')" <<'EOF'
order_id bigint, customer_id string, product_name string, quantity bigint, price double, order_date string
org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe
csv
1
EXTERNAL_TABLE
EOF

crossfoot enrich --catalog glue --sales catalog:$db.sales --customers catalog:$db.customers \
  --output "$WORK/processed/enriched-sales" --output-table $db.enriched_sales --partition-by region \
  --lineage file --run-id first

expect 'enriched_sales' \
  "$(aws glue get-table --database-name $db --name enriched_sales --query "$shape" --output text | tr '\t' '\n')" <<'EOF'
customer_id string, order_id bigint, product_name string, quantity int, price decimal(12,2), order_date date, name string, email string, total_amount decimal(23,2)
org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe
parquet
None
EXTERNAL_TABLE
EOF
expect 'partitions' "$(aws glue get-partitions --database-name $db --table-name enriched_sales \
  --query 'sort(Partitions[].Values[0])' --output text)" <<<$'East\tNorth\tSouth'

# OpenLineage calls tables of Glue by their ARN, beside the folders of their files
python3 - "$WORK/processed/_crossfoot/enriched-sales/runs/first/lineage.jsonl" >"$WORK/symlinks" <<'EOF'
import json, sys
ended = json.loads(open(sys.argv[1]).readlines()[-1])
for dataset in ended["inputs"] + ended["outputs"]:
    for name in dataset["facets"]["symlinks"]["identifiers"]:
        print(dataset["name"].split("/")[-1], name["namespace"], name["name"], name["type"])
EOF
expect 'lineage: symlinks' "$(cat "$WORK/symlinks")" <<EOF
sales arn:aws:glue:us-east-1:123456789012 table/$db/sales TABLE
customers arn:aws:glue:us-east-1:123456789012 table/$db/customers TABLE
enriched-sales arn:aws:glue:us-east-1:123456789012 table/$db/enriched_sales TABLE
EOF

# every type is one that Athena knows
types=$(aws glue get-tables --database-name $db --output text --query \
  'TableList[].[StorageDescriptor.Columns[].Type, PartitionKeys[].Type][][]' | tr '\t' '\n' | sed 's/(.*//' | sort -u)
known='array bigint binary boolean char date decimal double float int map smallint string struct timestamp tinyint varchar'
for type in $types; do
  [[ " $known " == *" $type "* ]] || { echo "Athena does not know type $type"; exit 1; }
done

crossfoot crawl "$WORK/processed" --catalog glue --database $db | tail -n 1 | sed 's/ · [0-9.]* s$//' >"$WORK/summary"
expect 'a crawler finds what was registered' "$(cat "$WORK/summary")" \
  <<<'crawled 1 table · 0 added · 0 updated · 1 unchanged'

# the recipe's Athena query, with the database's hyphens and without quotes
expect 'query' "$(crossfoot query --catalog glue --csv \
  "SELECT customer_id, product_name, total_amount FROM $db.enriched_sales LIMIT 10" | sort)" <<'EOF'
C001,Keyboard,75.00
C001,Laptop,999.99
C002,Headphones,149.99
C002,Mouse,51.00
C003,Monitor,299.99
customer_id,product_name,total_amount
EOF

# an Iceberg table, merged into twice: a table of the catalog, as other programs find it
mkdir "$WORK/iceberg"
cat >"$WORK/iceberg/spark-defaults.conf" <<'EOF'
spark.sql.catalog.glue_catalog                   org.apache.iceberg.spark.SparkCatalog
spark.sql.catalog.glue_catalog.type              glue
spark.sql.catalog.glue_catalog.io-impl           org.apache.iceberg.hadoop.HadoopFileIO
spark.sql.catalog.glue_catalog.http-client.type  urlconnection
EOF
merge() {
  SPARK_CONF_DIR="$WORK/iceberg" crossfoot enrich --sales "$WORK/raw/sales" --customers "$WORK/raw/customers" --run-id "$1" \
    --table-format iceberg --output "$WORK/lake/merged" --output-table glue_catalog.lake.merged --mode merge --key order_id
}
merge monday
{
  head -n 1 "$WORK/raw/sales/sample-sales.csv"
  echo 1001,C001,Laptop,2,999.99,2024-01-15
  echo 2001,C003,Pen,2,1.50,2024-01-16
} >"$WORK/raw/sales/more.csv"
rm "$WORK/raw/sales/sample-sales.csv"
merge tuesday
expect 'an Iceberg table of the catalog' "$(aws glue get-table --database-name lake --name merged --output text \
  --query 'Table.[Parameters.table_type, StorageDescriptor.Location]')" <<<$'ICEBERG\t'"file:$WORK/lake/merged"
expect 'what it holds' "$(SPARK_CONF_DIR="$WORK/iceberg" crossfoot query --csv \
  'SELECT count(*), sum(quantity) FROM glue_catalog.lake.merged' | tail -n 1)" <<<6,9

# an endpoint that does not answer is one line and exit code 4
AWS_ENDPOINT_URL=http://127.0.0.1:1 expect_exit 4 crossfoot tables --catalog glue >"$WORK/down" 2>&1
[ "$(wc -l <"$WORK/down")" -eq 1 ]
grep -q '^crossfoot: Cannot list databases in the Glue Data Catalog (us-east-1): ' "$WORK/down"
