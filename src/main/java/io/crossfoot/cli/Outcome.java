package io.crossfoot.cli;

import io.crossfoot.report.ReportJson;
import io.crossfoot.report.RunReport;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param refusal why nothing was published, as one line for the user; empty when the output was published
 * @param notes what else is worth knowing, a line each
 * @param reportJson the run report, as it stands in the control folder
 */
record Outcome(Optional<String> refusal, Balance balance, List<String> notes, Duration elapsed, String reportJson) {
    /**
     * Returns what there is to show of a report.
     *
     * @param began when the run was asked for: a report that is older is that of an earlier start
     */
    static Outcome of(RunReport report, Instant began) {
        Balance balance = new Balance(
                report.balance().read(),
                report.balance().written(),
                report.balance().quarantined(),
                report.balance().matched(),
                report.balance().unmatched(),
                report.lookup().collapsed(),
                report.files().size(),
                report.balance().amountAfter(),
                report.balance().amountBefore());
        return new Outcome(
                report.published() ? Optional.empty() : Optional.of(String.join("\n", report.verdict())),
                balance,
                Notes.of(report, began),
                Duration.ofMillis(report.elapsedMillis()),
                ReportJson.write(report));
    }

    int exitCode() {
        return refusal.isPresent() ? 1 : 0;
    }

    /** The last line of a run, such as {@code published 5 rows · 5 matched · … · 1,575.97 total · 3.1 s}. */
    String summary() {
        String seconds = String.format(Locale.ROOT, "%.1f s", elapsed.toMillis() / 1000.0);
        if (refusal.isPresent()) {
            return String.join(
                    " · ",
                    "published nothing",
                    counted(balance.read(), "row") + " read",
                    count(balance.quarantined()) + " quarantined",
                    seconds);
        }
        return String.join(
                " · ",
                "published " + counted(balance.written(), "row"),
                count(balance.matched()) + " matched",
                count(balance.unmatched()) + " unmatched",
                count(balance.quarantined()) + " quarantined",
                counted(balance.files(), "file"),
                money(balance.total()) + " total",
                seconds);
    }

    /** The balance as a table: what was read is what was written and quarantined. */
    ConsoleTable account() {
        return ConsoleTable.ofNumbers(
                List.of("balance", "rows"),
                Arrays.asList(
                        List.of("sales read", count(balance.read())),
                        List.of("quarantined", count(balance.quarantined())),
                        List.of("enriched", count(balance.written())),
                        List.of("  with a customer", count(balance.matched())),
                        List.of("  without one", count(balance.unmatched())),
                        List.of("equal customers collapsed", count(balance.duplicates())),
                        List.of("total", money(balance.total())),
                        List.of("total, computed apart", money(balance.totalComputedApart()))));
    }

    /**
     * The account of a run, in rows unless it says otherwise.
     *
     * @param read sales rows read
     * @param duplicates customer rows that were equal to another and collapsed into it
     * @param files files written
     * @param total the sum of the amount column as written
     * @param totalComputedApart the same sum, computed without that column
     */
    record Balance(
            long read,
            long written,
            long quarantined,
            long matched,
            long unmatched,
            long duplicates,
            long files,
            BigDecimal total,
            BigDecimal totalComputedApart) {}

    private static String counted(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Every digit that means something, and at least two behind the point. */
    private static String money(BigDecimal sum) {
        if (sum == null) {
            return "too large";
        }
        int digits = Math.max(2, sum.stripTrailingZeros().scale());
        return String.format(Locale.ROOT, "%,." + digits + "f", sum);
    }
}
