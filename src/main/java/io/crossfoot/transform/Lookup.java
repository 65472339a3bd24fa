package io.crossfoot.transform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.crossfoot.source.Identifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A lookup (dimension) table made safe to join: one row per key.
 *
 * <pre>
 * table    customer_id | name          unique   customer_id | name
 *          C001        | John                   C001        | John
 *          C001        | John                   C002        | Jane
 *          C002        | Jane
 *          null        | Nobody
 * </pre>
 *
 * Keys are compared as strings, exactly. Rows with a null in their key can never be met by a fact and are left out.
 * Cost: the table is shuffled once, by its key.
 */
public final class Lookup {
    /** How many rows of the table share the key: bigint. */
    public static final String ROWS = "_crossfoot_rows";

    /** Whether two different rows compete for the key: boolean, never null. */
    public static final String CONFLICT = "_crossfoot_conflict";

    private static final String KEY = "_crossfoot_key_";
    private static final String ATTRIBUTES = "_crossfoot_attributes";
    private static final String LATEST = "_crossfoot_latest";
    private static final String LEAST = "_crossfoot_least";
    private static final String GREATEST = "_crossfoot_greatest";

    private final Dataset<Row> table;
    private final List<String> keys;
    private final DuplicatePolicy policy;

    private Lookup(Dataset<Row> table, List<String> keys, DuplicatePolicy policy) {
        this.table = table;
        this.keys = keys;
        this.policy = policy;
    }

    /**
     * Returns a lookup by one or more key columns; all other columns are its attributes. Attributes of a map type cannot
     * be compared and are refused by Spark.
     *
     * @throws IllegalArgumentException when no key is given, or the table lacks a column that is named
     */
    public static Lookup of(Dataset<Row> table, List<String> keys, DuplicatePolicy policy) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("Cannot look up without a key: name one column or more");
        }
        Names.require("lookup", table, keys);
        if (policy instanceof DuplicatePolicy.LatestBy latest) {
            Names.require("lookup", table, List.of(latest.column()));
        }
        return new Lookup(table, List.copyOf(keys), policy);
    }

    /** Returns the key columns. */
    public List<String> keys() {
        return keys;
    }

    /** Returns the columns that are not part of the key, in the order of the table. */
    public List<String> attributes() {
        return Arrays.stream(table.columns())
                .filter(column -> !Names.contains(keys, column))
                .toList();
    }

    /**
     * Returns one row per key: the key columns as strings, the attributes, {@link #ROWS} and {@link #CONFLICT}. Of rows in
     * conflict it shows one, always the same.
     */
    public Dataset<Row> groups() {
        Dataset<Row> groups =
                policy instanceof DuplicatePolicy.LatestBy latest ? latestRows(latest.column()) : allRows();
        Stream<Column> keyColumns =
                IntStream.range(0, keys.size()).mapToObj(i -> col(KEY + i).as(keys.get(i)));
        List<String> names = attributes();
        Stream<Column> attributeColumns = IntStream.range(0, names.size())
                .mapToObj(i -> col(GREATEST).getField("a" + i).as(names.get(i)));
        Column conflict = not(col(LEAST).eqNullSafe(col(GREATEST)));
        return groups.select(Stream.of(keyColumns, attributeColumns, Stream.of(col(ROWS), conflict.as(CONFLICT)))
                .flatMap(columns -> columns)
                .toArray(Column[]::new));
    }

    /**
     * Returns one row per key: the key columns as strings and the attributes.
     *
     * <p>What becomes of keys in conflict is the policy's word: {@code quarantine} leaves them out; under the others the
     * job that uses the result fails with a message that names such a key.
     */
    public Dataset<Row> unique() {
        return unique(groups());
    }

    /** Returns {@link #unique()} of groups that were computed before, perhaps to be looked at first. */
    public Dataset<Row> unique(Dataset<Row> groups) {
        Column accepted = policy instanceof DuplicatePolicy.Quarantine
                ? not(col(CONFLICT))
                : when(col(CONFLICT), raise_error(conflictMessage()).cast("boolean"))
                        .otherwise(lit(true));
        return groups.filter(accepted).drop(ROWS, CONFLICT);
    }

    private Column conflictMessage() {
        return concat(
                lit("Cannot join: the lookup holds different rows for one key (%s = "
                        .formatted(String.join(", ", keys))),
                concat_ws(", ", keys.stream().map(Identifier::column).toArray(Column[]::new)),
                lit("); remove all but one, or choose a duplicate policy"));
    }

    private Dataset<Row> allRows() {
        return keyed(struct(attributeStruct()).as(ATTRIBUTES))
                .groupBy(keyColumns())
                .agg(
                        count(lit(1)).as(ROWS),
                        min(ATTRIBUTES).as(LEAST),
                        max(ATTRIBUTES).as(GREATEST));
    }

    /** First the rows of one key and one moment, then the latest of them: two different rows of one moment do not pass. */
    private Dataset<Row> latestRows(String latest) {
        Column[] keyAndMoment =
                Stream.concat(Stream.of(keyColumns()), Stream.of(col(LATEST))).toArray(Column[]::new);
        Dataset<Row> moments = keyed(
                        Identifier.column(latest).as(LATEST),
                        struct(attributeStruct()).as(ATTRIBUTES))
                .groupBy(keyAndMoment)
                .agg(
                        count(lit(1)).as(ROWS),
                        min(ATTRIBUTES).as(LEAST),
                        max(ATTRIBUTES).as(GREATEST));
        return moments.groupBy(keyColumns())
                .agg(
                        sum(ROWS).as(ROWS),
                        max(struct(col(LATEST), col(LEAST), col(GREATEST))).as(ATTRIBUTES))
                .withColumn(LEAST, col(ATTRIBUTES).getField(LEAST))
                .withColumn(GREATEST, col(ATTRIBUTES).getField(GREATEST));
    }

    private Dataset<Row> keyed(Column... values) {
        Stream<Column> keyed = IntStream.range(0, keys.size())
                .mapToObj(i -> Identifier.column(keys.get(i)).cast("string").as(KEY + i));
        Dataset<Row> rows = table.select(Stream.concat(keyed, Stream.of(values)).toArray(Column[]::new));
        for (Column key : keyColumns()) {
            rows = rows.filter(key.isNotNull());
        }
        return rows;
    }

    private Column[] keyColumns() {
        return IntStream.range(0, keys.size()).mapToObj(i -> col(KEY + i)).toArray(Column[]::new);
    }

    private Column[] attributeStruct() {
        List<String> names = attributes();
        // a struct needs a field even where there is no attribute
        return names.isEmpty()
                ? new Column[] {lit(true).as("a")}
                : IntStream.range(0, names.size())
                        .mapToObj(i -> Identifier.column(names.get(i)).as("a" + i))
                        .toArray(Column[]::new);
    }
}
