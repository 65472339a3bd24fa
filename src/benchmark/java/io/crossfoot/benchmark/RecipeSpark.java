package io.crossfoot.benchmark;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The recipe's job as it stands, on files: inferred schemas, a join without a hint, a product of doubles. */
public final class RecipeSpark {
    private RecipeSpark() {}

    /** @param arguments sales, customers, output */
    public static void main(String[] arguments) {
        SparkSession spark = SparkSession.builder().getOrCreate();
        Dataset<Row> sales =
                spark.read().option("header", true).option("inferSchema", true).csv(arguments[0]);
        Dataset<Row> customers = spark.read().json(arguments[1]);
        sales.join(customers, new String[] {"customer_id"}, "left")
                .withColumn("total_amount", col("quantity").multiply(col("price")))
                .write()
                .parquet(arguments[2]);
        spark.stop();
    }
}
