package io.crossfoot;

import io.crossfoot.catalog.TableName;
import io.crossfoot.config.CustomerChanges;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.config.EnrichConfig.Scope;
import io.crossfoot.config.IcebergOutput;
import io.crossfoot.crawl.Crawler;
import io.crossfoot.error.StorageException;
import io.crossfoot.error.UsageException;
import io.crossfoot.report.RunReport.TableSnapshot;
import io.crossfoot.sink.CommitMark;
import io.crossfoot.sink.ControlFolder;
import io.crossfoot.sink.IcebergCommit;
import io.crossfoot.sink.IcebergTable;
import io.crossfoot.sink.NewTable;
import io.crossfoot.sink.TableCommit;
import io.crossfoot.sink.WriteMode;
import io.crossfoot.source.InputFile;
import io.crossfoot.source.LiteralPath;
import io.crossfoot.state.StateFolder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** An Iceberg table, which lies in the output folder: what was staged is committed to it, as one snapshot. */
record TableTarget(
        EnrichConfig config, ControlFolder control, IcebergTable table, IcebergOutput given, Configuration hadoop)
        implements Target {
    /** The folders in which Iceberg keeps all that belongs to a table. */
    private static final Set<String> OF_ICEBERG = Set.of("data", "metadata");

    @Override
    public void requireFree(boolean anyPublished) {
        table.location()
                .filter(there -> !Crawler.isSamePlace(there, config.output(), hadoop))
                .ifPresent(there -> {
                    throw new UsageException(
                            "Cannot write the table %s to %s: its place is %s; give --output %3$s, or name another with --output-table"
                                    .formatted(table.name(), config.output(), there));
                });
        if (!table.exists()) {
            Places.requireNoFiles(config.output(), newTable().isBegun() ? OF_ICEBERG : Set.of(), hadoop);
            requireNoRunsWithIt();
        }
    }

    /** What is new alone would make a table without the rows of all earlier runs. */
    private void requireNoRunsWithIt() {
        if (config.scope() != Scope.UNPROCESSED) {
            return;
        }
        StateFolder state = new StateFolder(control, hadoop, point -> {});
        IncrementalDelivery.counting(state, run -> true).ifPresent(runs -> {
            throw new StorageException(
                    "Cannot go on incrementally: the table %s is gone, and with it the rows of run %s; put it back, or let them be done again with crossfoot state rewind --all"
                            .formatted(table.name(), runs));
        });
    }

    @Override
    public void requireFit(StructType columns) {
        table.requireFit(columns, given.schemaChanges());
    }

    @Override
    public boolean hasRun(String key) {
        return config.mode() != WriteMode.OVERWRITE && table.hasRun(key);
    }

    @Override
    public boolean hasCommit(CommitMark mark) {
        return table.hasCommit(mark);
    }

    @Override
    public Optional<Long> current() {
        return table.current();
    }

    /** It tells itself which customers its rows have met, where sales are read anyway. */
    @Override
    public boolean isAnyToComplete(Delivery delivery, List<InputFile> customers) {
        return config.customerChanges() != CustomerChanges.IGNORE && table.exists();
    }

    @Override
    public LateCustomers.Staged complete(LateCustomers late, Delivery delivery, Dataset<Row> staged) {
        Optional<Long> current = table.current();
        if (config.customerChanges() == CustomerChanges.COMPLETE && table.hasMet(late.customers())) {
            return LateCustomers.Staged.NOTHING.lookingThrough(current);
        }
        Dataset<Row> there = table.rows();
        if (!late.isAnyIn(there)) {
            return LateCustomers.Staged.NOTHING.lookingThrough(current);
        }
        MergedRows merged = new MergedRows(given.key(), staged);
        LateCustomers.Staged anew = late.stageOf(merged.others(there)).lookingThrough(current);
        Dataset<Row> keyless = there.filter(merged.isKeyless());
        return keyless.limit(1).count() > 0 && late.isAnyIn(keyless)
                ? anew.warning(
                        "rows of %s that have no %s, the key by which rows are merged, keep the customers they have"
                                .formatted(table.name(), String.join(", ", given.key())))
                : anew;
    }

    @Override
    public List<String> refusals(Dataset<Row> staged, LateCustomers.Staged anew) {
        if (config.mode() != WriteMode.MERGE) {
            return List.of();
        }
        List<String> refusals = new MergedRows(given.key(), staged).refusals(config.personal());
        return refusals.isEmpty() && !anew.isNothing()
                ? new MergedRows(given.key(), anew(staged))
                        .refusalsOf(table.name().toString(), config.personal())
                : refusals;
    }

    /** Returns the rows of the table that were staged anew, in the columns of those of the run. */
    private Dataset<Row> anew(Dataset<Row> staged) {
        return staged.sparkSession()
                .read()
                .schema(staged.schema())
                .parquet(LiteralPath.of(control.stagedAnew(config.runId()).toString()));
    }

    @Override
    public Optional<TableCommit> commit(
            Dataset<Row> staged, LateCustomers.Staged anew, String customers, List<InputFile> read) {
        Dataset<Row> rows = anew.isNothing() ? staged : staged.unionByName(anew(staged));
        boolean isNew = !table.exists();
        if (isNew) {
            newTable().begin();
        }
        return Optional.of(IcebergCommit.of(
                table,
                config.runId(),
                read.isEmpty() ? config.runId() : StateFolder.key(read),
                earlier(customers, anew, isNew),
                config.mode(),
                rows,
                given.key(),
                given.schemaChanges(),
                new IcebergCommit.Layout(
                        control.output().toString(),
                        config.partitionBy(),
                        config.targetFileBytes(),
                        config.compression())));
    }

    private NewTable newTable() {
        return new NewTable(table.name(), control);
    }

    private IcebergCommit.Earlier earlier(String customers, LateCustomers.Staged anew, boolean isNew) {
        boolean isAlone = config.mode() == WriteMode.OVERWRITE || isNew;
        boolean haveAllMet =
                isAlone || anew.lookedThrough().isPresent() && anew.warnings().isEmpty();
        return new IcebergCommit.Earlier(
                haveAllMet ? Optional.of(customers) : Optional.empty(),
                isAlone ? Optional.empty() : anew.lookedThrough(),
                anew.completed() + anew.reenriched());
    }

    @Override
    public Optional<TableName> inGlue() {
        return table.inGlue();
    }

    @Override
    public Optional<TableSnapshot> snapshot(CommitMark mark) {
        return table.snapshot(mark).map(id -> new TableSnapshot(mark.table(), id, mark.key()));
    }
}
