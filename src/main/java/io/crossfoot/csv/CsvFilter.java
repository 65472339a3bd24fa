package io.crossfoot.csv;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.LiteralValue;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A condition on one column that is decided here exactly as Spark would: that it has a value, or how a whole number, a
 * decimal, a date, a time or a text compares with a constant. A row without a value passes none.
 *
 * @param operator as Spark names it
 * @param constant what is compared with, as Spark keeps values of the type; null for {@link #HAS_VALUE}
 */
record CsvFilter(String column, DataType type, String operator, Serializable constant) implements Serializable {
    private static final String HAS_VALUE = "IS_NOT_NULL";
    private static final List<String> COMPARISONS = List.of("=", "<", "<=", ">", ">=");

    /** Returns the same condition; empty when it is none of these. */
    static Optional<CsvFilter> of(Predicate predicate, CsvSpec spec) {
        Expression[] children = predicate.children();
        if (children.length == 0
                || !(children[0] instanceof NamedReference reference)
                || reference.fieldNames().length != 1) {
            return Optional.empty();
        }
        Optional<CsvSpec.Column> column = spec.columns().stream()
                .filter(found -> found.name().equals(reference.fieldNames()[0]))
                .filter(found -> found.kind() == CsvSpec.Kind.VALUE)
                .findFirst();
        if (column.isEmpty()) {
            return Optional.empty();
        }
        DataType type = column.get().dataType();
        String name = column.get().name();
        if (predicate.name().equals(HAS_VALUE)) {
            return Optional.of(new CsvFilter(name, type, HAS_VALUE, null));
        }
        boolean compares = COMPARISONS.contains(predicate.name())
                && children.length == 2
                && children[1] instanceof LiteralValue<?> literal
                && literal.dataType().equals(type)
                && isComparable(type)
                && literal.value() instanceof Serializable;
        return compares
                ? Optional.of(new CsvFilter(
                        name, type, predicate.name(), (Serializable) ((LiteralValue<?>) children[1]).value()))
                : Optional.empty();
    }

    boolean holds(ColumnVector vector, int row) {
        if (vector.isNullAt(row)) {
            return false;
        }
        return switch (operator) {
            case HAS_VALUE -> true;
            case "=" -> compare(vector, row) == 0;
            case "<" -> compare(vector, row) < 0;
            case "<=" -> compare(vector, row) <= 0;
            case ">" -> compare(vector, row) > 0;
            default -> compare(vector, row) >= 0;
        };
    }

    private static boolean isComparable(DataType type) {
        return type instanceof ByteType
                || type instanceof ShortType
                || type instanceof IntegerType
                || type instanceof LongType
                || type instanceof DateType
                || type instanceof TimestampType
                || type instanceof TimestampNTZType
                || type instanceof DecimalType
                || type.equals(DataTypes.StringType);
    }

    private int compare(ColumnVector vector, int row) {
        if (type instanceof DecimalType decimal) {
            return vector.getDecimal(row, decimal.precision(), decimal.scale()).compare((Decimal) constant);
        }
        if (constant instanceof UTF8String text) {
            return vector.getUTF8String(row).compareTo(text);
        }
        return Long.compare(number(vector, row), ((Number) constant).longValue());
    }

    private long number(ColumnVector vector, int row) {
        if (type instanceof ByteType) {
            return vector.getByte(row);
        }
        if (type instanceof ShortType) {
            return vector.getShort(row);
        }
        return type instanceof IntegerType || type instanceof DateType ? vector.getInt(row) : vector.getLong(row);
    }
}
