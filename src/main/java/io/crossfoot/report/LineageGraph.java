package io.crossfoot.report;

import static io.crossfoot.report.Html.text;

import io.crossfoot.lineage.ColumnLineage;
import io.crossfoot.lineage.ColumnLineage.Kind;
import io.crossfoot.lineage.ColumnLineage.OutputColumn;
import io.crossfoot.lineage.ColumnLineage.RowCondition;
import io.crossfoot.lineage.SourceColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Lineage as a picture: source columns on the left, output columns and what decides on rows on the right, a line for each
 * dependency. Each column can be focused; {@code report.js} then lights what it is connected with.
 */
final class LineageGraph {
    private static final int ROW = 26;
    private static final int HEAD = 34;
    private static final int GAP = 18;
    private static final int LEFT = 8;
    private static final int RIGHT = 560;
    private static final int SOURCE_WIDTH = 230;
    private static final int TARGET_WIDTH = 420;
    /** How wide a letter is, about. */
    private static final int LETTER = 8;

    private static final int WIDTH = RIGHT + TARGET_WIDTH + 8;
    private static final int SHOWN = 58;

    /** One line of a box. */
    private record Node(String id, String name, String note, String title, int y) {}

    /** A line from a source column to what depends on it. */
    private record Edge(String from, String to, Kind kind) {}

    private final Map<SourceColumn, Node> sources = new LinkedHashMap<>();
    private final List<Node> targets = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();
    private final StringBuilder boxes = new StringBuilder();
    private int height;

    private LineageGraph(RunReport report) {
        ColumnLineage lineage = report.lineage();
        int left = table("sales", columns("sales", report.sales().columns(), lineage), LEFT);
        left = table("customers", columns("customers", report.customers().columns(), lineage), left + GAP);
        int right = LEFT + HEAD;
        for (OutputColumn column : lineage.columns()) {
            Node node = new Node(
                    "o" + targets.size(),
                    column.column(),
                    note(column),
                    "%s %s: %s".formatted(column.column(), column.type(), column.expression()),
                    right);
            targets.add(node);
            column.sources()
                    .forEach(source -> edges.add(new Edge(sources.get(source).id(), node.id(), column.kind())));
            right += ROW;
        }
        box(RIGHT, LEFT, TARGET_WIDTH, right, "output");
        int top = right + GAP;
        right = top + HEAD;
        for (RowCondition condition : lineage.rows()) {
            String kind = condition.kind().name().toLowerCase(Locale.ROOT);
            Node node = new Node(
                    "r" + targets.size(), kind, condition.expression(), kind + ": " + condition.expression(), right);
            targets.add(node);
            condition
                    .sources()
                    .forEach(source -> edges.add(new Edge(sources.get(source).id(), node.id(), condition.kind())));
            right += ROW;
        }
        if (!lineage.rows().isEmpty()) {
            box(RIGHT, top, TARGET_WIDTH, right, "which rows there are");
        }
        height = Math.max(left, right) + 10;
    }

    /** Returns the picture; empty when nothing is known. */
    static String svg(RunReport report) {
        return report.lineage().columns().isEmpty() ? "" : new LineageGraph(report).draw();
    }

    private static String note(OutputColumn column) {
        return column.kind() == Kind.IDENTITY ? "" : column.expression();
    }

    /** The columns that a source has, and those that lineage knows of besides. */
    private static List<SourceColumn> columns(String table, List<RunReport.FoundColumn> found, ColumnLineage lineage) {
        Stream<SourceColumn> used = Stream.concat(
                lineage.columns().stream().flatMap(column -> column.sources().stream()),
                lineage.rows().stream().flatMap(row -> row.sources().stream()));
        return Stream.concat(
                        found.stream().map(column -> new SourceColumn(table, column.name())),
                        used.filter(source -> source.table().equals(table)))
                .distinct()
                .toList();
    }

    private int table(String name, List<SourceColumn> columns, int top) {
        int y = top + HEAD;
        for (SourceColumn column : columns) {
            sources.put(column, new Node("s" + sources.size(), column.column(), "", column.toString(), y));
            y += ROW;
        }
        box(LEFT, top, SOURCE_WIDTH, y, name);
        return y;
    }

    private void box(int x, int top, int width, int bottom, String title) {
        boxes.append("<rect class=\"box\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"8\"/>"
                .formatted(x, top, width, bottom - top + 6));
        boxes.append("<text class=\"title\" x=\"%s\" y=\"%s\">%s</text>%n".formatted(x + 12, top + 21, text(title)));
    }

    private String draw() {
        StringBuilder svg = new StringBuilder();
        svg.append("""
                <div class="scroll" tabindex="0" role="group" aria-label="Column lineage"><svg id="lineage-graph" \
                viewBox="0 0 %s %s" role="group" aria-label="Column lineage: source columns on the left, output columns on the right">
                """.formatted(WIDTH, height));
        svg.append(boxes);
        Map<String, Integer> places = new LinkedHashMap<>();
        Stream.concat(sources.values().stream(), targets.stream()).forEach(node -> places.put(node.id(), node.y()));
        for (Edge edge : edges) {
            int from = places.get(edge.from()) + ROW / 2;
            int to = places.get(edge.to()) + ROW / 2;
            int begin = LEFT + SOURCE_WIDTH;
            int middle = (begin + RIGHT) / 2;
            svg.append("<path class=\"edge %s\" data-from=\"%s\" data-to=\"%s\" d=\"M%s %s C%s %s %s %s %s %s\"/>%n"
                    .formatted(
                            edge.kind().name().toLowerCase(Locale.ROOT),
                            edge.from(),
                            edge.to(),
                            begin,
                            from,
                            middle,
                            from,
                            middle,
                            to,
                            RIGHT,
                            to));
        }
        sources.values().forEach(node -> svg.append(line(node, LEFT, SOURCE_WIDTH, "source")));
        targets.forEach(node -> svg.append(line(node, RIGHT, TARGET_WIDTH, "output")));
        return svg.append("</svg></div>").toString();
    }

    private static String shortened(String text, int room) {
        return text.length() <= room ? text : text.substring(0, Math.max(0, room - 1)) + "…";
    }

    private static String line(Node node, int x, int width, String role) {
        String name = shortened(node.name(), width / LETTER);
        String note = shortened(node.note(), SHOWN - name.length());
        return """
                <g class="column" id="%s" tabindex="0" role="img" aria-label="%s column %s"><title>%s</title>\
                <rect x="%s" y="%s" width="%s" height="%s" rx="4"/>\
                <text x="%s" y="%s">%s<tspan class="note" dx="10">%s</tspan></text></g>
                """.formatted(
                        node.id(),
                        role,
                        text(node.title()),
                        text(node.title()),
                        x + 4,
                        node.y(),
                        width - 8,
                        ROW - 2,
                        x + 12,
                        node.y() + 16,
                        text(name),
                        text(note));
    }
}
