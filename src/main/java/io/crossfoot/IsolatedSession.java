package io.crossfoot;

import io.crossfoot.source.SourceTable;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * A session on the same Spark whose settings are the caller's, except those that could change a result. So a run gives
 * the same rows whatever the caller has set, and leaves the caller's settings alone.
 */
final class IsolatedSession {
    private static final Map<String, String> FIXED = Map.ofEntries(
            Map.entry("spark.sql.session.timeZone", "UTC"),
            Map.entry("spark.sql.ansi.enabled", "false"),
            Map.entry("spark.sql.caseSensitive", "false"),
            // the type that a contract calls TIMESTAMP
            Map.entry("spark.sql.timestampType", "TIMESTAMP_LTZ"),
            // what takes the place of what is the publication's to say
            Map.entry("spark.sql.sources.partitionOverwriteMode", "static"),
            // a file that cannot be read is an error, not a file without rows
            Map.entry("spark.sql.files.ignoreCorruptFiles", "false"),
            Map.entry("spark.sql.files.ignoreMissingFiles", "false"),
            // a filter inside the reader would decide on rows before the contract does
            Map.entry("spark.sql.csv.filterPushdown.enabled", "false"),
            Map.entry("spark.sql.parser.escapedStringLiterals", "false"),
            Map.entry("spark.sql.adaptive.enabled", "true"),
            Map.entry("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS"),
            // dates before 1582, such as the 0001-01-01 of many systems, as Parquet defines them
            Map.entry("spark.sql.parquet.int96RebaseModeInRead", "CORRECTED"),
            Map.entry("spark.sql.parquet.binaryAsString", "false"),
            Map.entry("spark.sql.sources.partitionColumnTypeInference.enabled", "false"),
            // else a task that is run twice may spread its rows otherwise
            Map.entry("spark.sql.execution.sortBeforeRepartition", "true"),
            Map.entry("spark.sql.parquet.datetimeRebaseModeInRead", "CORRECTED"),
            Map.entry("spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED"));

    /** Rows of at most this size are sent to every task instead of being shuffled: a tenth of the memory. */
    static final long BROADCAST_BYTES = Runtime.getRuntime().maxMemory() / 10;

    private static final long SHUFFLE_PARTITION_BYTES = 32L << 20;
    private static final long MOST_SHUFFLE_PARTITIONS = 10_000;

    private static final String SHUFFLE_PARTITIONS = "spark.sql.shuffle.partitions";
    private static final String CALLERS_SHUFFLE_PARTITIONS = "crossfoot.callers.shuffle.partitions";

    private IsolatedSession() {}

    /** @param targetFileBytes the size that files should have where Spark decides how many there are */
    static SparkSession of(SparkSession spark, long targetFileBytes) {
        SparkSession isolated = spark.newSession();
        // not by SQL, which shows keys and passwords as stars
        spark.conf().getAll().foreach(setting -> {
            // what is not Spark's is Hadoop's, such as the keys of a bucket
            boolean isHadoops = !setting._1.startsWith("spark.");
            if (isHadoops
                    || setting._1.startsWith("spark.sql.catalog.")
                    || setting._1.startsWith("spark.sql.") && isolated.conf().isModifiable(setting._1)) {
                isolated.conf().set(setting._1, setting._2);
            }
            return setting;
        });
        isolated.conf().set(CALLERS_SHUFFLE_PARTITIONS, spark.conf().get(SHUFFLE_PARTITIONS));
        FIXED.forEach((key, value) -> isolated.conf().set(key, value));
        // else the keys of all sales are sorted to see which of them a few customers lack
        isolated.conf().set("spark.sql.autoBroadcastJoinThreshold", BROADCAST_BYTES);
        // rows in a shuffle take about twice the room that they take in Parquet
        isolated.conf().set("spark.sql.adaptive.advisoryPartitionSizeInBytes", 2 * targetFileBytes);
        isolated.conf().set("spark.sql.adaptive.coalescePartitions.parallelismFirst", false);
        // customers are kept for a run: to pack them takes a fifth of the time in which they are read
        isolated.conf().set("spark.sql.inMemoryColumnarStorage.compressed", false);
        return isolated;
    }

    /** Returns what a work makes whose types are those of the session, whatever the caller's call so. */
    static <T> T within(SparkSession isolated, Supplier<T> work) {
        Option<SparkSession> active = SparkSession.getActiveSession();
        SparkSession.setActiveSession(isolated);
        try {
            return work.get();
        } finally {
            if (active.isDefined()) {
                SparkSession.setActiveSession(active.get());
            } else {
                SparkSession.clearActiveSession();
            }
        }
    }

    /**
     * Makes shuffles, from now on, as wide as a table is large: each of 200 partitions for five rows costs a task, and a
     * terabyte does not fit into 200. For a table whose size is unknown they are as wide as the caller's.
     */
    static void sizeShuffles(SparkSession isolated, SourceTable table) {
        boolean unknown = table.files().isEmpty() && !table.parts().isEmpty();
        long partitions = Math.min(MOST_SHUFFLE_PARTITIONS, 1 + table.bytes() / SHUFFLE_PARTITION_BYTES);
        isolated.conf()
                .set(
                        SHUFFLE_PARTITIONS,
                        unknown
                                // the session of a frame is not ours, and has not met the caller's
                                ? isolated.conf()
                                        .get(
                                                CALLERS_SHUFFLE_PARTITIONS,
                                                isolated.conf().get(SHUFFLE_PARTITIONS))
                                : Long.toString(partitions));
    }
}
