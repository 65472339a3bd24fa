package io.crossfoot.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Rules that a table keeps today with some room, for people to choose from. */
final class RuleSuggestions {
    private static final int FEW = 12;
    private static final int ROWS_PER_VALUE = 20;
    private static final double MOSTLY = 0.5;

    private RuleSuggestions() {}

    /** Returns a ruleset. */
    static String of(long rows, List<ColumnProfile> columns) {
        List<String> rules = new ArrayList<>();
        rules.add("RowCount > 0");
        columns.forEach(column -> add(rows, column, rules));
        return rules.stream().collect(Collectors.joining(",\n    ", "Rules = [\n    ", "\n]"));
    }

    private static void add(long rows, ColumnProfile column, List<String> rules) {
        String name = quoted(column.name());
        if (rows > 0 && column.present() == rows) {
            rules.add(column.unique() ? "IsPrimaryKey " + name : "IsComplete " + name);
        } else if (column.completeness() > MOSTLY) {
            rules.add("Completeness %s >= %s".formatted(name, room(column.completeness())));
        }
        if (column.unique() && column.present() < rows) {
            rules.add("IsUnique " + name);
        }
        if (column.isOnly("INTEGER")) {
            rules.add("ColumnDataType %s = \"LONG\"".formatted(name));
        } else if (column.isOnly("DATE")) {
            rules.add("ColumnDataType %s = \"DATE\"".formatted(name));
        }
        if (column.isNumeric() && !column.personal() && !column.least().startsWith("-")) {
            rules.add("ColumnValues %s >= 0%s".formatted(name, threshold(column)));
        }
        if (column.isOnly("TEXT") && !column.personal() && isList(column)) {
            rules.add("ColumnValues %s in [%s]%s"
                    .formatted(
                            name,
                            column.top().stream()
                                    .map(value -> quoted(value.value()))
                                    .sorted()
                                    .collect(Collectors.joining(", ")),
                            threshold(column)));
        }
    }

    /** A null breaks a rule about values. */
    private static String threshold(ColumnProfile column) {
        return column.completeness() == 1 ? "" : " with threshold >= " + room(column.completeness());
    }

    private static boolean isList(ColumnProfile column) {
        long shown = column.top().stream().mapToLong(ColumnProfile.Value::rows).sum();
        return column.top().size() <= FEW
                && shown == column.present()
                && column.present() >= (long) ROWS_PER_VALUE * column.top().size();
    }

    /** A share with room for half as many misses again, rounded down. */
    private static String room(double share) {
        double least = Math.max(0, 1 - 1.5 * (1 - share));
        return String.format(Locale.ROOT, "%.2f", Math.floor(least * 100) / 100);
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
