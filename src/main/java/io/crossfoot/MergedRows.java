package io.crossfoot;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.crossfoot.source.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows that a run merges into a table by a key, which must tell each from all others.
 *
 * @param key at least one column
 */
record MergedRows(List<String> key, Dataset<Row> rows) {
    private static final String TIMES = "_crossfoot_times";
    private static final int NAMED = 5;

    /**
     * Returns why they cannot be merged, a line each: keys that are null or come twice. Shuffles the keys once.
     *
     * @param personal columns whose values are not shown
     */
    List<String> refusals(Set<String> personal) {
        Dataset<Row> keys = keys();
        Row found = keys.agg(coalesce(sum(when(isKeyless(), col(TIMES))), lit(0L)), count(when(isTwice(), lit(1))))
                .first();
        List<String> refusals = new ArrayList<>();
        String names = String.join(", ", key);
        if (found.getLong(0) > 0) {
            refusals.add(String.format(
                    Locale.ROOT,
                    "Cannot merge: %,d rows have no %s, the key by which rows are merged; mend them, quarantine them by a contract with NOT NULL, or merge by another --key",
                    found.getLong(0),
                    names));
        }
        if (found.getLong(1) > 0) {
            refusals.add(String.format(
                    Locale.ROOT,
                    "Cannot merge: %,d keys come more than once in the rows of this run (%s: %s); nobody can say which row counts: deliver each key once in a run, or merge by more columns (--key)",
                    found.getLong(1),
                    names,
                    shown(keys.filter(isTwice()), personal)));
        }
        return refusals;
    }

    /**
     * Returns why rows of a table cannot be merged with their customers.
     *
     * @param table its name
     * @param personal columns whose values are not shown
     */
    List<String> refusalsOf(String table, Set<String> personal) {
        Dataset<Row> twice = keys().filter(isTwice());
        long keys = twice.count();
        return keys == 0
                ? List.of()
                : List.of(String.format(
                        Locale.ROOT,
                        "Cannot merge: %,d keys come more than once in rows of %s whose customer has come (%s: %s); make them one, merge by more columns (--key), or leave such rows alone (--complete-unmatched false)",
                        keys,
                        table,
                        String.join(", ", key),
                        shown(twice, personal)));
    }

    private Dataset<Row> keys() {
        return rows.groupBy(columns()).agg(count(lit(1)).as(TIMES));
    }

    private Column isTwice() {
        return not(isKeyless()).and(col(TIMES).gt(1));
    }

    private String shown(Dataset<Row> keys, Set<String> personal) {
        return key.stream().anyMatch(column -> personal.stream().anyMatch(column::equalsIgnoreCase))
                ? "not shown, as it is personal"
                : first(keys);
    }

    private String first(Dataset<Row> keys) {
        List<String> named = keys.select(columns()).orderBy(columns()).limit(NAMED).collectAsList().stream()
                .map(row -> row.mkString(" | "))
                .toList();
        return String.join(", ", named);
    }

    /** Returns the rows of a table that these do not take the place of, in their columns; null where the table has none. */
    Dataset<Row> others(Dataset<Row> table) {
        List<String> there = List.of(table.columns());
        Column[] same = List.of(rows.schema().fields()).stream()
                .map(field -> there.stream().anyMatch(field.name()::equalsIgnoreCase)
                        ? Identifier.column(field.name()).as(field.name())
                        : lit(null).cast(field.dataType()).as(field.name()))
                .toArray(Column[]::new);
        Dataset<Row> mine = rows.select(columns()).distinct();
        Column meets = key.stream()
                .map(column -> table.col(Identifier.quoted(column)).equalTo(mine.col(Identifier.quoted(column))))
                .reduce(Column::and)
                .orElseThrow();
        return table.join(mine, meets, "left_anti").filter(not(isKeyless())).select(same);
    }

    /** Whether a row cannot be merged, as a column of its key is null. */
    Column isKeyless() {
        return key.stream()
                .map(column -> Identifier.column(column).isNull())
                .reduce(Column::or)
                .orElseThrow();
    }

    private Column[] columns() {
        return key.stream().map(Identifier::column).toArray(Column[]::new);
    }
}
