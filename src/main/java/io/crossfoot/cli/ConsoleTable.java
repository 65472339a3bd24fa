package io.crossfoot.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** An aligned table of text: numbers to the right, {@code NULL} for null, no cell wider than a cap. */
final class ConsoleTable {
    private static final int WIDEST = 60;
    private static final String GAP = "  ";

    private final List<String> header;
    private final List<List<String>> rows;
    private final List<Boolean> rightAligned;

    private ConsoleTable(List<String> header, List<List<String>> rows, List<Boolean> rightAligned) {
        this.header = header;
        this.rows = rows;
        this.rightAligned = rightAligned;
    }

    /** Returns a table of values, any of which may be null; a column of numbers is aligned to the right. */
    static ConsoleTable of(List<String> header, List<? extends List<?>> rows) {
        List<Boolean> numbers = IntStream.range(0, header.size())
                .mapToObj(column -> rows.stream().map(row -> row.get(column)).anyMatch(Number.class::isInstance))
                .toList();
        return new ConsoleTable(header, texts(rows), numbers);
    }

    /** Returns a table whose first column holds names and whose others hold numbers, formatted already. */
    static ConsoleTable ofNumbers(List<String> header, List<? extends List<?>> rows) {
        List<Boolean> allButFirst =
                IntStream.range(0, header.size()).mapToObj(column -> column > 0).toList();
        return new ConsoleTable(header, texts(rows), allButFirst);
    }

    /** Returns the lines: header, rule, rows, each without blanks at its end. */
    List<String> lines() {
        List<Integer> widths =
                IntStream.range(0, header.size()).mapToObj(this::width).toList();
        List<String> lines = new ArrayList<>();
        lines.add(line(header, widths));
        lines.add(line(widths.stream().map("-"::repeat).toList(), widths));
        rows.forEach(row -> lines.add(line(row, widths)));
        return Collections.unmodifiableList(lines);
    }

    @Override
    public String toString() {
        return String.join("\n", lines());
    }

    private int width(int column) {
        int widest =
                rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        return Math.max(widest, header.get(column).length());
    }

    private String line(List<String> cells, List<Integer> widths) {
        List<String> padded = IntStream.range(0, cells.size())
                .mapToObj(column -> {
                    String blanks =
                            " ".repeat(widths.get(column) - cells.get(column).length());
                    return rightAligned.get(column) ? blanks + cells.get(column) : cells.get(column) + blanks;
                })
                .toList();
        return String.join(GAP, padded).stripTrailing();
    }

    private static List<List<String>> texts(List<? extends List<?>> rows) {
        return rows.stream()
                .map(row -> row.stream().map(ConsoleTable::text).toList())
                .toList();
    }

    private static String text(Object value) {
        if (value == null) {
            return "NULL";
        }
        String text = value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
        // a line break or an escape in the data would break the table, or the terminal
        String printable = text.replaceAll("\\p{Cntrl}", " ");
        return printable.length() <= WIDEST ? printable : printable.substring(0, WIDEST - 1) + "…";
    }
}
