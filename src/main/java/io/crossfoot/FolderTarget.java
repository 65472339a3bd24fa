package io.crossfoot;

import io.crossfoot.catalog.TableName;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.error.StorageException;
import io.crossfoot.report.RunReport.TableSnapshot;
import io.crossfoot.sink.CommitMark;
import io.crossfoot.sink.ControlFolder;
import io.crossfoot.sink.Publication;
import io.crossfoot.sink.TableCommit;
import io.crossfoot.sink.WriteMode;
import io.crossfoot.source.InputFile;
import io.crossfoot.state.StateFolder;
import java.util.List;
import java.util.Optional;
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

    /** Each file has the columns that it has. */
    @Override
    public void requireFit(StructType columns) {}

    /** The state knows, as long as the rows are there. */
    @Override
    public boolean hasRun(String key) {
        return config.mode() == WriteMode.APPEND
                && !new Publication(control, point -> {}).isOutputGone()
                && new StateFolder(control, hadoop, point -> {}).hasRun(key);
    }

    @Override
    public boolean hasCommit(CommitMark mark) {
        throw new StorageException(
                "Cannot go on: run %s has died while it was committing to %s; start it again as it was, with --table-format iceberg"
                        .formatted(mark.run(), mark.table()));
    }

    @Override
    public boolean isAnyToComplete(Delivery delivery, List<InputFile> customers) {
        return !delivery.haveMet(customers) && !delivery.toComplete().isEmpty();
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
