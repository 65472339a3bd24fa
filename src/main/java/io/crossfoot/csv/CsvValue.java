package io.crossfoot.csv;

import java.util.Optional;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/**
 * Reads the text of a value straight from its bytes into a type other than text, exactly or not at all. What counts as the
 * text of a type is what a contract of Crossfoot takes for one, and does not depend on any setting:
 *
 * <pre>
 * whole numbers    2, +2, -2, 2.0, 2e3, and not 2.5
 * DECIMAL(p,s)     1.5, .5, 5., 1.50e1, with no digit to round and none too many
 * FLOAT, DOUBLE    the same, to the nearest value, and neither NaN nor an infinity
 * DATE             2024-02-29, if there is such a day
 * TIMESTAMP        2024-02-29T12:00:00.123456+02:00, also with a blank for T, without seconds, with Z
 * TIMESTAMP_NTZ    the same without a zone
 * BOOLEAN          true, t, yes, y, 1 and their opposites, in any case
 * </pre>
 */
sealed interface CsvValue permits WholeValue, DecimalValue, FloatingValue, DateValue, TimeValue, BooleanValue {
    /** Puts the value of a text without blanks around it; returns false, and puts nothing, when it has none. */
    boolean put(WritableColumnVector vector, int row, byte[] bytes, int start, int end);

    /** The same, with or without blanks around the text. */
    default boolean putStripped(WritableColumnVector vector, int row, byte[] bytes, int start, int end) {
        int from = start;
        int to = end;
        while (from < to && isBlank(bytes[from])) {
            from++;
        }
        while (to > from && isBlank(bytes[to - 1])) {
            to--;
        }
        return (from > start || to < end) && put(vector, row, bytes, from, to);
    }

    private static boolean isBlank(byte character) {
        return character == ' ' || (character >= '\t' && character <= '\r');
    }

    /** Returns the reader of a type; empty for text, and for types that CSV cannot hold. */
    static Optional<CsvValue> of(DataType type) {
        if (type.equals(DataTypes.ByteType)) {
            return Optional.of(new WholeValue(Byte.MIN_VALUE, Byte.MAX_VALUE));
        }
        if (type.equals(DataTypes.ShortType)) {
            return Optional.of(new WholeValue(Short.MIN_VALUE, Short.MAX_VALUE));
        }
        if (type.equals(DataTypes.IntegerType)) {
            return Optional.of(new WholeValue(Integer.MIN_VALUE, Integer.MAX_VALUE));
        }
        if (type.equals(DataTypes.LongType)) {
            return Optional.of(new WholeValue(Long.MIN_VALUE, Long.MAX_VALUE));
        }
        if (type instanceof DecimalType decimal) {
            return Optional.of(new DecimalValue(decimal.precision(), decimal.scale()));
        }
        if (type.equals(DataTypes.FloatType) || type.equals(DataTypes.DoubleType)) {
            return Optional.of(new FloatingValue(type.equals(DataTypes.FloatType)));
        }
        if (type.equals(DataTypes.DateType)) {
            return Optional.of(new DateValue());
        }
        if (type.equals(DataTypes.TimestampType) || type.equals(DataTypes.TimestampNTZType)) {
            return Optional.of(new TimeValue(type.equals(DataTypes.TimestampType)));
        }
        return type.equals(DataTypes.BooleanType) ? Optional.of(new BooleanValue()) : Optional.empty();
    }
}
