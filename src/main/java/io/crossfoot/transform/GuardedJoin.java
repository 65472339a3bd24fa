package io.crossfoot.transform;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import io.crossfoot.source.Identifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Function1;

/**
 * A left join that keeps exactly one row per fact, whatever the lookup holds.
 *
 * <pre>
 * facts    order_id | customer_id      joined   customer_id | order_id | name
 *          1001     | C001                      C001        | 1001     | John
 *          1002     | C404                      C404        | 1002     | null
 *          1003     | null                      null        | 1003     | null
 * </pre>
 *
 * Facts without a partner stay, with null attributes; so do facts with a null in their key. The key columns come first
 * and keep the facts' types; then come the other columns of the facts, then the attributes.
 */
public final class GuardedJoin implements Function1<Dataset<Row>, Dataset<Row>> {
    private static final String KEY = "_crossfoot_lookup_key_";
    private static final String ATTRIBUTE = "_crossfoot_lookup_attribute_";

    private final List<String> keys;
    private final List<String> attributes;
    private final Dataset<Row> unique;
    private final Optional<String> marker;

    private GuardedJoin(List<String> keys, List<String> attributes, Dataset<Row> unique, Optional<String> marker) {
        this.keys = keys;
        this.attributes = attributes;
        this.unique = unique;
        this.marker = marker;
    }

    /** Returns a join with a lookup by the lookup's keys; two different rows for one key fail the job. */
    public static GuardedJoin with(Dataset<Row> table, String... keys) {
        return with(Lookup.of(table, List.of(keys), DuplicatePolicy.fail()));
    }

    /** Returns a join with a lookup. */
    public static GuardedJoin with(Lookup lookup) {
        return with(lookup, lookup.unique());
    }

    /** Returns a join with {@code unique}, the rows of {@code lookup}, that have one row per key already. */
    public static GuardedJoin with(Lookup lookup, Dataset<Row> unique) {
        return new GuardedJoin(lookup.keys(), lookup.attributes(), unique, Optional.empty());
    }

    /** Returns this join with the lookup sent to every executor: fastest for a lookup that fits into memory. */
    public GuardedJoin broadcasting() {
        return new GuardedJoin(keys, attributes, broadcast(unique), marker);
    }

    /** Returns this join with one more column at the end, boolean and never null: whether the fact met its partner. */
    public GuardedJoin marking(String column) {
        return new GuardedJoin(keys, attributes, unique, Optional.of(column));
    }

    /** @throws IllegalArgumentException when the facts lack a key, or have a column that is also an attribute */
    @Override
    public Dataset<Row> apply(Dataset<Row> facts) {
        Names.require("facts", facts, keys);
        List<String> factColumns = Arrays.asList(facts.columns());
        List<String> twins = attributes.stream()
                .filter(attribute -> Names.contains(factColumns, attribute))
                .toList();
        if (!twins.isEmpty()) {
            throw new IllegalArgumentException(
                    "Cannot join: facts and lookup both have the columns %s; rename or drop them on one side"
                            .formatted(String.join(", ", twins)));
        }
        return facts.join(renamed(), condition(), "left").select(columns(factColumns));
    }

    private Dataset<Row> renamed() {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            columns.add(Identifier.column(keys.get(i)).as(KEY + i));
        }
        for (int i = 0; i < attributes.size(); i++) {
            columns.add(Identifier.column(attributes.get(i)).as(ATTRIBUTE + i));
        }
        return unique.select(columns.toArray(Column[]::new));
    }

    private Column condition() {
        Column condition = null;
        for (int i = 0; i < keys.size(); i++) {
            Column equal = Identifier.column(keys.get(i)).cast("string").equalTo(col(KEY + i));
            condition = condition == null ? equal : condition.and(equal);
        }
        return condition;
    }

    private Column[] columns(List<String> factColumns) {
        List<Column> columns = new ArrayList<>();
        keys.forEach(key -> columns.add(Identifier.column(key)));
        factColumns.stream()
                .filter(column -> !Names.contains(keys, column))
                .forEach(column -> columns.add(Identifier.column(column)));
        for (int i = 0; i < attributes.size(); i++) {
            columns.add(col(ATTRIBUTE + i).as(attributes.get(i)));
        }
        marker.ifPresent(name -> columns.add(col(KEY + 0).isNotNull().as(name)));
        return columns.toArray(Column[]::new);
    }
}
