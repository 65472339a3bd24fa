package io.crossfoot;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.config.EnrichConfig.Scope;
import io.crossfoot.error.StorageException;
import io.crossfoot.error.UsageException;
import io.crossfoot.quality.Balance;
import io.crossfoot.report.ReportJson;
import io.crossfoot.report.RunPages;
import io.crossfoot.report.RunReport;
import io.crossfoot.report.RunReport.FoundColumn;
import io.crossfoot.report.RunReport.ReplayOf;
import io.crossfoot.report.RunReport.ReplayedBy;
import io.crossfoot.sink.ControlFolder;
import io.crossfoot.sink.Publication;
import io.crossfoot.sink.WriteMode;
import io.crossfoot.source.QuarantineSource;
import io.crossfoot.state.StateFolder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Sales that an earlier run has quarantined, after they, or the contract, were mended. They are published once: in the
 * step in which they are, the report of the earlier run says so, and what says so is not replayed again.
 *
 * <ul>
 *   <li>All of them are read. What still breaks the contract is in the quarantine of this run then, which can be replayed
 *       in its turn; where that is all of them, nothing is published, and nothing has changed.
 *   <li>The new files count as the earlier run's. When a later run takes its place, and reads the same sales again, they
 *       go with it.
 *   <li>A run whose output was replaced is refused: its sales were read again.
 * </ul>
 */
final class ReplayDelivery implements Delivery {
    private final EnrichConfig config;
    private final ControlFolder control;
    private final Publication publication;
    private final StateFolder state;
    private final RunPages pages;
    private final String replayed;
    private Optional<RunReport> earlier = Optional.empty();

    /**
     * To be made when the publication has recovered.
     *
     * @param replayed the run whose quarantine is read
     */
    ReplayDelivery(
            EnrichConfig config,
            ControlFolder control,
            Publication publication,
            StateFolder state,
            Configuration hadoop,
            String replayed) {
        this.config = config;
        this.control = control;
        this.publication = publication;
        this.state = state;
        this.pages = new RunPages(control, hadoop);
        this.replayed = replayed;
    }

    /** @throws UsageException when this would replace all that was ever published by a few rows */
    static void requireAppend(EnrichConfig config) {
        if (config.iceberg().isPresent()) {
            throw new UsageException(
                    "Cannot replay into an Iceberg table: mend the sales where they lie, and merge them again");
        }
        if (config.mode() != WriteMode.APPEND || config.scope() == Scope.UNPROCESSED) {
            throw new UsageException(
                    "Cannot replay with mode = overwrite or incremental: quarantined rows are added; say mode = append");
        }
    }

    @Override
    public Optional<String> doneBy() {
        RunReport found = pages.known("replay", replayed);
        if (replayed.equals(config.runId())) {
            throw new UsageException(
                    "Cannot replay run %s under its own name; give the replay an id of its own".formatted(replayed));
        }
        if (found.replayedBy() != null) {
            return Optional.of(found.replayedBy().run());
        }
        if (publication.isMarked(config.runId())) {
            throw new UsageException("Cannot start run %s: it has published before; give each run an id of its own"
                    .formatted(config.runId()));
        }
        new Exclusively(control, config.runId()).requireSettled("replay run %s into".formatted(replayed), publication);
        refuseWhatCannotBe(found);
        earlier = Optional.of(found);
        return Optional.empty();
    }

    private void refuseWhatCannotBe(RunReport found) {
        String refusal = "Cannot replay run %s: ".formatted(replayed);
        if (!found.published()) {
            throw new UsageException(
                    refusal + "it has published nothing; mend its sales, or the contract, and start it again");
        }
        if (found.sales().quarantined() == 0) {
            throw new UsageException(refusal
                    + "it has quarantined no sales"
                    + (found.quarantine().isEmpty() ? "" : "; customers are read whole by the next run, once mended"));
        }
        String origin = origin(found);
        if (!publication.isMarked(replayed) || !publication.isMarked(origin)) {
            throw new UsageException(
                    refusal + "a later run has read the same sales again, and taken its place; replay that one");
        }
        if (state.isRewound(origin)) {
            throw new UsageException(refusal
                    + "run %s is to be done again, with all that it had read; run enrich --incremental"
                            .formatted(origin));
        }
        if (!pages.isThere(control.quarantine(replayed))) {
            throw new StorageException(refusal + "its quarantine %s is gone".formatted(control.quarantine(replayed)));
        }
    }

    private String origin(RunReport found) {
        return found.replayOf() == null ? replayed : found.replayOf().origin();
    }

    @Override
    public Sources reading(Sources all) {
        String folder = control.quarantine(replayed).toString();
        StructType columns = new StructType();
        for (FoundColumn column : earlier.orElseThrow().sales().columns()) {
            columns = columns.add(column.name(), type(column.type()));
        }
        return new Sources(new QuarantineSource("sales", folder, columns), all.customers());
    }

    /** Where files disagreed on the type of a column, it was read as text. */
    private static DataType type(String found) {
        return found.matches("[A-Z]+(\\(\\d+,\\d+\\))?") ? DataType.fromDDL(found) : DataTypes.StringType;
    }

    @Override
    public boolean isNothingNew(long rows) {
        return false;
    }

    @Override
    public RunReport describe(RunReport report) {
        RunReport found = earlier.orElseThrow();
        ReplayOf what = new ReplayOf(replayed, origin(found), found.sales().quarantined());
        RunReport described =
                report.replaying(what, control.quarantine(replayed).toString());
        return report.verdict().isEmpty() ? described.refusing(reasons(what, report.balance())) : described;
    }

    private static List<String> reasons(ReplayOf what, Balance balance) {
        if (balance.read() != what.rows()) {
            return List.of(String.format(
                    Locale.ROOT,
                    "Cannot publish: the quarantine of run %s holds %,d sales, and its report says %,d; put it back as it was, but for what was mended",
                    what.run(),
                    balance.read(),
                    what.rows()));
        }
        return balance.written() > 0
                ? List.of()
                : List.of(String.format(
                        Locale.ROOT,
                        "Cannot publish: all %,d sales that run %s has quarantined still break the contract; mend them, or the contract, and replay again",
                        what.rows(),
                        what.run()));
    }

    @Override
    public void publish(Passed passed) {
        RunReport found = earlier.orElseThrow();
        long rows = found.sales().quarantined();
        long published = RunAccount.rows(passed.written());
        RunReport closed = found.replayed(new ReplayedBy(config.runId(), rows, published, rows - published));
        state.forgetCustomers();
        state.keepingNote(() -> publication.publish(
                state.adding(config.runId(), origin(found), passed.written())
                        .noting(control.runReport(replayed), ReportJson.write(closed)),
                config.runId()));
        state.tidy();
    }
}
