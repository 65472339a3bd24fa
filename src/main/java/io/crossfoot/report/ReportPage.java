package io.crossfoot.report;

import static io.crossfoot.report.Html.code;
import static io.crossfoot.report.Html.count;
import static io.crossfoot.report.Html.section;
import static io.crossfoot.report.Html.text;

import io.crossfoot.report.RunReport.StageTime;
import io.crossfoot.report.RunReport.TableRead;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The account of a run as one page of HTML: no server, no network, nothing beside it. It may load nothing and run no
 * script but its own, whatever is in the data.
 */
public final class ReportPage {

    private static final int FILES = 20;

    private final RunReport report;
    private final List<RunSummary> history;
    private final List<QuarantineSample> samples;

    private ReportPage(RunReport report, List<RunSummary> history, List<QuarantineSample> samples) {
        this.report = report;
        this.history = history;
        this.samples = samples;
    }

    /**
     * Returns the page of a run.
     *
     * @param history the runs of this output, oldest first, this one among them
     * @param samples quarantined rows, masked
     */
    public static String of(RunReport report, List<RunSummary> history, List<QuarantineSample> samples) {
        return new ReportPage(report, history, samples).html();
    }

    private String html() {
        String name = report.output().replaceFirst(".*/", "");
        String body = header(name)
                + section("balance", "Balance", new AccountSection(report).html())
                + revenue()
                + section("quarantine", "Quarantine", new QuarantineSection(report, samples).html())
                + section("quality", "Rules", new RulesSection(report.quality()).html())
                + section("lineage", "Where each column comes from", lineage())
                + section("sources", "Sources and output", sources())
                + section("schema", "Columns since the last run", schemaChanges())
                + section("stages", "Time", stages())
                + section(
                        "trends",
                        "The last runs",
                        TrendSection.of(untilThisRun()).html())
                + section("settings", "Settings and versions", settings());
        return PageFrame.page("%s · %s".formatted(name, report.runId()), body);
    }

    private String header(String name) {
        String verdict = report.published() ? "published" : "not published";
        String reasons = report.verdict().stream()
                .map(line -> "<li>" + text(line) + "</li>")
                .collect(Collectors.joining());
        String warnings = Stream.concat(
                        report.anomalies().stream().map("unusual: "::concat), report.warnings().stream())
                .map(line -> "<p class=\"warning\">" + text(line) + "</p>")
                .collect(Collectors.joining());
        return """
                <header><p class="brand">Crossfoot run report</p>
                <h1>%s</h1>
                <p class="verdict %s"><b>%s</b> %s</p>%s%s%s
                <dl class="facts"><div><dt>run</dt><dd>%s</dd></div><div><dt>started</dt><dd><time>%s</time></dd></div>\
                <div><dt>took</dt><dd>%s</dd></div><div><dt>mode</dt><dd>%s</dd></div><div><dt>output</dt><dd>%s</dd></div></dl>
                </header>
                """.formatted(
                        text(name),
                        report.published() ? "good" : "bad",
                        (report.published() ? "✓ " : "✗ ") + verdict,
                        headline(),
                        replay(),
                        reasons.isEmpty() ? "" : "<ul class=\"reasons\">" + reasons + "</ul>",
                        warnings,
                        text(report.runId()),
                        text(report.started().replace('T', ' ').replace("Z", " UTC")),
                        Html.seconds(report.elapsedMillis() / 1000.0),
                        text(report.mode()),
                        code(Html.place(report.output())));
    }

    private String revenue() {
        String charts = new RevenueSection(report.revenue()).html();
        return charts.isEmpty() ? "" : section("revenue", "Revenue", charts);
    }

    private String replay() {
        return report.replayOf() == null
                ? ""
                : "<p>A replay of %s sales that run %s had quarantined.</p>"
                        .formatted(
                                count(report.replayOf().rows()),
                                Html.run(report.replayOf().run()));
    }

    private String headline() {
        return report.published()
                ? "%s rows, total %s"
                        .formatted(
                                count(report.balance().written()),
                                Html.money(report.balance().amountAfter()))
                : "readers see what they saw before";
    }

    private String lineage() {
        if (report.lineage().columns().isEmpty()) {
            return "<p>This run made no output whose plan could be read.</p>";
        }
        List<List<String>> columns = new ArrayList<>();
        report.lineage()
                .columns()
                .forEach(column -> columns.add(List.of(
                        code(column.column()),
                        text(column.type()),
                        lower(column.kind()),
                        text(column.expression()),
                        text(column.sources().stream().map(Object::toString).collect(Collectors.joining(", "))))));
        report.lineage()
                .rows()
                .forEach(row -> columns.add(List.of(
                        "<i>rows</i>",
                        "",
                        lower(row.kind()),
                        text(row.expression()),
                        text(row.sources().stream().map(Object::toString).collect(Collectors.joining(", "))))));
        return """
                <p>From the plan that Spark carried out. Point at a column, or move to it with the tab key, to see what it is made of \
                and what is made of it.</p>
                <p class="legend"><i class="line identity"></i> as it is <i class="line transformation"></i> converted or computed \
                <i class="line filter"></i> decides which rows there are</p>
                """
                + LineageGraph.svg(report)
                + "<details><summary>The same as a table</summary>"
                + Html.table("Column lineage", List.of("column", "type", "kind", "made of", "sources"), columns)
                + "</details>";
    }

    private String sources() {
        List<List<String>> rows = List.of(table("sales", report.sales()), table("customers", report.customers()));
        List<List<String>> files = report.files().stream()
                .limit(FILES)
                .map(file -> List.of(code(file.path()), count(file.rows()), Html.bytes(file.bytes())))
                .toList();
        String more = report.files().size() <= FILES
                ? ""
                : "<p>And %s more files.</p>".formatted(count(report.files().size() - FILES));
        String lookup =
                "<p>%s keys of customers · %s equal or older rows collapsed · %s keys in conflict · %s rows without a key</p>"
                        .formatted(
                                count(report.lookup().keys()),
                                count(report.lookup().collapsed()),
                                count(report.lookup().conflicts()),
                                count(report.lookup().keyless()));
        return Html.table(
                        "What was read",
                        List.of(
                                "table",
                                "location",
                                "#rows",
                                "#accepted",
                                "#quarantined",
                                "#files",
                                "#size",
                                "columns missing",
                                "columns extra"),
                        rows)
                + lookup
                + (files.isEmpty()
                        ? "<p>No file was written.</p>"
                        : Html.table("What was written", List.of("file", "#rows", "#size"), files) + more);
    }

    private static List<String> table(String name, TableRead read) {
        return List.of(
                text(name),
                code(Html.place(read.location())),
                count(read.rows()),
                count(read.accepted()),
                count(read.quarantined()),
                count(read.files().size()),
                Html.bytes(read.bytes()),
                text(String.join(", ", read.missingColumns())),
                text(String.join(", ", read.extraColumns())));
    }

    private String schemaChanges() {
        if (report.replayOf() != null) {
            return "<p>A replay reads what another run has read; there is nothing to compare.</p>";
        }
        Map<String, List<RunReport.FoundColumn>> now = RunSummary.columns(report);
        // a run that read nothing new knows of no column
        Optional<RunSummary> last = history.stream()
                .takeWhile(run -> !run.runId().equals(report.runId()))
                .filter(run -> run.isOfSource()
                        && !run.columns().getOrDefault("output", List.of()).isEmpty())
                .reduce((first, second) -> second);
        if (last.isEmpty()) {
            return "<p>This is the first run that is remembered.</p>";
        }
        List<List<String>> rows = new ArrayList<>();
        for (String table : List.of("sales", "customers", "output")) {
            if (now.get(table).isEmpty()) {
                continue;
            }
            SchemaChanges.between(last.get().columns().getOrDefault(table, List.of()), now.get(table))
                    .forEach(change -> rows.add(List.of(text(table), text(change))));
        }
        String since = "<p>Compared with run <code>%s</code>.</p>"
                .formatted(text(last.get().runId()));
        return rows.isEmpty()
                ? since + "<p>The columns are the same.</p>"
                : since + Html.table("Changes", List.of("table", "change"), rows);
    }

    private String stages() {
        long total = Math.max(1, report.elapsedMillis());
        StringBuilder bars = new StringBuilder("<ol class=\"stages\">");
        long before = 0;
        for (StageTime stage : report.stages()) {
            bars.append(String.format(
                    Locale.ROOT,
                    "<li><span>%s</span><span class=\"bar\"><i style=\"margin-left:%.2f%%;width:%.2f%%\"></i></span><b>%s</b></li>",
                    text(stage.stage()),
                    100.0 * before / total,
                    Math.max(0.3, 100.0 * stage.millis() / total),
                    Html.seconds(stage.millis() / 1000.0)));
            before += stage.millis();
        }
        return bars.append("</ol>").toString();
    }

    private List<RunSummary> untilThisRun() {
        int index = 0;
        while (index < history.size() && !history.get(index).runId().equals(report.runId())) {
            index++;
        }
        return history.subList(0, Math.min(history.size(), index + 1));
    }

    private String settings() {
        return Html.table("Settings", List.of("setting", "value"), pairs(report.settings()))
                + Html.table("Versions", List.of("of", "version"), pairs(report.versions()));
    }

    private static List<List<String>> pairs(Map<String, String> values) {
        return new TreeMap<>(values)
                .entrySet().stream()
                        .map(entry -> List.of(text(entry.getKey()), code(entry.getValue())))
                        .toList();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
