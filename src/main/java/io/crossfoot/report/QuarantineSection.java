package io.crossfoot.report;

import static io.crossfoot.report.Html.code;
import static io.crossfoot.report.Html.count;
import static io.crossfoot.report.Html.text;

import io.crossfoot.report.RunReport.QuarantinedRows;
import io.crossfoot.report.RunReport.ReplayedBy;
import java.util.List;
import java.util.Objects;

/** What was quarantined, by reason, the most frequent first, with some of the rows. */
record QuarantineSection(RunReport report, List<QuarantineSample> samples) {
    private static final int REASONS = 50;

    String html() {
        if (report.quarantine().isEmpty()) {
            return "<p>No row was quarantined.</p>";
        }
        FrequentReasons reasons = FrequentReasons.of(report.quarantine(), REASONS);
        StringBuilder html = new StringBuilder(replayed());
        html.append(Html.table(
                "Quarantined rows by their first reason",
                List.of("reason", "table", "column", "#rows"),
                reasons.shown().stream()
                        .map(rows -> List.of(
                                text(rows.reason()),
                                text(rows.table()),
                                rows.column() == null ? "whole row" : code(rows.column()),
                                count(rows.rows())))
                        .toList()));
        if (reasons.others() > 0) {
            html.append("<p>And %s more reasons, of %s rows; run-report.json has the most frequent thousand.</p>"
                    .formatted(count(reasons.others()), count(reasons.rows())));
        }
        reasons.shown().forEach(rows -> html.append(samples(rows)));
        html.append("<p>All of them, as they came, are in ").append(code(Html.place(report.quarantineFolder())));
        return html.append(". Values of personal columns are shown as ")
                .append(PersonalColumns.MASK)
                .append(" here.</p>")
                .toString();
    }

    private String replayed() {
        ReplayedBy replay = report.replayedBy();
        return replay == null
                ? ""
                : "<p>The %s sales among them were replayed by run %s: %s are published, %s are in its quarantine now.</p>"
                        .formatted(
                                count(replay.rows()),
                                Html.run(replay.run()),
                                count(replay.published()),
                                count(replay.quarantined()));
    }

    private String samples(QuarantinedRows rows) {
        List<List<String>> shown = samples.stream()
                .filter(sample -> sample.table().equals(rows.table())
                        && sample.reason().equals(rows.reason())
                        && Objects.equals(sample.column(), rows.column()))
                .map(sample -> List.of(
                        sample.value() == null ? "<i>none</i>" : code(sample.value()),
                        code(sample.row()),
                        text(sample.file())))
                .toList();
        if (shown.isEmpty()) {
            return "";
        }
        String column = rows.column() == null ? "" : " (%s)".formatted(rows.column());
        String title = "%s: %s%s".formatted(rows.table(), rows.reason(), column);
        return "<details><summary>%s</summary>%s</details>"
                .formatted(text(title), Html.table("Samples", List.of("value", "row", "file"), shown));
    }
}
