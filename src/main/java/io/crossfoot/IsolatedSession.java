package io.crossfoot;

import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A session on the same Spark whose settings are the caller's, except those that could change a result. So a run gives
 * the same rows whatever the caller has set, and leaves the caller's settings alone.
 */
final class IsolatedSession {
    private static final Map<String, String> FIXED = Map.ofEntries(
            Map.entry("spark.sql.session.timeZone", "UTC"),
            Map.entry("spark.sql.ansi.enabled", "false"),
            Map.entry("spark.sql.caseSensitive", "false"),
            // a file that cannot be read is an error, not a file without rows
            Map.entry("spark.sql.files.ignoreCorruptFiles", "false"),
            Map.entry("spark.sql.files.ignoreMissingFiles", "false"),
            // a filter inside the reader would decide on rows before the contract does
            Map.entry("spark.sql.csv.filterPushdown.enabled", "false"),
            Map.entry("spark.sql.parser.escapedStringLiterals", "false"),
            Map.entry("spark.sql.adaptive.enabled", "true"),
            Map.entry("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS"),
            // dates before 1582, such as the 0001-01-01 of many systems, as Parquet defines them
            Map.entry("spark.sql.parquet.datetimeRebaseModeInRead", "CORRECTED"),
            Map.entry("spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED"));

    private IsolatedSession() {}

    /** @param targetFileBytes the size that files should have where Spark decides how many there are */
    static SparkSession of(SparkSession spark, long targetFileBytes) {
        SparkSession isolated = spark.newSession();
        for (Row setting : spark.sql("SET").collectAsList()) {
            String key = setting.getString(0);
            if (key.startsWith("spark.sql.") && isolated.conf().isModifiable(key)) {
                isolated.conf().set(key, setting.getString(1));
            }
        }
        FIXED.forEach((key, value) -> isolated.conf().set(key, value));
        // rows in a shuffle take about twice the room that they take in Parquet
        isolated.conf().set("spark.sql.adaptive.advisoryPartitionSizeInBytes", 2 * targetFileBytes);
        isolated.conf().set("spark.sql.adaptive.coalescePartitions.parallelismFirst", false);
        return isolated;
    }
}
