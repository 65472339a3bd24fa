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

    /**
     * How much is written anew.
     *
     * @param newFiles how many files there are instead; before it is done, about how many
     * @param newBytes their size; 0 before it is done
     * @param rows how many rows the new files hold; before it is done, those of the old ones, deleted rows among them
     * @param deletes how many delete files go
     */
    public record Extent(long files, long bytes, long newFiles, long newBytes, long rows, long deletes) {
        private Extent plus(Extent other) {
            return new Extent(
                    files + other.files,
                    bytes + other.bytes,
                    newFiles + other.newFiles,
                    newBytes + other.newBytes,
                    rows + other.rows,
                    deletes + other.deletes);
        }

        /** Whether there is nothing to do. */
        public boolean isNothing() {
            return files == 0 && deletes == 0;
        }
    }

    /** Two snapshots of the same rows: all that was done between them was to write files anew. */
    public record Step(long before, long after) {}

    /** Returns about what is to be done, by the rules of Iceberg; reads manifests, and no data. */
    public Extent plan(long targetBytes) {
        return named.asking("look through", () -> {
            Extent deletes = new Extent(0, 0, 0, 0, 0, deleteFiles());
            return partitions(targetBytes).stream()
                    .filter(files -> files.size() > 1 || isWorthIt(files.get(0), targetBytes))
                    .map(files -> extent(files, targetBytes))
                    .reduce(deletes, Extent::plus);
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

    private static Extent extent(List<FileScanTask> files, long targetBytes) {
        long bytes = files.stream().mapToLong(FileScanTask::length).sum();
        long rows = files.stream().mapToLong(file -> file.file().recordCount()).sum();
        return new Extent(files.size(), bytes, OutputSize.files(bytes, targetBytes, 1), 0, rows, 0);
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
    public Extent extentSince(long snapshot) {
        return since(snapshot).stream()
                .map(made -> new Extent(
                        NativeTable.number(made, SnapshotSummary.DELETED_FILES_PROP),
                        NativeTable.number(made, SnapshotSummary.REMOVED_FILE_SIZE_PROP),
                        NativeTable.number(made, SnapshotSummary.ADDED_FILES_PROP),
                        NativeTable.number(made, SnapshotSummary.ADDED_FILE_SIZE_PROP),
                        NativeTable.number(made, SnapshotSummary.ADDED_RECORDS_PROP),
                        NativeTable.number(made, SnapshotSummary.REMOVED_DELETE_FILES_PROP)))
                .reduce(new Extent(0, 0, 0, 0, 0, 0), Extent::plus);
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
