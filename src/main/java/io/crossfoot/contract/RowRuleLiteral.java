package io.crossfoot.contract;

import static org.apache.spark.sql.functions.lit;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/** A value written in a rule. */
sealed interface RowRuleLiteral {
    /** Returns this as a value of the type; empty when no value of the type equals it. */
    Optional<Column> as(DataType type);

    /** Says why this cannot be compared with the type, if so, as the end of a sentence. */
    Optional<String> misfit(DataType type);

    /** A literal that others come before and after. What it returns may be null where {@code value} is. */
    sealed interface Ordered extends RowRuleLiteral {
        /** Returns whether {@code value} comes before this. */
        Column isAbove(Column value, DataType type);

        /** Returns whether {@code value} comes before this or equals it. */
        Column isAtLeast(Column value, DataType type);
    }

    /**
     * A number, of any size and scale. It is rounded to the column's scale in the direction that leaves every answer as
     * it was ({@code quantity < 2.5} asks the same of whole numbers as {@code quantity < 3}); so Spark compares two values
     * of one type, and has nothing to widen and round by itself.
     */
    record Number(BigDecimal number) implements Ordered {
        private static final Map<DataType, Integer> BITS = Map.of(
                DataTypes.ByteType, 7, DataTypes.ShortType, 15, DataTypes.IntegerType, 31, DataTypes.LongType, 63);

        @Override
        public Optional<Column> as(DataType type) {
            BigDecimal rounded = rounded(type, RoundingMode.FLOOR);
            return rounded.compareTo(number) == 0 && isWithin(rounded, type)
                    ? Optional.of(lit(rounded).cast(type))
                    : Optional.empty();
        }

        @Override
        public Column isAbove(Column value, DataType type) {
            BigDecimal bound = rounded(type, RoundingMode.CEILING);
            return isWithin(bound, type) ? value.lt(lit(bound).cast(type)) : lit(number.signum() > 0);
        }

        @Override
        public Column isAtLeast(Column value, DataType type) {
            BigDecimal bound = rounded(type, RoundingMode.FLOOR);
            return isWithin(bound, type) ? value.leq(lit(bound).cast(type)) : lit(number.signum() > 0);
        }

        @Override
        public Optional<String> misfit(DataType type) {
            if (type.equals(DataTypes.DoubleType) || type.equals(DataTypes.FloatType)) {
                return Optional.of("its values are not exact; make it a DECIMAL");
            }
            return BITS.containsKey(type) || type instanceof DecimalType
                    ? Optional.empty()
                    : Optional.of(number.toPlainString() + " is a number");
        }

        private BigDecimal rounded(DataType type, RoundingMode mode) {
            return number.setScale(type instanceof DecimalType ? ((DecimalType) type).scale() : 0, mode);
        }

        private static boolean isWithin(BigDecimal number, DataType type) {
            BigInteger digits = number.unscaledValue();
            return type instanceof DecimalType
                    ? digits.abs().compareTo(BigInteger.TEN.pow(((DecimalType) type).precision())) < 0
                    : digits.bitLength() <= BITS.get(type);
        }
    }

    /** A calendar day, the same in every time zone. */
    record Day(LocalDate day) implements Ordered {
        @Override
        public Optional<Column> as(DataType type) {
            return Optional.of(lit(day));
        }

        @Override
        public Column isAbove(Column value, DataType type) {
            return value.lt(lit(day));
        }

        @Override
        public Column isAtLeast(Column value, DataType type) {
            return value.leq(lit(day));
        }

        @Override
        public Optional<String> misfit(DataType type) {
            if (type.equals(DataTypes.TimestampType)) {
                return Optional.of("which day a TIMESTAMP falls on depends on the time zone; make it a DATE");
            }
            return type.equals(DataTypes.DateType) ? Optional.empty() : Optional.of("\"%s\" is a date".formatted(day));
        }
    }

    /** A string, compared by its code points. */
    record Text(String string) implements RowRuleLiteral {
        @Override
        public Optional<Column> as(DataType type) {
            return Optional.of(lit(string));
        }

        @Override
        public Optional<String> misfit(DataType type) {
            return type.equals(DataTypes.StringType)
                    ? Optional.empty()
                    : Optional.of("\"%s\" is a string".formatted(string));
        }
    }
}
