package io.crossfoot.quality;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.crossfoot.source.Identifier;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How rows spread over the values of some columns.
 *
 * @param rows all rows
 * @param present rows that have a value in each of the columns; all else is about these
 * @param distinct different values
 * @param unique values that one row has
 * @param logarithms the sum of n × ln n over the values, n rows of each
 */
record Distribution(long rows, long present, long distinct, long unique, double logarithms) {
    private static final String SIZE = "_crossfoot_size";
    private static final String PRESENT = "_crossfoot_present";

    /** What is asked of it. */
    enum Kind {
        /** The share of present rows whose value no other row has. */
        UNIQUENESS,
        /** The share of all rows that have a value, and one that no other row has. */
        PRIMARY_KEY,
        /** The share of values that one row has. */
        UNIQUE_VALUE_RATIO,
        DISTINCT_VALUES,
        /** In nats. */
        ENTROPY
    }

    /** Groups the rows: one job, with a shuffle of the columns. */
    static Distribution of(Dataset<Row> rows, List<String> columns) {
        Column[] keys = columns.stream().map(Identifier::column).toArray(Column[]::new);
        Column present = columns.stream()
                .map(column -> Identifier.column(column).isNotNull())
                .reduce(Column::and)
                .orElseThrow();
        Column size = col(SIZE);
        Row counted = rows.groupBy(keys)
                .agg(count(lit(1)).as(SIZE))
                .withColumn(PRESENT, present)
                .agg(
                        coalesce(sum(size), lit(0L)),
                        coalesce(sum(when(col(PRESENT), size)), lit(0L)),
                        count(when(col(PRESENT), lit(1))),
                        count(when(col(PRESENT).and(size.equalTo(1)), lit(1))),
                        coalesce(sum(when(col(PRESENT), size.multiply(log(size)))), lit(0.0)))
                .first();
        return new Distribution(
                counted.getLong(0), counted.getLong(1), counted.getLong(2), counted.getLong(3), counted.getDouble(4));
    }

    double number(Kind kind) {
        return switch (kind) {
            case UNIQUENESS -> share(unique, present);
            case PRIMARY_KEY -> share(unique, rows);
            case UNIQUE_VALUE_RATIO -> share(unique, distinct);
            case DISTINCT_VALUES -> distinct;
            case ENTROPY -> present == 0 ? 0 : Math.max(0, Math.log(present) - logarithms / present);
        };
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 1 : (double) part / whole;
    }
}
