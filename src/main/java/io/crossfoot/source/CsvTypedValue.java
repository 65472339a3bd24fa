package io.crossfoot.source;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/**
 * Reads the usual text of a type straight from its bytes: {@code 42}, {@code -7.50}, {@code 2024-01-15}. Any other text,
 * right or wrong, is put as null; whoever asked looks at the text itself then.
 */
sealed interface CsvTypedValue {
    void put(WritableColumnVector vector, int row, byte[] bytes, int start, int length);

    /** Returns the reader of a type; null for types that are always read from their text. */
    static CsvTypedValue of(DataType type) {
        return find(type).orElseThrow(() -> new IllegalArgumentException("no usual text: " + type.sql()));
    }

    static boolean exists(DataType type) {
        return find(type).isPresent();
    }

    private static Optional<CsvTypedValue> find(DataType type) {
        if (type.equals(DataTypes.IntegerType)) {
            return Optional.of(new Whole(Integer.MIN_VALUE, Integer.MAX_VALUE));
        }
        if (type.equals(DataTypes.LongType)) {
            return Optional.of(new Whole(Long.MIN_VALUE, Long.MAX_VALUE));
        }
        if (type.equals(DataTypes.DateType)) {
            return Optional.of(new Day());
        }
        return type instanceof DecimalType decimal && decimal.precision() <= Digits.MOST
                ? Optional.of(new Exact(decimal.precision(), decimal.scale()))
                : Optional.empty();
    }

    /** A whole number of at most 18 digits. */
    record Whole(long least, long greatest) implements CsvTypedValue {
        @Override
        public void put(WritableColumnVector vector, int row, byte[] bytes, int start, int length) {
            long value = Digits.parse(bytes, start, length, 0);
            if (value == Digits.NONE || value < least || value > greatest) {
                vector.putNull(row);
            } else if (greatest == Integer.MAX_VALUE) {
                vector.putInt(row, (int) value);
            } else {
                vector.putLong(row, value);
            }
        }
    }

    /** A decimal with at most its scale of digits behind the point, and at most 18 digits in all. */
    record Exact(int precision, int scale) implements CsvTypedValue {
        @Override
        public void put(WritableColumnVector vector, int row, byte[] bytes, int start, int length) {
            long unscaled = Digits.parse(bytes, start, length, scale);
            if (unscaled == Digits.NONE || Math.abs(unscaled) >= Digits.POWERS[precision]) {
                vector.putNull(row);
            } else if (precision <= 9) {
                vector.putInt(row, (int) unscaled);
            } else {
                vector.putLong(row, unscaled);
            }
        }
    }

    /** A date as ISO 8601 writes it. */
    record Day() implements CsvTypedValue {
        @Override
        public void put(WritableColumnVector vector, int row, byte[] bytes, int start, int length) {
            if (length != 10 || bytes[start + 4] != '-' || bytes[start + 7] != '-') {
                vector.putNull(row);
                return;
            }
            int year = Digits.plain(bytes, start, 4);
            int month = Digits.plain(bytes, start + 5, 2);
            int day = Digits.plain(bytes, start + 8, 2);
            if (year < 1 || month < 1 || day < 1) {
                vector.putNull(row);
                return;
            }
            try {
                vector.putInt(row, (int) LocalDate.of(year, month, day).toEpochDay());
            } catch (DateTimeException noSuchDay) {
                vector.putNull(row);
            }
        }
    }
}
