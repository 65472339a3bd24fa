package io.crossfoot;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.min;

import io.crossfoot.contract.CheckedTable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Column;

/**
 * Values of a table that are left out of everything, because neither its contract names their columns nor a sample of the
 * files had shown them.
 *
 * @param rows how many rows have some
 * @param column one of their columns; null when there are none
 */
record LeftOut(long rows, String column) {
    static final LeftOut NOTHING = new LeftOut(0, null);

    private static final String ROWS = "unshown";
    private static final String COLUMN = "unshown_column";

    /** Returns what is to be observed of a checked table. */
    static List<Column> numbers() {
        Column unshown = col(CheckedTable.UNSHOWN);
        return List.of(count(unshown).as(ROWS), min(unshown).as(COLUMN));
    }

    static LeftOut of(Map<String, Object> observed) {
        return new LeftOut((long) observed.get(ROWS), (String) observed.get(COLUMN));
    }

    /** Returns what a report says of it; nothing where there is nothing to say. */
    List<String> warnings(String table) {
        return rows == 0
                ? List.of()
                : List.of(String.format(
                        Locale.ROOT,
                        "%s: %,d %s left out that neither the contract names nor the beginning of a file shows, such as '%s'",
                        table,
                        rows,
                        rows == 1 ? "row has columns" : "rows have columns",
                        column));
    }
}
