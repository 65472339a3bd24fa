package io.crossfoot;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import io.crossfoot.source.Identifier;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What tells whether two frames have the same rows: it does not depend on their order, and tells a row that is there twice. */
final class Checksum {
    private Checksum() {}

    /** Returns two aggregates over columns: {@code rows}, and {@code checksum}, the sum of their hashes. */
    static Column[] of(StructType columns) {
        Column[] values =
                Arrays.stream(columns.fields()).flatMap(Checksum::hashable).toArray(Column[]::new);
        return new Column[] {
            count(lit(1)).as("rows"),
            sum(xxhash64(values).cast("decimal(38,0)")).as("checksum")
        };
    }

    /** The hash of a row passes over nulls: without their places, a value in one column has that of the same in another. */
    private static Stream<Column> hashable(StructField field) {
        Column column = Identifier.column(field.name());
        Column value = field.dataType().sql().contains("MAP<") ? column.cast("string") : column;
        return field.nullable() ? Stream.of(value, column.isNull()) : Stream.of(value);
    }
}
