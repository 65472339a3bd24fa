package io.crossfoot.sink;

import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.iceberg.spark.CommitMetadata;

/**
 * Has Iceberg write properties into the summaries of the snapshots that this thread commits. It names one of
 * Iceberg's classes: Spark 3.5 has no way to give them with a MERGE. It is loaded when a table is written, and not before.
 */
final class SnapshotProperties {
    private SnapshotProperties() {}

    static void during(Callable<?> commits, Map<String, String> properties) throws Exception {
        CommitMetadata.withCommitProperties(properties, commits, Exception.class);
    }
}
