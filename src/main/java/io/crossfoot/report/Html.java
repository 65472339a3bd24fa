package io.crossfoot.report;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Pieces of a page. Whatever comes from data, settings or file names goes through {@link #text}. */
final class Html {
    private Html() {}

    /** Returns a text that is nothing but text in any place of a page, attributes included. */
    static String text(Object value) {
        String text = String.valueOf(value);
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c < ' ' && c != '\n' && c != '\t' ? '\uFFFD' : c);
            }
        }
        return escaped.toString();
    }

    static String section(String id, String title, String body) {
        return """
                <section id="%1$s" aria-labelledby="%1$s-title">
                <h2 id="%1$s-title">%2$s</h2>
                %3$s
                </section>
                """.formatted(id, text(title), body);
    }

    /** @param rows cells that are markup already */
    static String table(String caption, List<String> head, List<List<String>> rows) {
        String heads = head.stream()
                .map(name -> "<th scope=\"col\"%s>%s</th>"
                        .formatted(name.startsWith("#") ? " class=\"number\"" : "", text(name.replaceFirst("^#", ""))))
                .collect(Collectors.joining());
        StringBuilder body = new StringBuilder();
        for (List<String> row : rows) {
            body.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                String kind = head.get(i).startsWith("#") ? " class=\"number\"" : "";
                body.append(
                        i == 0
                                ? "<th scope=\"row\"%s>%s</th>".formatted(kind, row.get(i))
                                : "<td%s>%s</td>".formatted(kind, row.get(i)));
            }
            body.append("</tr>\n");
        }
        return """
                <div class="scroll" tabindex="0" role="group" aria-label="%s"><table>
                <caption>%s</caption>
                <thead><tr>%s</tr></thead>
                <tbody>
                %s</tbody></table></div>
                """.formatted(text(caption), text(caption), heads, body);
    }

    static String code(Object value) {
        return "<code>" + text(value) + "</code>";
    }

    /** A link to the page of another run. */
    static String run(String runId) {
        return "<a href=\"../%1$s/report.html\">%1$s</a>".formatted(text(runId));
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Every digit that means something, and at least two behind the point. */
    static String money(BigDecimal sum) {
        if (sum == null) {
            return "too large";
        }
        int digits = Math.max(2, sum.stripTrailingZeros().scale());
        return String.format(Locale.ROOT, "%,." + digits + "f", sum);
    }

    static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        String[] units = {"KiB", "MiB", "GiB", "TiB", "PiB"};
        double size = bytes;
        int unit = -1;
        while (size >= 1024 && unit < units.length - 1) {
            size /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", size, units[unit]);
    }

    static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f s", seconds);
    }

    /** A path as one would type it. */
    static String place(String path) {
        return path.replaceFirst("^file:/+", "/");
    }
}
