package io.crossfoot.sink;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.actions.ActionsProvider;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.iceberg.spark.actions.SparkActions;

/**
 * An Iceberg table as Iceberg itself knows it, and what Iceberg can do with it. These are the actions that its procedures
 * call: Spark 3.5 understands {@code CALL} only where it was started with Iceberg's extension.
 *
 * <p>It names Iceberg's classes, and is loaded when a table is looked after, and not before.
 */
record NativeTable(Table table, ActionsProvider actions) {
    static NativeTable of(IcebergTable named) {
        return named.asking("open", () -> {
            Table table =
                    Spark3Util.loadIcebergTable(named.spark(), named.name().quoted());
            // a catalog may have kept what it was
            table.refresh();
            return new NativeTable(table, SparkActions.get(named.spark()));
        });
    }

    /** Returns the snapshots that led to what readers see, the newest first. */
    List<Snapshot> leading() {
        List<Snapshot> found = new ArrayList<>();
        Snapshot next = table.currentSnapshot();
        while (next != null) {
            found.add(next);
            next = next.parentId() == null ? null : table.snapshot(next.parentId());
        }
        return found;
    }

    TableHistory history() {
        return new TableHistory(leading().stream()
                .map(snapshot -> new TableHistory.Moment(
                        snapshot.snapshotId(),
                        Optional.ofNullable(snapshot.parentId()),
                        Optional.ofNullable(snapshot.summary()).orElse(Map.of())))
                .toList());
    }

    /** Returns what the summary of a snapshot says; empty where it says nothing of it. */
    static Optional<String> said(Snapshot snapshot, String property) {
        return Optional.ofNullable(snapshot.summary()).map((Map<String, String> summary) -> summary.get(property));
    }

    /** Returns a number of the summary of a snapshot. */
    static long number(Snapshot snapshot, String property) {
        return said(snapshot, property).map(Long::parseLong).orElse(0L);
    }
}
