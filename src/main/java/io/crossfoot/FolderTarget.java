package io.crossfoot;

import io.crossfoot.catalog.TableName;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.config.EnrichConfig.Scope;
import io.crossfoot.error.StorageException;
import io.crossfoot.error.UsageException;
import io.crossfoot.report.RunReport.TableSnapshot;
import io.crossfoot.sink.CommitMark;
import io.crossfoot.sink.ControlFolder;
import io.crossfoot.sink.PublishedFiles;
import io.crossfoot.sink.TableCommit;
import io.crossfoot.sink.WriteMode;
import io.crossfoot.source.InputFile;
import io.crossfoot.state.ProcessedRun;
import io.crossfoot.state.ProcessedRun.Standing;
import io.crossfoot.state.StateFolder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** A folder of Parquet files: what was staged is moved there, file by file or as a whole. */
record FolderTarget(EnrichConfig config, ControlFolder control, Configuration hadoop) implements Target {
    @Override
    public void requireFree(boolean anyPublished) {
        Places.requireReplaceable(config, name -> anyPublished && name.endsWith(".parquet"), hadoop);
    }

    /**
     * Each file has the columns that it has, but all of them lie in folders by the same ones: readers take the columns of
     * folders from where the files lie.
     *
     * @throws UsageException if these rows would lie otherwise than those that stay
     */
    @Override
    public void requireFit(StructType columns) {
        requireSameFolders();
    }

    void requireSameFolders() {
        if (config.mode() != WriteMode.APPEND) {
            return;
        }
        PublishedFiles.any(control, path -> true)
                .map(PublishedFiles::partitions)
                .filter(there -> !there.equals(config.partitionBy()) && !areAllToBeReplaced())
                .ifPresent(there -> {
                    throw new UsageException(
                            "Cannot add to %s: its files lie in %s, and these would lie in %s, where readers do not see both; %s, or write all of it anew with --mode overwrite"
                                    .formatted(
                                            config.output(),
                                            folders(there),
                                            folders(config.partitionBy()),
                                            there.isEmpty()
                                                    ? "leave --partition-by out"
                                                    : "say --partition-by " + String.join(",", there)));
                });
    }

    private boolean areAllToBeReplaced() {
        List<ProcessedRun> runs =
                config.scope() == Scope.UNPROCESSED ? new StateFolder(control, hadoop, point -> {}).runs() : List.of();
        return !runs.isEmpty() && runs.stream().allMatch(run -> run.standing() == Standing.REWOUND);
    }

    private static String folders(List<String> partitionBy) {
        return partitionBy.isEmpty() ? "no folders" : "folders by " + String.join(", ", partitionBy);
    }

    /**
     * The state knows, as long as the rows are there.
     *
     * @throws UsageException if the run that has brought them is to be done again, and would bring them once more
     */
    @Override
    public boolean hasRun(String key) {
        if (config.mode() != WriteMode.APPEND) {
            return false;
        }
        List<ProcessedRun> runs = new StateFolder(control, hadoop, point -> {})
                .runs(key).stream().filter(run -> !run.files().isEmpty()).toList();
        Set<String> there = runs.isEmpty() ? Set.of() : Set.copyOf(PublishedFiles.of(control));
        List<ProcessedRun> whole =
                runs.stream().filter(run -> there.containsAll(run.files())).toList();
        whole.stream()
                .filter(run -> run.standing() == Standing.REWOUND)
                .findFirst()
                .ifPresent(run -> {
                    throw new UsageException(
                            ("Cannot append: run %s has read the same files, is rewound, and would leave its rows beside these; run"
                                            + " with --incremental, which replaces them")
                                    .formatted(run.run()));
                });
        return whole.stream().anyMatch(run -> run.standing() == Standing.PUBLISHED);
    }

    @Override
    public boolean hasCommit(CommitMark mark) {
        throw new StorageException(
                "Cannot go on: run %s has died while it was committing to %s; start it again as it was, with --table-format iceberg"
                        .formatted(mark.run(), mark.table()));
    }

    @Override
    public Optional<Long> current() {
        return Optional.empty();
    }

    @Override
    public boolean isAnyToComplete(Delivery delivery, List<InputFile> customers) {
        return !delivery.haveMet(customers, current()) && !delivery.toComplete().isEmpty();
    }

    @Override
    public LateCustomers.Staged complete(LateCustomers late, Delivery delivery, Dataset<Row> staged) {
        return late.stage(delivery.toComplete());
    }

    @Override
    public List<String> refusals(Dataset<Row> staged, LateCustomers.Staged anew) {
        return List.of();
    }

    @Override
    public Optional<TableCommit> commit(
            Dataset<Row> staged, LateCustomers.Staged anew, String customers, List<InputFile> read) {
        return Optional.empty();
    }

    @Override
    public Optional<TableName> inGlue() {
        return config.outputTable().filter(table -> config.catalog().isGlue());
    }

    @Override
    public Optional<TableSnapshot> snapshot(CommitMark mark) {
        return Optional.empty();
    }
}
