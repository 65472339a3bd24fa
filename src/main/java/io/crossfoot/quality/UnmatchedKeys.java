package io.crossfoot.quality;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import io.crossfoot.source.Identifier;
import java.util.Arrays;
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
    private static final String FACT = "fact";
    private static final String LOOKUP = "lookup";
    private static final String NEAR = "near";

    /** What there is to say when every fact met its partner. */
    public static UnmatchedKeys none() {
        return new UnmatchedKeys(0, 0);
    }

    /**
     * Compares the keys of two frames. Cost: one look at the key columns of each, and a shuffle of the keys of facts that
     * differ; worth it when some are unmatched.
     *
     * @param facts rows with the key columns, of any type
     * @param lookup rows with the key columns as strings
     */
    public static UnmatchedKeys between(Dataset<Row> facts, Dataset<Row> lookup, List<String> keys) {
        String[] near = names(NEAR, keys);
        Dataset<Row> wanted = keysOf(facts, keys, FACT).na().drop("any").distinct();
        Dataset<Row> known = keysOf(lookup, keys, LOOKUP);
        Column isSame = IntStream.range(0, keys.size())
                .mapToObj(i -> col(FACT + i).equalTo(col(LOOKUP + i)))
                .reduce(Column::and)
                .orElseThrow();
        Column[] each = Arrays.stream(names(FACT, keys)).map(Identifier::column).toArray(Column[]::new);
        Row counted = folded(wanted, keys, FACT)
                .join(folded(known, keys, LOOKUP), near, "left")
                .groupBy(each)
                .agg(
                        count(when(isSame, lit(1))).as("same"),
                        count(col(LOOKUP + 0)).as("near"))
                .filter(col("same").equalTo(0))
                .agg(count(lit(1)), count(when(col("near").gt(0), lit(1))))
                .first();
        return new UnmatchedKeys(counted.getLong(0), counted.getLong(1));
    }

    private static Dataset<Row> keysOf(Dataset<Row> rows, List<String> keys, String prefix) {
        return rows.select(IntStream.range(0, keys.size())
                .mapToObj(i ->
                        rows.col(Identifier.quoted(keys.get(i))).cast("string").as(prefix + i))
                .toArray(Column[]::new));
    }

    /** Adds what is left of the keys without blanks and case. */
    private static Dataset<Row> folded(Dataset<Row> rows, List<String> keys, String prefix) {
        Dataset<Row> folded = rows;
        for (int i = 0; i < keys.size(); i++) {
            folded = folded.withColumn(NEAR + i, lower(trim(col(prefix + i))));
        }
        return folded;
    }

    private static String[] names(String prefix, List<String> keys) {
        return IntStream.range(0, keys.size()).mapToObj(i -> prefix + i).toArray(String[]::new);
    }
}
