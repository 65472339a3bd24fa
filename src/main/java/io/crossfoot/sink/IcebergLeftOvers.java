package io.crossfoot.sink;

import io.crossfoot.sink.LeftOvers.Kind;
import io.crossfoot.sink.LeftOvers.LeftOver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.hadoop.fs.FileStatus;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.actions.DeleteOrphanFiles;

/**
 * What an Iceberg table keeps for nobody: snapshots that are old, with the files that they alone have, and files that no
 * snapshot has, as writers leave them that die.
 *
 * <p>The last snapshot that bears the key of a run stays, however old, and with it all later ones: a run that reads the same
 * files again finds out by it that it was done.
 */
public final class IcebergLeftOvers {
    /** A writer that is under way has files that no snapshot has yet: younger ones stay. Iceberg's procedure asks for as much. */
    public static final Duration LEAST_AGE_OF_UNREFERENCED = Duration.ofHours(24);

    private final IcebergTable named;
    private final NativeTable found;
    private final Table table;
    private final Store store;

    private IcebergLeftOvers(IcebergTable named, NativeTable found, Store store) {
        this.named = named;
        this.found = found;
        this.table = found.table();
        this.store = store;
    }

    /** Whether a file that was written before this time may still come into a snapshot, so that none is taken for unreferenced. */
    public static boolean isTooYoung(Instant time) {
        return time.isAfter(Instant.now().minus(LEAST_AGE_OF_UNREFERENCED));
    }

    /** Opens a table that is there. */
    public static IcebergLeftOvers of(IcebergTable named, ControlFolder control) {
        return new IcebergLeftOvers(named, NativeTable.of(named), control.store());
    }

    /** Finds what {@link #remove} would remove. */
    public List<LeftOver> before(Instant time) {
        return Stream.concat(expired(time).stream(), unreferenced(time).stream().map(this::measured))
                .toList();
    }

    /** Removes what was last written before a time, and returns it. */
    public List<LeftOver> remove(Instant time) {
        List<LeftOver> removed = new ArrayList<>(expired(time));
        if (!removed.isEmpty()) {
            named.asking(
                    "clean",
                    () -> found.actions()
                            .expireSnapshots(table)
                            .expireOlderThan(limit(time))
                            .execute());
        }
        for (String file : unreferenced(time)) {
            removed.add(measured(file));
            named.asking("clean", () -> {
                table.io().deleteFile(file);
                return file;
            });
        }
        return List.copyOf(removed);
    }

    private List<LeftOver> expired(Instant time) {
        List<Snapshot> going = named.asking(
                "clean",
                () -> table.expireSnapshots().expireOlderThan(limit(time)).apply());
        Map<Long, List<Snapshot>> next = StreamSupport.stream(table.snapshots().spliterator(), false)
                .filter(snapshot -> snapshot.parentId() != null)
                .collect(Collectors.groupingBy(Snapshot::parentId));
        return going.stream()
                .sorted(Comparator.comparingLong(Snapshot::timestampMillis))
                .map(snapshot -> expired(snapshot, next.getOrDefault(snapshot.snapshotId(), List.of())))
                .toList();
    }

    /** The files go that the next snapshot has not; of one that has none, such as one that was rolled back, its own do. */
    private LeftOver expired(Snapshot snapshot, List<Snapshot> next) {
        return new LeftOver(
                Kind.EXPIRED,
                "%s VERSION AS OF %s".formatted(named.name(), snapshot.snapshotId()),
                next.isEmpty()
                        ? sum(
                                List.of(snapshot),
                                SnapshotSummary.ADDED_FILES_PROP,
                                SnapshotSummary.ADDED_DELETE_FILES_PROP)
                        : sum(next, SnapshotSummary.DELETED_FILES_PROP, SnapshotSummary.REMOVED_DELETE_FILES_PROP),
                next.isEmpty()
                        ? sum(List.of(snapshot), SnapshotSummary.ADDED_FILE_SIZE_PROP)
                        : sum(next, SnapshotSummary.REMOVED_FILE_SIZE_PROP),
                Instant.ofEpochMilli(snapshot.timestampMillis()));
    }

    private static long sum(Collection<Snapshot> snapshots, String... properties) {
        return snapshots.stream()
                .flatMapToLong(
                        snapshot -> Stream.of(properties).mapToLong(property -> NativeTable.number(snapshot, property)))
                .sum();
    }

    /** What is as old as this stays. */
    private long limit(Instant time) {
        long limit = time.toEpochMilli();
        for (Snapshot leading : found.leading()) {
            limit = Math.min(limit, leading.timestampMillis());
            if (isOfFiles(leading)) {
                return limit;
            }
        }
        return time.toEpochMilli();
    }

    /** The key of a run that has read no files that could be read again is its id. */
    private static boolean isOfFiles(Snapshot snapshot) {
        return NativeTable.said(snapshot, CommitMark.RUN_KEY)
                .filter(key -> !NativeTable.said(snapshot, CommitMark.RUN_ID).equals(Optional.of(key)))
                .isPresent();
    }

    private List<String> unreferenced(Instant time) {
        if (isTooYoung(time)) {
            return List.of();
        }
        DeleteOrphanFiles.Result orphans = named.asking(
                "clean",
                () -> found.actions()
                        .deleteOrphanFiles(table)
                        .olderThan(time.toEpochMilli())
                        .deleteWith(file -> {})
                        .execute());
        return StreamSupport.stream(orphans.orphanFileLocations().spliterator(), false)
                .sorted()
                .toList();
    }

    private LeftOver measured(String file) {
        return named.asking("clean", () -> {
            FileStatus there = store.status(store.recorded(file));
            return new LeftOver(
                    Kind.UNREFERENCED,
                    Store.show(there.getPath()),
                    1,
                    there.getLen(),
                    Instant.ofEpochMilli(there.getModificationTime()));
        });
    }
}
