// The same work in Polars, as one lazy query; no check. Arguments: sales, customers, output, and the schema of the sales.
const { mkdirSync } = require("node:fs");
const polars = require("nodejs-polars");

const [sales, customers, output, schema] = process.argv.slice(2);
const types = {
  BIGINT: polars.Int64,
  STRING: polars.Utf8,
  INT: polars.Int32,
  "DECIMAL(12,2)": polars.Decimal(12, 2),
  DATE: polars.Date,
};
const columns = schema.split(", ").map((column) => column.split(" "));

mkdirSync(output, { recursive: true });
polars
  .scanCSV(`${sales}/*.csv`, { schema: Object.fromEntries(columns.map(([name, type]) => [name, types[type]])) })
  .join(polars.scanJson(`${customers}/*.json`), { on: "customer_id", how: "left" })
  .withColumn(polars.col("quantity").cast(polars.Decimal(10, 0)).mul(polars.col("price")).alias("total_amount"))
  .select(
    "customer_id", "order_id", "product_name", "quantity", "price", "order_date", "name", "email", "region", "total_amount",
  )
  .sinkParquet(`${output}/enriched.parquet`, { compression: "zstd" })
  .collectSync("streaming");
