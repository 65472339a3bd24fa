package io.crossfoot.benchmark;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What somebody who knows Spark writes by hand for speed: given schema, broadcast join, decimal product; no check. */
public final class BareSpark {
    private BareSpark() {}

    /** @param arguments sales, customers, output, and the schema of the sales */
    public static void main(String[] arguments) {
        SparkSession spark = SparkSession.builder().getOrCreate();
        Dataset<Row> sales = spark.read()
                .schema(arguments[3])
                .option("header", true)
                .option("escape", "\"")
                .csv(arguments[0]);
        Dataset<Row> customers = spark.read()
                .schema("customer_id STRING, name STRING, email STRING, region STRING")
                .json(arguments[1]);
        sales.join(broadcast(customers), sales.col("customer_id").equalTo(customers.col("customer_id")), "left")
                .select(
                        sales.col("customer_id"),
                        col("order_id"),
                        col("product_name"),
                        col("quantity"),
                        col("price"),
                        col("order_date"),
                        col("name"),
                        col("email"),
                        col("region"),
                        col("quantity").multiply(col("price")).as("total_amount"))
                .write()
                .option("compression", "zstd")
                .parquet(arguments[2]);
        spark.stop();
    }
}
