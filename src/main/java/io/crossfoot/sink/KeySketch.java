package io.crossfoot.sink;

import static org.apache.spark.sql.functions.xxhash64;

import io.crossfoot.source.Identifier;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.sketch.BloomFilter;

/**
 * Which rows of a table may have the key of a row that is merged: all that have it, and few others. A MERGE joins both sides in
 * a way in which neither can be handed to every task: without this it would sort the keys of the whole table.
 */
final class KeySketch implements UDF1<Long, Boolean>, Serializable {
    private static final long serialVersionUID = 1L;
    private static final String FUNCTION = "crossfoot_may_be_merged";
    private static final String HASH = "hash";
    /** One row in three hundred passes that has no such key. */
    private static final long BITS_OF_A_KEY = 12;
    /** Of five million keys; with more of them, more rows pass. */
    private static final long MOST_BITS = 1L << 26;

    private final Broadcast<BloomFilter> hashes;

    private KeySketch(Broadcast<BloomFilter> hashes) {
        this.hashes = hashes;
    }

    /**
     * Returns a condition in SQL that holds for each row with the key of one of these.
     *
     * @param rows whose session knows the condition from then on, until it is asked for another
     * @param key columns, of the same types on both sides
     * @param table what the statement calls the table
     */
    static String condition(Dataset<Row> rows, List<String> key, String table) {
        SparkSession session = rows.sparkSession();
        Dataset<Row> hashes =
                rows.select(xxhash64(key.stream().map(Identifier::column).toArray(Column[]::new))
                        .as(HASH));
        long keys = Math.max(1, rows.count());
        BloomFilter filter = hashes.stat().bloomFilter(HASH, keys, Math.min(MOST_BITS, keys * BITS_OF_A_KEY));
        KeySketch sketch = new KeySketch(new JavaSparkContext(session.sparkContext()).broadcast(filter));
        session.udf().register(FUNCTION, sketch, DataTypes.BooleanType);
        return "%s(xxhash64(%s))"
                .formatted(
                        FUNCTION,
                        key.stream()
                                .map(column -> table + "." + Identifier.quoted(column))
                                .collect(Collectors.joining(", ")));
    }

    @Override
    public Boolean call(Long hash) {
        return hashes.value().mightContainLong(hash);
    }
}
