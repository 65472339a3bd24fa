package io.crossfoot.contract;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import io.crossfoot.source.Identifier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * The value of a source column in the type of its contract, or null where it has none: a conversion is exact or it does
 * not take place. It does not depend on ANSI mode, time zone or locale.
 *
 * <pre>
 * text     INT     DECIMAL(12,2)  DATE
 * "2"      2       2.00           -
 * "2.0"    2       2.00           -
 * "2.5"    -       2.50           -
 * "1e3"    1000    1000.00        -
 * "0.005"  -       -              -
 * "NaN"    -       -              -
 * </pre>
 */
final class Conversion {
    private static final String WHOLE_NUMBER = "^\\s*[+-]?[0-9]+\\s*$";
    private static final String PLAIN_NUMBER =
            "^\\s*[+-]?([0-9]+(\\.[0-9]{0,%1$s}0*)?|\\.(?=[0-9])[0-9]{0,%1$s}0*)\\s*$";
    private static final String NUMBER = "^\\s*[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?\\s*$";
    private static final String FRACTION = "\\.([0-9]*?)0*([eE]|\\s*$)";
    private static final String EXPONENT = "[eE]([+-]?[0-9]+)";
    private static final String ISO_DATE = "^\\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\\s*$";
    private static final String ISO_TIME =
            "^\\s*[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,6}0*)?)?";
    private static final String ZONE = "(Z|[+-][0-9]{2}:?[0-9]{2})\\s*$";

    private Conversion() {}

    /** Returns whether values of one type can be converted to another at all. */
    static boolean isPossible(DataType from, DataType to) {
        return from.equals(to)
                || from instanceof StringType
                || (from instanceof NumericType && to instanceof NumericType)
                || (to instanceof StringType && hasOneText(from))
                || (from instanceof DateType && to instanceof TimestampNTZType);
    }

    private static boolean hasOneText(DataType from) {
        boolean wholeNumber = from instanceof DecimalType decimal
                ? decimal.scale() == 0
                : from instanceof NumericType && !isFloating(from);
        return wholeNumber || from instanceof DateType || from.equals(DataTypes.BooleanType);
    }

    /** Returns the converted value of column {@code name}: null where the source is null or does not convert exactly. */
    static Column value(String name, DataType from, DataType to) {
        if (from.equals(to)) {
            return isFloating(to) ? finite(Identifier.column(name)) : Identifier.column(name);
        }
        if (from instanceof StringType) {
            return fromText(Identifier.quoted(name), to);
        }
        if (from.equals(DataTypes.DoubleType) || from.equals(DataTypes.FloatType)) {
            // its shortest text, which is what was meant: 999.99, not 999.990000000000009...;
            // beyond 2^53 (float: 2^24) whole numbers share one double, so nobody knows which one was meant
            double unambiguous = Math.scalb(1.0, from.equals(DataTypes.DoubleType) ? 53 : 24);
            Column value = fromText("CAST(%s AS STRING)".formatted(Identifier.quoted(name)), to);
            return isFloating(to) ? value : when(abs(Identifier.column(name)).lt(unambiguous), value);
        }
        if (from instanceof NumericType && to instanceof NumericType) {
            Column there = tryCast(Identifier.quoted(name), to);
            Column back =
                    expr("try_cast(try_cast(%s AS %s) AS %s)".formatted(Identifier.quoted(name), to.sql(), from.sql()));
            return when(back.equalTo(Identifier.column(name)), there);
        }
        return tryCast(Identifier.quoted(name), to);
    }

    /** Returns whether the source has no value to convert: null, or blank text where text is not what is wanted. */
    static Column isMissing(String name, DataType from, DataType to) {
        Column isNull = Identifier.column(name).isNull();
        return from instanceof StringType && !(to instanceof StringType)
                ? isNull.or(trim(Identifier.column(name)).equalTo(""))
                : isNull;
    }

    private static Column fromText(String text, DataType to) {
        Column value = expr(text);
        if (to instanceof DecimalType decimal) {
            return exactDecimal(text, decimal.scale(), tryCast(text, to));
        }
        if (isFloating(to)) {
            return when(value.rlike(NUMBER), finite(tryCast(text, to)));
        }
        if (to instanceof NumericType) {
            Column whole = expr("try_cast(try_cast(%s AS DECIMAL(38,0)) AS %s)".formatted(text, to.sql()));
            Column exact = when(value.rlike(WHOLE_NUMBER), tryCast(text, to)).otherwise(exactDecimal(text, 0, whole));
            return coalesce(when(hasBareEnds(value), tryCast(text, to)), exact);
        }
        if (to instanceof DateType) {
            return when(value.rlike(ISO_DATE), tryCast(text, to));
        }
        if (to instanceof TimestampType) {
            // Spark wants the seconds where a zone follows
            String whole = "regexp_replace(%s, '([T ][0-9]{2}:[0-9]{2})([-+Z])', '$1:00$2')".formatted(text);
            return when(value.rlike(ISO_TIME + ZONE), tryCast(whole, to));
        }
        if (to instanceof TimestampNTZType) {
            return when(value.rlike(ISO_TIME + "\\s*$"), tryCast(text, to));
        }
        return tryCast(text, to);
    }

    /**
     * Begins with a digit, a sign or the like and ends with a digit. What Spark's cast to a whole number then accepts is
     * one, for the cast takes no dot and no exponent, and there is nothing around it that it could strip.
     */
    private static Column hasBareEnds(Column text) {
        return text.between("+", "9~").and(text.substr(-1, 1).between("0", "9"));
    }

    /** Spark rounds text to the scale of a decimal; so no digit may be left to round. */
    private static Column exactDecimal(String text, int scale, Column cast) {
        Column value = expr(text);
        return when(value.rlike(PLAIN_NUMBER.formatted(scale)), cast)
                .when(value.rlike(NUMBER).and(decimals(value).leq(scale)), cast);
    }

    private static Column decimals(Column text) {
        Column exponent = regexp_extract(text, EXPONENT, 1);
        return length(regexp_extract(text, FRACTION, 1))
                .minus(when(exponent.equalTo(""), lit(0)).otherwise(exponent.cast("int")));
    }

    /** NaN and the infinities are no numbers; in Spark's order NaN stands above both. */
    private static Column finite(Column value) {
        return when(abs(value).lt(Double.POSITIVE_INFINITY), value);
    }

    private static Column tryCast(String expression, DataType to) {
        return expr("try_cast(%s AS %s)".formatted(expression, to.sql()));
    }

    private static boolean isFloating(DataType type) {
        return type.equals(DataTypes.DoubleType) || type.equals(DataTypes.FloatType);
    }
}
