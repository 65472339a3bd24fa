package io.crossfoot.quality;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.corr;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.stddev_pop;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.crossfoot.source.Identifier;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.NumericType;

/** What can be computed of rows while they pass. A null value is left out; a share of nothing is 1. */
sealed interface Aggregate {
    /** Returns the number, which is null when there is none. */
    Column of(List<String> columns, List<DataType> types, Among among);

    /** Says why values of a type have no such number, if so, as the end of a sentence. */
    default Optional<String> misfit(DataType type) {
        return Optional.empty();
    }

    /** How many rows. */
    record Rows() implements Aggregate {
        @Override
        public Column of(List<String> columns, List<DataType> types, Among among) {
            return count(among.of(lit(1)));
        }
    }

    /** The share of rows that have a value. */
    record Completeness() implements Aggregate {
        @Override
        public Column of(List<String> columns, List<DataType> types, Among among) {
            return share(Identifier.column(columns.get(0)).isNotNull(), among.of(lit(1)));
        }
    }

    /** A statistic of numbers. */
    enum Statistic implements Aggregate {
        MEAN,
        SUM,
        STANDARD_DEVIATION,
        CORRELATION;

        @Override
        public Column of(List<String> columns, List<DataType> types, Among among) {
            Column value = among.of(Identifier.column(columns.get(0)));
            Column approximate = value.cast("double");
            return switch (this) {
                case MEAN -> avg(approximate);
                case SUM -> sum(exact(value, types.get(0)));
                case STANDARD_DEVIATION -> stddev_pop(approximate);
                case CORRELATION ->
                    corr(approximate, Identifier.column(columns.get(1)).cast("double"));
            };
        }

        /** Whole numbers are added as decimals, which do not overflow. */
        private static Column exact(Column value, DataType type) {
            boolean whole = type instanceof NumericType
                    && !(type instanceof DecimalType)
                    && !type.equals(DataTypes.DoubleType)
                    && !type.equals(DataTypes.FloatType);
            return whole ? value.cast("decimal(20,0)") : value;
        }

        @Override
        public Optional<String> misfit(DataType type) {
            return type instanceof NumericType ? Optional.empty() : Optional.of("only numbers can be computed with");
        }
    }

    /** How old the oldest or the newest value is, in hours. */
    record Age(End end, Instant now) implements Aggregate {
        /** Which value. */
        enum End {
            OLDEST,
            NEWEST
        }

        @Override
        public Column of(List<String> columns, List<DataType> types, Among among) {
            Column value = among.of(Identifier.column(columns.get(0)));
            Column extreme = end == End.OLDEST ? min(value) : max(value);
            // a day begins at midnight UTC, whatever the session's zone is
            Column seconds = types.get(0).equals(DataTypes.DateType)
                    ? org.apache.spark.sql.functions.unix_date(extreme).multiply(86_400L)
                    : extreme.cast("long");
            return lit(now.getEpochSecond()).minus(seconds).divide(3600.0);
        }

        @Override
        public Optional<String> misfit(DataType type) {
            return type.equals(DataTypes.DateType) || type.equals(DataTypes.TimestampType)
                    ? Optional.empty()
                    : Optional.of("only a DATE or a TIMESTAMP has an age");
        }
    }

    /** The share of values that can be read as a type. */
    record Readable(String type) implements Aggregate {
        @Override
        public Column of(List<String> columns, List<DataType> types, Among among) {
            Column value = among.of(Identifier.column(columns.get(0)));
            Column read = expr("try_cast(CAST(%s AS STRING) AS %s)".formatted(Identifier.quoted(columns.get(0)), type));
            return share(read.isNotNull(), value);
        }
    }

    /**
     * The share of rows for which something holds, of those for which {@code counted} is not null. An average of ones and
     * zeros, as an observed aggregate evaluates each count of a quotient by itself, and a row for each.
     */
    static Column share(Column holds, Column counted) {
        return coalesce(avg(when(counted.isNotNull(), when(holds, lit(1.0)).otherwise(lit(0.0)))), lit(1.0));
    }
}
