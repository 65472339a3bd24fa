package io.crossfoot.report;

import static io.crossfoot.report.Html.count;
import static io.crossfoot.report.Html.money;
import static io.crossfoot.report.Html.text;

import io.crossfoot.report.Revenue.Order;
import io.crossfoot.report.Revenue.Part;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a run comes to by region, a bar each, and by day, a column each; the numbers behind it are in a table. */
record RevenueSection(List<Revenue> revenues) {
    private static final int WIDTH = 960;
    private static final int LINE = 26;
    private static final int NAMES = 220;
    private static final int AMOUNTS = 190;
    private static final int HEIGHT = 190;
    private static final int TOP = 24;
    private static final int BOTTOM = 24;
    private static final int LONGEST = 28;

    String html() {
        return revenues.stream()
                .filter(revenue -> !revenue.parts().isEmpty())
                .map(revenue -> revenue.order() == Order.LARGEST ? bars(revenue) : columns(revenue))
                .collect(Collectors.joining("\n"));
    }

    private static String bars(Revenue revenue) {
        List<Part> parts = revenue.parts();
        double most = parts.stream().mapToDouble(RevenueSection::size).max().orElse(0);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            double width = most <= 0 ? 0 : (WIDTH - NAMES - AMOUNTS) * Math.max(0, size(part)) / most;
            lines.append(String.format(
                    Locale.ROOT,
                    "<g><title>%s</title><text class=\"name\" x=\"%s\" y=\"%s\">%s</text>"
                            + "<rect class=\"amount\" x=\"%s\" y=\"%s\" width=\"%.1f\" height=\"%s\" rx=\"2\"/>"
                            + "<text class=\"value\" x=\"%.1f\" y=\"%s\">%s</text></g>",
                    text(said(revenue, part)),
                    NAMES - 12,
                    i * LINE + 18,
                    text(cut(name(revenue, part))),
                    NAMES,
                    i * LINE + 5,
                    Math.max(1, width),
                    LINE - 9,
                    NAMES + width + 8,
                    i * LINE + 18,
                    money(part.amount())));
        }
        String label =
                "by %s, the largest of %s: %s".formatted(title(revenue), parts.size(), said(revenue, parts.get(0)));
        return figure(revenue, parts.size() * LINE + 4, label, lines.toString());
    }

    private static String columns(Revenue revenue) {
        List<Part> parts = new ArrayList<>(revenue.parts());
        // rows without a day have no place in time
        parts.removeIf(part -> part.value() == null);
        Collections.reverse(parts);
        if (parts.isEmpty()) {
            return figure(revenue, LINE, "no row has a day", "");
        }
        double most = Math.max(
                0, parts.stream().mapToDouble(RevenueSection::size).max().orElse(0));
        double least = Math.min(
                0, parts.stream().mapToDouble(RevenueSection::size).min().orElse(0));
        double unit = (HEIGHT - TOP - BOTTOM) / Math.max(most - least, Double.MIN_NORMAL);
        double zero = TOP + most * unit;
        double step = Math.min(90, WIDTH / (double) parts.size());
        StringBuilder drawn = new StringBuilder(String.format(
                Locale.ROOT, "<line class=\"ground\" x1=\"0\" x2=\"%s\" y1=\"%.1f\" y2=\"%.1f\"/>", WIDTH, zero, zero));
        for (int i = 0; i < parts.size(); i++) {
            double amount = size(parts.get(i));
            drawn.append(String.format(
                    Locale.ROOT,
                    "<g><title>%s</title><rect class=\"amount\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/></g>",
                    text(said(revenue, parts.get(i))),
                    i * step + step * 0.1,
                    Math.min(zero, zero - amount * unit),
                    step * 0.8,
                    Math.max(1, Math.abs(amount) * unit)));
        }
        Part first = parts.get(0);
        Part last = parts.get(parts.size() - 1);
        Part best = parts.stream().reduce((a, b) -> size(b) > size(a) ? b : a).orElseThrow();
        drawn.append("<text class=\"value\" x=\"0\" y=\"14\">most: %s</text>".formatted(text(said(revenue, best))));
        drawn.append("<text class=\"value\" x=\"0\" y=\"%s\">%s</text>".formatted(HEIGHT - 6, text(first.value())));
        if (parts.size() > 1) {
            drawn.append(String.format(
                    Locale.ROOT,
                    "<text class=\"value end\" x=\"%.1f\" y=\"%s\">%s</text>",
                    (parts.size() - 0.1) * step,
                    HEIGHT - 6,
                    text(last.value())));
        }
        String label = "by %s, %s from %s to %s: most %s"
                .formatted(title(revenue), parts.size(), first.value(), last.value(), said(revenue, best));
        return figure(revenue, HEIGHT, label, drawn.toString());
    }

    private static String figure(Revenue revenue, int height, String label, String drawn) {
        List<List<String>> rows = new ArrayList<>();
        revenue.parts()
                .forEach(
                        part -> rows.add(List.of(text(name(revenue, part)), count(part.rows()), money(part.amount()))));
        String more = "";
        if (revenue.others() != null) {
            Part others = revenue.others();
            String name = revenue.order() == Order.LARGEST ? "all others" : "all earlier days";
            rows.add(List.of("<i>%s</i>".formatted(name), count(others.rows()), money(others.amount())));
            more = " <b>%s: %s</b>".formatted(name, money(others.amount()));
        }
        return """
                <figure class="revenue"><figcaption>By %s%s</figcaption>
                <div class="scroll" tabindex="0" role="group" aria-label="%s"><svg viewBox="0 0 %s %s" role="img" \
                aria-label="%s">%s</svg></div>
                <details><summary>By %s as a table</summary>%s</details></figure>
                """.formatted(
                text(title(revenue)),
                more,
                text("Revenue by " + title(revenue)),
                WIDTH,
                height,
                text("Revenue " + label),
                drawn,
                text(title(revenue)),
                Html.table("Revenue by " + title(revenue), List.of(revenue.column(), "#rows", "#revenue"), rows));
    }

    private static String title(Revenue revenue) {
        return revenue.order() == Order.LARGEST ? revenue.column() : "day";
    }

    private static String said(Revenue revenue, Part part) {
        return "%s: %s, %s %s"
                .formatted(
                        name(revenue, part),
                        money(part.amount()),
                        count(part.rows()),
                        part.rows() == 1 ? "row" : "rows");
    }

    private static String name(Revenue revenue, Part part) {
        return part.value() == null ? "no " + title(revenue) : part.value();
    }

    private static String cut(String name) {
        return name.codePointCount(0, name.length()) <= LONGEST
                ? name
                : name.substring(0, name.offsetByCodePoints(0, LONGEST - 1)) + "…";
    }

    private static double size(Part part) {
        BigDecimal amount = part.amount();
        return amount == null ? 0 : amount.doubleValue();
    }
}
