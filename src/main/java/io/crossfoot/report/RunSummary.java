package io.crossfoot.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.crossfoot.quality.Balance;
import io.crossfoot.report.RunReport.FoundColumn;
import io.crossfoot.report.RunReport.ReplayedBy;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What later runs remember of a run: a line of the {@link RunHistory}.
 *
 * @param mode overwrite, append or merge; null in a line of an earlier version
 * @param seconds all of its stages
 * @param measures what the rules of whole tables have measured, as {@code enriched: Completeness "email"}
 * @param replayOf the run whose quarantined sales it has replayed; null for one that has read a source
 * @param replayedBy the run that has replayed what it had quarantined; null until then
 * @param columns the columns of {@code sales}, {@code customers} and {@code output}
 */
public record RunSummary(
        String runId,
        String started,
        boolean published,
        @JsonInclude(JsonInclude.Include.NON_NULL) String mode,
        long read,
        long written,
        long quarantined,
        long matched,
        long unmatched,
        BigDecimal amount,
        double seconds,
        Map<String, BigDecimal> measures,
        @JsonInclude(JsonInclude.Include.NON_NULL) String replayOf,
        @JsonInclude(JsonInclude.Include.NON_NULL) ReplayedBy replayedBy,
        Map<String, List<FoundColumn>> columns) {
    public RunSummary {
        measures = measures == null ? Map.of() : new TreeMap<>(measures);
        columns = Map.copyOf(columns);
    }

    static RunSummary of(RunReport report) {
        Balance balance = report.balance();
        return new RunSummary(
                report.runId(),
                report.started(),
                report.published(),
                report.mode(),
                balance.read(),
                balance.written(),
                balance.quarantined(),
                balance.matched(),
                balance.unmatched(),
                balance.amountAfter(),
                report.elapsedMillis() / 1000.0,
                measures(report),
                report.replayOf() == null ? null : report.replayOf().run(),
                report.replayedBy(),
                columns(report));
    }

    /** Whether it has read a source, and not what another run had quarantined. */
    boolean isOfSource() {
        return replayOf == null;
    }

    /** Whether its numbers say how a source is: a replay has a few rows, whatever that delivers, and others found nothing new. */
    boolean isMeasure() {
        return isOfSource() && read > 0;
    }

    /** Whether this is the same run, told of again: one that was done again under the same id began at another time. */
    boolean isAgain(RunSummary other) {
        return runId.equals(other.runId) && started.equals(other.started);
    }

    private static Map<String, BigDecimal> measures(RunReport report) {
        Map<String, BigDecimal> measures = new TreeMap<>();
        report.quality()
                .forEach(result -> result.measures().stream()
                        .filter(measure -> measure.value() != null)
                        .forEach(measure -> measures.put(result.table() + ": " + measure.metric(), measure.value())));
        return measures;
    }

    static Map<String, List<FoundColumn>> columns(RunReport report) {
        return Map.of(
                "sales", report.sales().columns(),
                "customers", report.customers().columns(),
                "output",
                        report.lineage().columns().stream()
                                .map(column -> new FoundColumn(column.column(), column.type()))
                                .toList());
    }
}
