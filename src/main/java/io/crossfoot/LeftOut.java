package io.crossfoot;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.min;

import io.crossfoot.contract.CheckedTable;
import io.crossfoot.contract.ExtraColumns;
import io.crossfoot.source.SourcePart;
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

    /** Returns what is to be observed of a checked table: nothing where such rows are quarantined, or cannot be. */
    static List<Column> numbers(Inputs.Input input, ExtraColumns policy) {
        boolean isPossible =
                policy == ExtraColumns.IGNORE && input.source().parts().stream().anyMatch(SourcePart::hasUnexpected);
        Column unshown = col(CheckedTable.UNSHOWN);
        return isPossible ? List.of(count(unshown).as(ROWS), min(unshown).as(COLUMN)) : List.of();
    }

    static LeftOut of(Map<String, Object> observed) {
        return observed.containsKey(ROWS)
                ? new LeftOut((long) observed.get(ROWS), (String) observed.get(COLUMN))
                : NOTHING;
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
