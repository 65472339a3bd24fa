package io.crossfoot.quality;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.trim;

import io.crossfoot.source.Identifier;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The keys of facts that met no partner.
 *
 * @param keys how many different keys, null keys aside
 * @param nearMisses how many of them would meet one if blanks around them were trimmed and their case ignored
 */
public record UnmatchedKeys(long keys, long nearMisses) {
    private static final String NEAR = "_crossfoot_near";

    /** What there is to say when every fact met its partner. */
    public static UnmatchedKeys none() {
        return new UnmatchedKeys(0, 0);
    }

    /**
     * Compares the keys of two frames. Cost: one Spark job over the key columns only; worth it when some are unmatched.
     *
     * @param facts rows with the key columns, of any type
     * @param lookup rows with the key columns as strings
     */
    public static UnmatchedKeys between(Dataset<Row> facts, Dataset<Row> lookup, List<String> keys) {
        String[] names = IntStream.range(0, keys.size()).mapToObj(i -> "k" + i).toArray(String[]::new);
        Dataset<Row> factKeys = keysOf(facts, keys).na().drop("any");
        Dataset<Row> lookupKeys = keysOf(lookup, keys);
        Dataset<Row> near = folded(lookupKeys, names).distinct().withColumn(NEAR, lit(1L));
        Row counted = folded(factKeys.join(lookupKeys, names, "left_anti").distinct(), names)
                .join(near, names, "left")
                .agg(count(lit(1)), coalesce(sum(NEAR), lit(0L)))
                .first();
        return new UnmatchedKeys(counted.getLong(0), counted.getLong(1));
    }

    private static Dataset<Row> keysOf(Dataset<Row> rows, List<String> keys) {
        return rows.select(IntStream.range(0, keys.size())
                .mapToObj(i ->
                        rows.col(Identifier.quoted(keys.get(i))).cast("string").as("k" + i))
                .toArray(Column[]::new));
    }

    private static Dataset<Row> folded(Dataset<Row> keys, String[] names) {
        return keys.select(IntStream.range(0, names.length)
                .mapToObj(i -> lower(trim(col(names[i]))).as(names[i]))
                .toArray(Column[]::new));
    }
}
