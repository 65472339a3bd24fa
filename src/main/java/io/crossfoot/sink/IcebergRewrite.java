package io.crossfoot.sink;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.actions.RewriteDataFiles;
import org.apache.iceberg.io.CloseableIterable;

/**
 * Writes files of an Iceberg table anew: few instead of many small ones, and without the rows that merges have deleted from
 * them. Readers see the same rows; what they have opened stays there for them.
 */
public final class IcebergRewrite {
    private final IcebergTable named;
    private final NativeTable found;
    private final Table table;

    private IcebergRewrite(IcebergTable named, NativeTable found) {
        this.named = named;
        this.found = found;
        this.table = found.table();
    }

    /** Opens a table that is there. */
    public static IcebergRewrite of(IcebergTable named) {
        return new IcebergRewrite(named, NativeTable.of(named));
    }

    /** Two snapshots of the same rows: all that was done between them was to write files anew. */
    public record Step(long before, long after) {}

    /** Returns about what is to be done, by the rules of Iceberg; reads manifests, and no data. */
    public CompactionSummary plan(long targetBytes) {
        return named.asking("look through", () -> {
            CompactionSummary deletes = new CompactionSummary(0, 0, 0, 0, 0, deleteFiles());
            return partitions(targetBytes).stream()
                    .filter(files -> files.size() > 1 || isWorthIt(files.get(0), targetBytes))
                    .map(files -> summary(files, targetBytes))
                    .reduce(deletes, CompactionSummary::plus);
        });
    }

    private Collection<List<FileScanTask>> partitions(long targetBytes) throws Exception {
        Map<String, List<FileScanTask>> partitions = new HashMap<>();
        try (CloseableIterable<FileScanTask> files = table.newScan().planFiles()) {
            for (FileScanTask file : files) {
                if (file.length() < targetBytes / 4 * 3 || isWorthIt(file, targetBytes)) {
                    // those of an earlier layout go together
                    boolean isOfLayout = file.file().specId() == table.spec().specId();
                    partitions
                            .computeIfAbsent(
                                    isOfLayout ? file.file().partition().toString() : "", first -> new ArrayList<>())
                            .add(file);
                }
            }
        }
        return partitions.values();
    }

    private static boolean isWorthIt(FileScanTask alone, long targetBytes) {
        return !alone.deletes().isEmpty() || alone.length() > targetBytes / 5 * 9;
    }

    private static CompactionSummary summary(List<FileScanTask> files, long targetBytes) {
        long bytes = files.stream().mapToLong(FileScanTask::length).sum();
        long rows = files.stream().mapToLong(file -> file.file().recordCount()).sum();
        return new CompactionSummary(files.size(), bytes, OutputSize.files(bytes, targetBytes, 1), 0, rows, 0);
    }

    /** How many delete files there are in what readers see. */
    private long deleteFiles() {
        return found.leading().stream()
                .limit(1)
                .mapToLong(now -> NativeTable.number(now, SnapshotSummary.TOTAL_DELETE_FILES_PROP))
                .sum();
    }

    /** Returns the snapshot that readers see; of a table that has one. */
    public long snapshot() {
        return table.currentSnapshot().snapshotId();
    }

    /**
     * Writes data files anew, as one snapshot.
     *
     * @param runId who does it: the snapshot says so
     * @throws io.crossfoot.error.StorageException if it was not done, or if nobody knows: readers see the same rows
     */
    public void rewriteData(long targetBytes, String runId) {
        named.asking(
                "compact",
                () -> found.actions()
                        .rewriteDataFiles(table)
                        .option(RewriteDataFiles.TARGET_FILE_SIZE_BYTES, Long.toString(targetBytes))
                        .option("min-input-files", "2")
                        .option("delete-file-threshold", "1")
                        .snapshotProperty(CommitMark.RUN_ID, runId)
                        .execute());
    }

    /**
     * Removes the delete files whose rows no data file has any more, as one snapshot.
     *
     * @throws io.crossfoot.error.StorageException as {@link #rewriteData} does
     */
    public void rewriteDeletes(String runId) {
        if (deleteFiles() > 0) {
            named.asking(
                    "compact",
                    () -> found.actions()
                            .rewritePositionDeletes(table)
                            .option("rewrite-all", "true")
                            .snapshotProperty(CommitMark.RUN_ID, runId)
                            .execute());
        }
    }

    /** Returns what was written anew since a snapshot, by anybody, the oldest first; what others have changed lies between. */
    public List<Step> stepsSince(long snapshot) {
        table.refresh();
        List<Step> steps = new ArrayList<>();
        for (Snapshot made : since(snapshot)) {
            int last = steps.size() - 1;
            if (last >= 0 && steps.get(last).after() == made.parentId()) {
                steps.set(last, new Step(steps.get(last).before(), made.snapshotId()));
            } else {
                steps.add(new Step(made.parentId(), made.snapshotId()));
            }
        }
        return steps;
    }

    /** Returns how much was written anew since a snapshot. */
    public CompactionSummary summarySince(long snapshot) {
        return since(snapshot).stream()
                .map(made -> new CompactionSummary(
                        NativeTable.number(made, SnapshotSummary.DELETED_FILES_PROP),
                        NativeTable.number(made, SnapshotSummary.REMOVED_FILE_SIZE_PROP),
                        NativeTable.number(made, SnapshotSummary.ADDED_FILES_PROP),
                        NativeTable.number(made, SnapshotSummary.ADDED_FILE_SIZE_PROP),
                        NativeTable.number(made, SnapshotSummary.ADDED_RECORDS_PROP),
                        NativeTable.number(made, SnapshotSummary.REMOVED_DELETE_FILES_PROP)))
                .reduce(CompactionSummary.NOTHING, CompactionSummary::plus);
    }

    private List<Snapshot> since(long snapshot) {
        List<Snapshot> made = new ArrayList<>();
        for (Snapshot later : found.leading()) {
            if (later.snapshotId() == snapshot) {
                break;
            }
            if (DataOperations.REPLACE.equals(later.operation())) {
                made.add(0, later);
            }
        }
        return made;
    }

    /** Lets readers see an earlier snapshot again. */
    public void rollBackTo(long snapshot) {
        named.asking("compact", () -> {
            table.manageSnapshots().rollbackTo(snapshot).commit();
            return snapshot;
        });
    }
}
