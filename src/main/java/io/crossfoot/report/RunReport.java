package io.crossfoot.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.crossfoot.lineage.ColumnLineage;
import io.crossfoot.quality.Balance;
import io.crossfoot.quality.RuleResult;
import io.crossfoot.quality.Severity;
import io.crossfoot.quality.UnmatchedKeys;
import io.crossfoot.sink.OutputFile;
import io.crossfoot.source.InputFile;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The account of one run. As JSON ({@link ReportJson}) it lies in the control folder as {@code
 * runs/<run-id>/run-report.json}; its names there are these in snake_case.
 *
 * @param version of this structure; a reader refuses one that it does not know. Within a version fields may be added:
 *     a reader takes those that it misses for empty, and ignores those that it does not know
 * @param runId the run's id, which came from outside
 * @param published whether readers see the output of this run; true for one that found nothing new, and has none
 * @param exitCode what the process ends with
 * @param verdict why nothing was published, a line each; empty when published
 * @param started when the run began: ISO 8601, UTC
 * @param output where the output lies
 * @param mode overwrite, append or merge
 * @param sales what was read of the sales
 * @param customers what was read of the customers
 * @param lookup what became of the customers' duplicates
 * @param increment what was new, for a run that reads what is new; null for one that reads all
 * @param replayOf whose quarantined rows were read, for a run that replays; null for one that reads a source
 * @param replayedBy what became of the sales that this run has quarantined, once they were replayed; null until then
 * @param balance the account of rows and money
 * @param revenue what the rows of this run come to, by region and by day, where it has such columns; empty otherwise
 * @param unmatchedKeys keys of sales that met no customer
 * @param quality how the tables fared by their rules
 * @param anomalies what is unusual against the last runs, a line each
 * @param quarantine quarantined rows by table, column and first reason: the most frequent thousand, and the others of each
 *     table together
 * @param quarantineFolder where the quarantined rows lie; empty when there are none
 * @param page where the page lies that shows this account
 * @param files the files that were written, or staged for a table; visible to readers only if published
 * @param snapshot what the run has committed to a table; null for one that wrote files
 * @param lineage where each column of the output comes from; empty for a run that wrote nothing
 * @param settings what the run was told, by the names of configuration files
 * @param warnings what went wrong beside the run, which did no harm to its output; a line each
 * @param stages how long each stage took
 * @param versions of Crossfoot, Spark, Scala and Java
 */
public record RunReport(
        int version,
        String runId,
        boolean published,
        int exitCode,
        List<String> verdict,
        String started,
        String output,
        String mode,
        TableRead sales,
        TableRead customers,
        LookupRows lookup,
        @JsonInclude(JsonInclude.Include.NON_NULL) Increment increment,
        @JsonInclude(JsonInclude.Include.NON_NULL) ReplayOf replayOf,
        @JsonInclude(JsonInclude.Include.NON_NULL) ReplayedBy replayedBy,
        Balance balance,
        List<Revenue> revenue,
        UnmatchedKeys unmatchedKeys,
        List<RuleResult> quality,
        List<String> anomalies,
        List<QuarantinedRows> quarantine,
        String quarantineFolder,
        String page,
        List<OutputFile> files,
        @JsonInclude(JsonInclude.Include.NON_NULL) TableSnapshot snapshot,
        ColumnLineage lineage,
        Map<String, String> settings,
        List<String> warnings,
        List<StageTime> stages,
        Map<String, String> versions) {

    /** The version of reports that this code writes. */
    public static final int VERSION = 1;

    public RunReport {
        verdict = List.copyOf(verdict);
        revenue = revenue == null ? List.of() : List.copyOf(revenue);
        quality = quality == null ? List.of() : List.copyOf(quality);
        anomalies = anomalies == null ? List.of() : List.copyOf(anomalies);
        quarantine = List.copyOf(quarantine);
        page = page == null ? "" : page;
        files = List.copyOf(files);
        lineage = lineage == null ? ColumnLineage.unknown() : lineage;
        settings = settings == null ? Map.of() : Map.copyOf(settings);
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
        stages = List.copyOf(stages);
        versions = Map.copyOf(versions);
    }

    /**
     * What was read of one table.
     *
     * @param location where it was read from
     * @param rows rows as the source gave them
     * @param accepted rows that kept the contract
     * @param quarantined rows that did not
     * @param missingColumns columns of the contract that the source does not have, everywhere or in some files
     * @param extraColumns columns of the source that the contract does not name
     * @param columns the columns that the source has, in all of its files together
     * @param bytes the size of all files
     * @param files each file with its size in bytes and its time of change in milliseconds since 1970
     */
    public record TableRead(
            String location,
            long rows,
            long accepted,
            long quarantined,
            List<String> missingColumns,
            List<String> extraColumns,
            List<FoundColumn> columns,
            long bytes,
            List<InputFile> files) {
        public TableRead {
            columns = columns == null ? List.of() : List.copyOf(columns);
        }

        TableRead at(String place) {
            return new TableRead(
                    place, rows, accepted, quarantined, missingColumns, extraColumns, columns, bytes, files);
        }
    }

    /**
     * A column of a source.
     *
     * @param type as Spark's SQL names it; several where files differ, with commas in between
     */
    public record FoundColumn(String name, String type) {}

    /**
     * What became of lookup rows that share a key.
     *
     * @param keys different keys
     * @param collapsed rows that were identical to another, or older than the latest
     * @param conflicts keys with two different rows that the policy does not decide between
     * @param keyless rows with a null in their key, which no sale can meet
     */
    public record LookupRows(long keys, long collapsed, long conflicts, long keyless) {}

    /**
     * What became of the sales' files since the last run.
     *
     * @param added files that were new, and were read
     * @param changed files that were rewritten, and were read
     * @param again files as they were that were read again, since they were read together with one that was rewritten, or
     *     by a run that was to be done again
     * @param known files as they were that were not read
     * @param vanished files that are gone; their rows stay
     * @param firstVanished some of them
     * @param replaced the runs whose output this one has replaced
     * @param completed rows of earlier runs that had no customer, and have one now
     * @param reenriched rows of earlier runs whose customer had changed, and is as it is now
     */
    public record Increment(
            long added,
            long changed,
            long again,
            long known,
            long vanished,
            List<String> firstVanished,
            List<String> replaced,
            long completed,
            long reenriched) {
        /** One that leaves the rows of all other runs as they are. */
        public Increment(
                long added,
                long changed,
                long again,
                long known,
                long vanished,
                List<String> firstVanished,
                List<String> replaced) {
            this(added, changed, again, known, vanished, firstVanished, replaced, 0, 0);
        }

        /** Returns this one, which has also changed rows of earlier runs. */
        public Increment changing(long completedRows, long reenrichedRows) {
            return new Increment(
                    added, changed, again, known, vanished, firstVanished, replaced, completedRows, reenrichedRows);
        }
    }

    /**
     * Sales that another run had quarantined, and that a replay has read.
     *
     * @param run the run that had quarantined them
     * @param origin the run that had read them from their source: the same one, unless that was a replay, too
     * @param rows how many there were
     */
    public record ReplayOf(String run, String origin, long rows) {}

    /**
     * A replay of the sales that a run had quarantined.
     *
     * @param run the run that has replayed them
     * @param rows how many it has read: all that there were
     * @param published how many of them are in the output now
     * @param quarantined how many broke the contract again, and are in the quarantine of that run
     */
    public record ReplayedBy(String run, long rows, long published, long quarantined) {}

    /**
     * Quarantined rows of one table that break the contract in one way first; or in ways that are too many to be told apart.
     *
     * @param column the column; null where the whole row is wrong
     * @param others how many reasons these are; 0 where it is one
     */
    public record QuarantinedRows(
            String table,
            String reason,
            String column,
            long rows,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) long others) {
        /** Rows of one reason. */
        public QuarantinedRows(String table, String reason, String column, long rows) {
            this(table, reason, column, rows, 0);
        }

        /** Returns those of a table whose reasons are not told apart. */
        public static QuarantinedRows others(String table, long reasons, long rows) {
            return new QuarantinedRows(table, "other reasons", null, rows, reasons);
        }
    }

    /**
     * A state of a table that can be read back, as in {@code SELECT … FROM table VERSION AS OF id}.
     *
     * @param key the hash of the files that were read, as the summary of the snapshot has it
     */
    public record TableSnapshot(String table, long id, String key) {}

    /** How long a stage took, in milliseconds of wall clock. */
    public record StageTime(String stage, long millis) {}

    /** Returns this report with what is known of where its columns come from. */
    public RunReport tracing(ColumnLineage known) {
        return copy(report -> report.lineage = known);
    }

    /** Returns this report with what its rows come to. */
    public RunReport earning(List<Revenue> revenues) {
        return copy(report -> report.revenue = revenues);
    }

    /** Returns this report with how the tables fared by their rules, which may forbid to publish. */
    public RunReport judged(List<RuleResult> results) {
        List<String> reasons =
                results.stream().flatMap(result -> result.refusal().stream()).toList();
        return refusing(reasons).copy(report -> report.quality = results);
    }

    /** Returns this report with what is unusual in it, which forbids to publish if that is its severity. */
    public RunReport unusual(List<String> lines, Severity severity) {
        List<String> reasons = severity == Severity.WARN
                ? List.of()
                : lines.stream().map("Cannot publish: unusual: "::concat).toList();
        return refusing(reasons).copy(report -> report.anomalies = lines);
    }

    /** Returns this report with more reasons why nothing may be published. */
    public RunReport refusing(List<String> reasons) {
        return copy(report -> report.verdict =
                Stream.concat(verdict.stream(), reasons.stream()).toList());
    }

    /** Returns this report with what else went wrong beside the run. */
    public RunReport warning(List<String> lines) {
        return copy(report -> report.warnings =
                Stream.concat(warnings.stream(), lines.stream()).distinct().toList());
    }

    /** Returns this report once the publication is complete. */
    public RunReport asPublished(List<StageTime> times) {
        return copy(report -> {
            report.published = true;
            report.exitCode = 0;
            report.verdict = List.of();
            report.stages = times;
        });
    }

    /** Returns this report of a run that has committed to a table. */
    public RunReport leaving(TableSnapshot left) {
        return copy(report -> report.snapshot = left);
    }

    /** Returns this report of a run that publishes nothing, and why. */
    public RunReport asRefused(List<String> reasons) {
        return copy(report -> {
            report.published = false;
            report.exitCode = 1;
            report.verdict = reasons;
        });
    }

    /** Returns this report of a run that reads what is new. */
    public RunReport of(Increment found) {
        return copy(report -> report.increment = found);
    }

    /** Returns this report of a run that has also changed rows of earlier ones, if it can have. */
    public RunReport changing(long completed, long reenriched) {
        return increment == null ? this : of(increment.changing(completed, reenriched));
    }

    /** Returns this report of a run that has read the quarantine of another, which lies there. */
    public RunReport replaying(ReplayOf earlier, String quarantine) {
        return copy(report -> {
            report.replayOf = earlier;
            report.sales = sales.at(quarantine);
        });
    }

    /** Returns this report of a run whose quarantined sales were replayed. */
    public RunReport replayed(ReplayedBy later) {
        return copy(report -> report.replayedBy = later);
    }

    private RunReport copy(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.report();
    }

    /** A report that is about to be: what may change of it. */
    private static final class Copy {
        private final RunReport original;
        private boolean published;
        private int exitCode;
        private List<String> verdict;
        private TableRead sales;
        private Increment increment;
        private ReplayOf replayOf;
        private ReplayedBy replayedBy;
        private List<Revenue> revenue;
        private List<RuleResult> quality;
        private List<String> anomalies;
        private TableSnapshot snapshot;
        private ColumnLineage lineage;
        private List<String> warnings;
        private List<StageTime> stages;

        Copy(RunReport report) {
            original = report;
            published = report.published;
            exitCode = report.exitCode;
            verdict = report.verdict;
            sales = report.sales;
            increment = report.increment;
            replayOf = report.replayOf;
            replayedBy = report.replayedBy;
            revenue = report.revenue;
            quality = report.quality;
            anomalies = report.anomalies;
            snapshot = report.snapshot;
            lineage = report.lineage;
            warnings = report.warnings;
            stages = report.stages;
        }

        RunReport report() {
            return new RunReport(
                    original.version,
                    original.runId,
                    published,
                    exitCode,
                    verdict,
                    original.started,
                    original.output,
                    original.mode,
                    sales,
                    original.customers,
                    original.lookup,
                    increment,
                    replayOf,
                    replayedBy,
                    original.balance,
                    revenue,
                    original.unmatchedKeys,
                    quality,
                    anomalies,
                    original.quarantine,
                    original.quarantineFolder,
                    original.page,
                    original.files,
                    snapshot,
                    lineage,
                    original.settings,
                    warnings,
                    stages,
                    original.versions);
        }
    }

    /** Returns the time of all stages in milliseconds. */
    public long elapsedMillis() {
        return stages.stream().mapToLong(StageTime::millis).sum();
    }
}
