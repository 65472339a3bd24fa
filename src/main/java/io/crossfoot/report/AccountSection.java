package io.crossfoot.report;

import static io.crossfoot.report.Html.count;
import static io.crossfoot.report.Html.money;

import io.crossfoot.quality.Balance;
import io.crossfoot.report.RunReport.ReplayedBy;
import java.math.BigDecimal;
import java.util.List;

/** The balance as accounts that add up before the reader's eyes: entries, a sum under a line, and what it must equal. */
record AccountSection(RunReport report) {
    private record Entry(String name, String amount) {}

    String html() {
        Balance balance = report.balance();
        String rows = account(
                "Rows",
                List.of(
                        new Entry(
                                report.published() ? "published" : "enriched, not published", count(balance.written())),
                        new Entry("+ quarantined", count(balance.quarantined()))),
                count(balance.written() + balance.quarantined()),
                report.replayOf() == null ? "sales read" : "sales replayed",
                count(balance.read()),
                balance.written() + balance.quarantined() == balance.read());
        String partners = account(
                "Customers",
                List.of(
                        new Entry("with a customer", count(balance.matched())),
                        new Entry("+ without one", count(balance.unmatched()))),
                count(balance.matched() + balance.unmatched()),
                "rows written",
                count(balance.written()),
                balance.matched() + balance.unmatched() == balance.written());
        return "<div class=\"accounts\">" + rows + partners + amounts() + replayed() + "</div>" + share();
    }

    /** What became of the quarantine later. */
    private String replayed() {
        ReplayedBy replay = report.replayedBy();
        if (replay == null) {
            return "";
        }
        long sum = replay.published() + replay.quarantined();
        return account(
                "Quarantined sales, replayed by " + Html.run(replay.run()),
                List.of(
                        new Entry("published by it", count(replay.published())),
                        new Entry("+ still quarantined", count(replay.quarantined()))),
                count(sum),
                "quarantined by this run",
                count(report.balance().quarantined()),
                sum == report.balance().quarantined());
    }

    private String amounts() {
        Balance balance = report.balance();
        BigDecimal before = balance.amountBefore();
        BigDecimal after = balance.amountAfter();
        boolean holds = before != null && after != null && before.compareTo(after) == 0;
        String difference = before == null || after == null ? "unknown" : money(after.subtract(before));
        return account(
                "Money: quantity × price",
                List.of(new Entry("after the join", money(after)), new Entry("− before the join", money(before))),
                difference,
                "must be",
                "0.00",
                holds);
    }

    private static String account(
            String title, List<Entry> entries, String sum, String counterpart, String expected, boolean holds) {
        StringBuilder lines = new StringBuilder();
        for (Entry entry : entries) {
            lines.append("<tr><th scope=\"row\">%s</th><td>%s</td></tr>".formatted(entry.name(), entry.amount()));
        }
        return """
                <table class="account %s">
                <caption>%s</caption>
                <tbody>%s</tbody>
                <tfoot><tr class="sum"><th scope="row">=</th><td>%s</td></tr>
                <tr><th scope="row">%s</th><td>%s</td></tr>
                <tr class="holds"><td colspan="2">%s</td></tr></tfoot>
                </table>
                """.formatted(
                        holds ? "good" : "bad",
                        title,
                        lines,
                        sum,
                        counterpart,
                        expected,
                        holds ? "✓ adds up" : "✗ does not add up");
    }

    /** Where the rows went, as one bar. */
    private String share() {
        Balance balance = report.balance();
        if (balance.read() == 0) {
            return "";
        }
        return """
                <div class="share" role="img" aria-label="%1$s matched, %2$s unmatched, %3$s quarantined of %4$s rows">
                <i class="matched" style="flex-grow:%5$s"></i><i class="unmatched" style="flex-grow:%6$s"></i>\
                <i class="quarantined" style="flex-grow:%7$s"></i></div>
                <p class="legend"><i class="matched"></i> matched %1$s <i class="unmatched"></i> unmatched %2$s \
                <i class="quarantined"></i> quarantined %3$s</p>
                """.formatted(
                        count(balance.matched()),
                        count(balance.unmatched()),
                        count(balance.quarantined()),
                        count(balance.read()),
                        balance.matched(),
                        balance.unmatched(),
                        balance.quarantined());
    }
}
