package io.crossfoot;

import io.crossfoot.config.CompactConfig;
import io.crossfoot.error.StorageException;
import io.crossfoot.sink.CompactionSummary;
import io.crossfoot.sink.IcebergCommit;
import io.crossfoot.sink.IcebergRewrite;
import io.crossfoot.sink.IcebergRewrite.Step;
import io.crossfoot.source.Identifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Makes few files of many in an Iceberg table, and folds the deletes that merges have left. Iceberg does it, by commits of
 * its own; then the rows of the snapshots before and after are counted and checksummed, and where they differ the table is
 * rolled back.
 */
record TableCompaction(CompactConfig config, TableOutput output, Consumer<String> progress) {
    /** Returns what {@link #run} would do. */
    CompactionSummary plan() {
        return IcebergRewrite.of(output.table()).plan(config.targetFileBytes());
    }

    /** Does it. */
    CompactionSummary run() {
        return new Exclusively(output.control(), config.runId()).perform("compact", this::compact);
    }

    private CompactionSummary compact() {
        IcebergRewrite rewrite = IcebergRewrite.of(output.table());
        if (rewrite.plan(config.targetFileBytes()).equals(CompactionSummary.NOTHING)) {
            return CompactionSummary.NOTHING;
        }
        long before = rewrite.snapshot();
        progress.accept("compact");
        rewrite.rewriteData(config.targetFileBytes(), config.runId());
        progress.accept("fold deletes");
        rewrite.rewriteDeletes(config.runId());
        progress.accept("audit");
        List<Step> steps = rewrite.stepsSince(before);
        for (Step step : steps) {
            problem(step).ifPresent(problem -> {
                throw refused(problem, rewrite, before, steps);
            });
        }
        return rewrite.summarySince(before);
    }

    private Optional<String> problem(Step step) {
        try {
            return isSame(step) ? Optional.empty() : Optional.of("what was written is not what was read");
        } catch (Exception unreadable) {
            // Exception: Spark is Scala, which throws checked exceptions that no signature tells of
            return Optional.of("what was written cannot be read back (%s)".formatted(IcebergCommit.reason(unreadable)));
        }
    }

    /** In the columns that the table has now: one that was renamed since it was last written is not compared. */
    private boolean isSame(Step step) {
        Dataset<Row> before = output.table().rowsOf(step.before());
        Dataset<Row> after = output.table().rowsOf(step.after());
        List<String> known = List.of(before.columns());
        Column[] columns = Arrays.stream(after.schema().fields())
                .filter(field -> known.contains(field.name()))
                .map(field -> Identifier.column(field.name()).cast(field.dataType()))
                .toArray(Column[]::new);
        Dataset<Row> read = before.select(columns);
        StructType compared = read.schema();
        Observed rows = new Observed(Checksum.of(compared));
        return rows.query(read).equals(rows.query(after));
    }

    /** What others have written since is not to be taken back. */
    private StorageException refused(String problem, IcebergRewrite rewrite, long before, List<Step> steps) {
        boolean isAlone = steps.equals(List.of(new Step(before, rewrite.snapshot())));
        if (isAlone) {
            rewrite.rollBackTo(before);
        }
        return new StorageException("Cannot compact %s: %s; %s"
                .formatted(
                        output.table().name(),
                        problem,
                        isAlone
                                ? "it was rolled back to snapshot %d, and the rows are what they were; start again"
                                        .formatted(before)
                                : "others have written to it meanwhile, so it was not rolled back; compare it with snapshot %d"
                                        .formatted(before)));
    }
}
