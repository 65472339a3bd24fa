package io.crossfoot.cli;

import io.crossfoot.quality.Severity;
import io.crossfoot.report.FrequentReasons;
import io.crossfoot.report.RunReport;
import io.crossfoot.report.RunReport.Increment;
import io.crossfoot.report.RunReport.QuarantinedRows;
import io.crossfoot.report.RunReport.TableRead;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a user should know of a run besides its numbers. */
final class Notes {
    /** A screen holds these and the rest. */
    private static final int REASONS = 20;

    private Notes() {}

    static List<String> of(RunReport report, Instant began) {
        List<String> notes = new ArrayList<>();
        boolean isOld =
                report.published() && Instant.parse(report.started()).isBefore(began.truncatedTo(ChronoUnit.SECONDS));
        if (report.replayOf() != null) {
            replay(report, isOld, notes);
        } else if (isOld) {
            notes.add(
                    "run %s was started before, at %s, and is published: nothing was read now; for new sales choose another --run-id"
                            .formatted(report.runId(), report.started()));
        }
        if (report.increment() != null) {
            increment(report.increment(), notes);
        }
        columns("sales", report.sales(), notes);
        columns("customers", report.customers(), notes);
        if (report.lookup().keyless() > 0) {
            notes.add("customers: %s rows without a key met no sale"
                    .formatted(count(report.lookup().keyless())));
        }
        quarantined(report.quarantine(), notes);
        if (!report.quarantineFolder().isEmpty()) {
            notes.add("quarantined rows are in " + report.quarantineFolder().replaceFirst("^file:/+", "/"));
        }
        if (report.unmatchedKeys().nearMisses() > 0) {
            notes.add("%s of %s unmatched keys would match if blanks were trimmed and case ignored"
                    .formatted(
                            count(report.unmatchedKeys().nearMisses()),
                            count(report.unmatchedKeys().keys())));
        }
        report.quality().stream()
                .filter(result -> !result.holds() && result.severity() == Severity.WARN)
                .forEach(result -> notes.add("warning: " + result.inWords()));
        report.anomalies().forEach(line -> notes.add("unusual: " + line));
        if (report.snapshot() != null) {
            notes.add("snapshot %d of %s"
                    .formatted(report.snapshot().id(), report.snapshot().table()));
        }
        notes.addAll(report.warnings());
        notes.add("report: " + report.page().replaceFirst("^file:/+", "/"));
        return notes;
    }

    private static void quarantined(List<QuarantinedRows> quarantine, List<String> notes) {
        FrequentReasons reasons = FrequentReasons.of(quarantine, REASONS);
        List<QuarantinedRows> shown = reasons.others() == 0 ? quarantine : reasons.shown();
        for (QuarantinedRows rows : shown) {
            String column = rows.column() == null ? "" : " (%s)".formatted(rows.column());
            notes.add("quarantined: %s of %s: %s%s".formatted(count(rows.rows()), rows.table(), rows.reason(), column));
        }
        if (reasons.others() > 0) {
            notes.add("quarantined: %s for %s more reasons; run-report.json has the most frequent thousand"
                    .formatted(count(reasons.rows()), count(reasons.others())));
        }
    }

    private static void replay(RunReport report, boolean isOld, List<String> notes) {
        String earlier = report.replayOf().run();
        if (isOld) {
            notes.add("run %s was replayed before, by run %s, started at %s: nothing was read now"
                    .formatted(earlier, report.runId(), report.started()));
        }
        if (report.published()) {
            notes.add("run %s had quarantined %s of the sales = %s published now + %s still quarantined"
                    .formatted(
                            earlier,
                            count(report.replayOf().rows()),
                            count(report.balance().written()),
                            count(report.balance().quarantined())));
        }
        if (report.published() && report.balance().quarantined() > 0) {
            notes.add("those can be replayed in their turn: --run " + report.runId());
        }
    }

    private static void increment(Increment increment, List<String> notes) {
        notes.add("files of the sales: %s new, %s changed, %s read again with them, %s known"
                .formatted(
                        count(increment.added()),
                        count(increment.changed()),
                        count(increment.again()),
                        count(increment.known())));
        if (increment.vanished() > 0) {
            notes.add("files of the sales that are gone: %s, whose rows stay (first: %s)"
                    .formatted(
                            count(increment.vanished()),
                            increment.firstVanished().get(0).replaceFirst("^file:/+", "/")));
        }
        if (increment.completed() + increment.reenriched() > 0) {
            notes.add("rows of earlier runs: %s have a customer now, %s have one that had changed"
                    .formatted(count(increment.completed()), count(increment.reenriched())));
        }
        if (!increment.replaced().isEmpty()) {
            notes.add("took the place of run " + String.join(", ", increment.replaced()));
        }
    }

    private static void columns(String table, TableRead read, List<String> notes) {
        if (!read.missingColumns().isEmpty()) {
            notes.add("%s: no column %s in some or all files; null there"
                    .formatted(table, String.join(", ", read.missingColumns())));
        }
        if (!read.extraColumns().isEmpty()) {
            notes.add("%s: columns not in the contract: %s".formatted(table, String.join(", ", read.extraColumns())));
        }
    }

    private static String count(long rows) {
        return String.format(Locale.ROOT, "%,d", rows);
    }
}
