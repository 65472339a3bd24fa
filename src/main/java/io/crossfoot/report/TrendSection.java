package io.crossfoot.report;

import static io.crossfoot.report.Html.text;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** How a few numbers went over the last runs: a small chart each, the latest run at the right. */
record TrendSection(List<RunSummary> runs) {
    private static final int WIDTH = 300;
    private static final int HEIGHT = 72;
    private static final int EDGE = 8;
    private static final int MOST = 30;

    /** Returns the trends of the last runs that are a measure of their source. */
    static TrendSection of(List<RunSummary> runs) {
        List<RunSummary> measures = runs.stream().filter(RunSummary::isMeasure).toList();
        return new TrendSection(measures.subList(Math.max(0, measures.size() - MOST), measures.size()));
    }

    String html() {
        if (runs.size() < 2) {
            return "<p>Trends begin with the second run that has read something.</p>";
        }
        return "<div class=\"trends\">"
                + chart("rows written", "%,.0f", RunSummary::written)
                + chart(
                        "total",
                        "%,.2f",
                        run -> run.amount() == null ? 0 : run.amount().doubleValue())
                + chart("quarantined, % of read", "%.2f", run -> percent(run.quarantined(), run.read()))
                + chart("without a customer, % of written", "%.2f", run -> percent(run.unmatched(), run.written()))
                + chart("seconds", "%.1f", RunSummary::seconds)
                + "</div>";
    }

    private static double percent(long part, long whole) {
        return whole == 0 ? 0 : 100.0 * part / whole;
    }

    private String chart(String title, String format, ToDoubleFunction<RunSummary> number) {
        double most = runs.stream().mapToDouble(number).max().orElse(0);
        double top = most <= 0 ? 1 : most;
        StringBuilder line = new StringBuilder();
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < runs.size(); i++) {
            RunSummary run = runs.get(i);
            double value = number.applyAsDouble(run);
            double x = EDGE + (WIDTH - 2.0 * EDGE) * i / (runs.size() - 1);
            double y = HEIGHT - EDGE - (HEIGHT - 2.0 * EDGE) * Math.max(0, value) / top;
            line.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
            points.append(String.format(
                    Locale.ROOT,
                    "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%s\"><title>%s: %s</title></circle>",
                    run.published() ? "published" : "refused",
                    x,
                    y,
                    i == runs.size() - 1 ? "4" : "2.5",
                    text(run.runId()),
                    String.format(Locale.ROOT, format, value)));
        }
        String latest = String.format(Locale.ROOT, format, number.applyAsDouble(runs.get(runs.size() - 1)));
        String label = "%s over %d runs: latest %s, most %s"
                .formatted(title, runs.size(), latest, String.format(Locale.ROOT, format, most));
        return """
                <figure><figcaption>%s <b>%s</b></figcaption>
                <svg viewBox="0 0 %d %d" role="img" aria-label="%s"><line class="ground" x1="0" x2="%d" y1="%d" y2="%d"/>\
                <polyline class="trend" points="%s"/>%s</svg></figure>
                """.formatted(
                        text(title),
                        latest,
                        WIDTH,
                        HEIGHT,
                        text(label),
                        WIDTH,
                        HEIGHT - EDGE,
                        HEIGHT - EDGE,
                        line.toString().strip(),
                        points);
    }
}
