package io.crossfoot.report;

import io.crossfoot.quality.Balance;
import io.crossfoot.report.RunReport.FoundColumn;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * What later runs remember of a run: a line of the {@link RunHistory}.
 *
 * @param seconds all of its stages
 * @param columns the columns of {@code sales}, {@code customers} and {@code output}
 */
public record RunSummary(
        String runId,
        String started,
        boolean published,
        long read,
        long written,
        long quarantined,
        long matched,
        long unmatched,
        BigDecimal amount,
        double seconds,
        Map<String, List<FoundColumn>> columns) {
    public RunSummary {
        columns = Map.copyOf(columns);
    }

    static RunSummary of(RunReport report) {
        Balance balance = report.balance();
        return new RunSummary(
                report.runId(),
                report.started(),
                report.published(),
                balance.read(),
                balance.written(),
                balance.quarantined(),
                balance.matched(),
                balance.unmatched(),
                balance.amountAfter(),
                report.elapsedMillis() / 1000.0,
                columns(report));
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
