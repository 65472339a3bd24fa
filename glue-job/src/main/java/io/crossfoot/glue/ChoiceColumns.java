package io.crossfoot.glue;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.crossfoot.source.Identifier;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Columns in which Glue has met several types. In a frame it gives each type a field of its own, of which one has a
 * value; here they become one text, for the contract to read.
 *
 * <pre>
 * price                            price
 * {double: 25.5, string: null}     25.5
 * {double: null, string: "n/a"}    n/a
 * </pre>
 */
final class ChoiceColumns {
    /** Beyond this, several whole numbers share one double, and nobody knows which one was meant. */
    private static final double UNAMBIGUOUS = 1L << 53;

    private static final Map<Class<? extends DataType>, Set<String>> NAMES = Map.of(
            StringType.class, Set.of("string"),
            BooleanType.class, Set.of("boolean"),
            DateType.class, Set.of("date"),
            TimestampType.class, Set.of("timestamp"));

    private static final Set<String> NUMBERS = Set.of(
            "byte", "tinyint", "short", "smallint", "int", "integer", "long", "bigint", "float", "double", "decimal");

    private ChoiceColumns() {}

    /** Returns the rows with each choice as one text; other columns stay as they are. */
    static Dataset<Row> resolve(Dataset<Row> frame) {
        Column[] columns = Arrays.stream(frame.schema().fields())
                .map(field -> isChoice(field.dataType())
                        ? text(field.name(), (StructType) field.dataType()).as(field.name())
                        : Identifier.column(field.name()))
                .toArray(Column[]::new);
        return frame.select(columns);
    }

    /** A struct of several values, each named after its own type. */
    static boolean isChoice(DataType type) {
        return type instanceof StructType struct
                && struct.length() > 1
                && Arrays.stream(struct.fields()).allMatch(ChoiceColumns::isNamedAfterItsType);
    }

    private static boolean isNamedAfterItsType(StructField field) {
        return field.dataType() instanceof NumericType
                ? NUMBERS.contains(field.name())
                : NAMES.entrySet().stream()
                        .anyMatch(type -> type.getKey().isInstance(field.dataType())
                                && type.getValue().contains(field.name()));
    }

    private static Column text(String column, StructType choice) {
        Column[] texts = Arrays.stream(choice.fields())
                .map(field ->
                        text(col(Identifier.quoted(column) + "." + Identifier.quoted(field.name())), field.dataType()))
                .toArray(Column[]::new);
        return coalesce(texts);
    }

    private static Column text(Column value, DataType type) {
        Column text = value.cast(DataTypes.StringType);
        if (!type.equals(DataTypes.DoubleType) && !type.equals(DataTypes.FloatType)) {
            return text;
        }
        // no number in any contract, so that the row is quarantined and shows what it had
        return when(abs(value).geq(UNAMBIGUOUS), concat(text, lit(" (inexact)")))
                .otherwise(text);
    }
}
