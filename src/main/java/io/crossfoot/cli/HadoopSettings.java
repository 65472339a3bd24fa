package io.crossfoot.cli;

import java.util.Arrays;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;

/** How file systems are reached by the commands that start no Spark: as those reach them that do. */
final class HadoopSettings {
    private static final String PREFIX = "spark.hadoop.";

    private HadoopSettings() {}

    /** Whether Spark is set up with a catalog beside its own. */
    static boolean anySparkCatalog() {
        return new SparkConf().getAllWithPrefix("spark.sql.catalog.").length > 0;
    }

    static Configuration of(Map<String, String> environment) {
        SparkConf spark = new SparkConf();
        S3Settings.complete(spark, environment);
        Configuration hadoop = new Configuration();
        Arrays.stream(spark.getAllWithPrefix(PREFIX)).forEach(setting -> hadoop.set(setting._1(), setting._2()));
        return hadoop;
    }
}
