package io.crossfoot.catalog;

import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A process with a Spark of Hive's own catalog, as other people's jobs have it: it prints a table of a metastore. */
public final class HiveSession {
    private HiveSession() {}

    /** @param arguments the folder of the catalog, the table, the columns to sort by */
    public static void main(String... arguments) {
        Path folder = Path.of(arguments[0]);
        SparkSession spark = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.warehouse.dir", folder.resolve("warehouse").toString())
                .config(
                        "spark.hadoop.javax.jdo.option.ConnectionURL",
                        "jdbc:derby:;databaseName=" + folder.resolve("metastore_db"))
                .enableHiveSupport()
                .getOrCreate();
        Dataset<Row> table = spark.table(arguments[1]);
        System.out.println(table.schema().toDDL());
        table.orderBy(arguments[2]).toLocalIterator().forEachRemaining(row -> System.out.println(row.mkString("|")));
        spark.stop();
    }
}
