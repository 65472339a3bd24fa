package io.crossfoot;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.lineage.ColumnLineage;
import io.crossfoot.quality.Balance;
import io.crossfoot.quality.UnmatchedKeys;
import io.crossfoot.report.RunReport;
import io.crossfoot.report.RunReport.FoundColumn;
import io.crossfoot.report.RunReport.LookupRows;
import io.crossfoot.report.RunReport.QuarantinedRows;
import io.crossfoot.report.RunReport.StageTime;
import io.crossfoot.report.RunReport.TableRead;
import io.crossfoot.sink.ControlFolder;
import io.crossfoot.sink.OutputFile;
import io.crossfoot.source.SourceTable;
import io.crossfoot.transform.DuplicatePolicy;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Puts the numbers of a run together: its balance, and the report with its verdict. */
record RunAccount(EnrichConfig config, ControlFolder control, Map<String, String> versions, String started) {
    private static final Balance NOTHING = new Balance(0, 0, 0, 0, 0, 0, BigDecimal.ZERO, BigDecimal.ZERO);

    RunAccount(EnrichConfig config, ControlFolder control, Map<String, String> versions) {
        this(
                config,
                control,
                versions,
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    static Balance balance(SalesPass.Counts counts, List<OutputFile> files, List<QuarantinedRows> quarantined) {
        return new Balance(
                counts.read(),
                counts.accepted(),
                rows("sales", quarantined),
                rows(files),
                counts.matched(),
                counts.enriched() - counts.matched(),
                counts.amountBefore(),
                counts.amountAfter());
    }

    static long rows(List<OutputFile> files) {
        return files.stream().mapToLong(OutputFile::rows).sum();
    }

    QuarantineFolder quarantineFolder() {
        return new QuarantineFolder(control.quarantine(config.runId()).toString(), config.runId());
    }

    /** Returns the report of a run that is not published yet; an empty verdict lets it be. */
    RunReport report(
            Inputs inputs,
            CustomerLookup customers,
            Balance balance,
            UnmatchedKeys unmatched,
            List<QuarantinedRows> quarantined,
            List<OutputFile> files,
            List<StageTime> stages) {
        TableRead sales = tableRead(inputs.sales(), balance.read(), balance.accepted(), rows("sales", quarantined));
        TableRead lookup = tableRead(
                inputs.customers(), customers.rowsRead(), customers.rowsAccepted(), rows("customers", quarantined));
        return report(sales, lookup, customers.rows(), balance, unmatched, quarantined, files, stages);
    }

    private RunReport report(
            TableRead sales,
            TableRead customers,
            LookupRows lookup,
            Balance balance,
            UnmatchedKeys unmatched,
            List<QuarantinedRows> quarantined,
            List<OutputFile> files,
            List<StageTime> stages) {
        return new RunReport(
                RunReport.VERSION,
                config.runId(),
                false,
                1,
                Verdict.of(config.maxQuarantine(), balance, sales, customers),
                started,
                control.output().toString(),
                config.mode().word(),
                sales,
                customers,
                lookup,
                null,
                null,
                null,
                balance,
                List.of(),
                unmatched,
                List.of(),
                List.of(),
                quarantined,
                quarantined.isEmpty() ? "" : quarantineFolder().path(),
                control.reportPage(config.runId()).toString(),
                files,
                null,
                ColumnLineage.unknown(),
                RunSettings.of(config),
                List.of(),
                stages,
                versions);
    }

    /** Returns the report of a run that found no sales since the last one: all that it has to publish is published. */
    RunReport nothingNew(Inputs inputs, List<StageTime> stages) {
        LookupRows unread = new LookupRows(0, 0, 0, 0);
        TableRead sales = tableRead(inputs.sales(), 0, 0, 0);
        TableRead customers = tableRead(inputs.customers(), 0, 0, 0);
        return report(sales, customers, unread, NOTHING, UnmatchedKeys.none(), List.of(), List.of(), stages)
                .asPublished(stages);
    }

    /** Returns the report of a run that met different customers of one key, and a policy that does not decide. */
    RunReport undecided(Inputs inputs, CustomerLookup customers, List<StageTime> stages) {
        RunReport report = report(inputs, customers, NOTHING, UnmatchedKeys.none(), List.of(), List.of(), stages);
        long conflicts = customers.rows().conflicts();
        String remedy = config.duplicates() instanceof DuplicatePolicy.LatestBy latest
                ? "of one %s; keep one row for each, or choose --duplicates quarantine".formatted(latest.column())
                : "in customers; keep one row for each, or choose --duplicates latest-by:<column> or quarantine";
        String verdict = String.format(
                Locale.ROOT,
                "Cannot enrich: %,d %s different rows %s (first: %s = %s)",
                conflicts,
                conflicts == 1 ? "key has" : "keys have",
                remedy,
                String.join(", ", config.on()),
                config.on().stream().anyMatch(this::isPersonal)
                        ? "not shown, as it is personal"
                        : String.join(" | ", customers.firstConflicts()));
        return report.asRefused(List.of(verdict));
    }

    private boolean isPersonal(String column) {
        return config.personal().stream().anyMatch(column::equalsIgnoreCase);
    }

    private static TableRead tableRead(Inputs.Input input, long rows, long accepted, long quarantined) {
        return new TableRead(
                input.config().location(),
                rows,
                accepted,
                quarantined,
                input.checked().missing(),
                input.checked().extra(),
                columns(input.source()),
                input.source().bytes(),
                input.source().files());
    }

    private static List<FoundColumn> columns(SourceTable source) {
        // files may spell a name in capitals and small letters: it is one column
        Map<String, String> names = new LinkedHashMap<>();
        Map<String, Set<String>> types = new LinkedHashMap<>();
        source.parts().stream()
                .flatMap(part -> Arrays.stream(part.columns().fields()))
                .forEach(field -> {
                    String name = field.name().toLowerCase(Locale.ROOT);
                    names.putIfAbsent(name, field.name());
                    types.computeIfAbsent(name, key -> new TreeSet<>())
                            .add(field.dataType().sql());
                });
        return types.entrySet().stream()
                .map(column -> new FoundColumn(names.get(column.getKey()), String.join(", ", column.getValue())))
                .toList();
    }

    private static long rows(String table, List<QuarantinedRows> quarantined) {
        return quarantined.stream()
                .filter(rows -> rows.table().equals(table))
                .mapToLong(QuarantinedRows::rows)
                .sum();
    }
}
