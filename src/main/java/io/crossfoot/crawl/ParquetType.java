package io.crossfoot.crawl;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/** The types of Parquet as Hive and Athena spell them. */
final class ParquetType {
    private ParquetType() {}

    static String hive(Type type) {
        if (type.isRepetition(Type.Repetition.REPEATED)) {
            // how old writers wrote lists
            return "array<%s>".formatted(once(type));
        }
        return once(type);
    }

    private static String once(Type type) {
        if (type.isPrimitive()) {
            return primitive(type.asPrimitiveType());
        }
        GroupType group = type.asGroupType();
        LogicalTypeAnnotation meaning = group.getLogicalTypeAnnotation();
        if (meaning instanceof ListLogicalTypeAnnotation) {
            return "array<%s>".formatted(element(group.getType(0)));
        }
        if (meaning instanceof MapLogicalTypeAnnotation) {
            List<Type> entry = group.getType(0).asGroupType().getFields();
            return "map<%s,%s>".formatted(hive(entry.get(0)), hive(entry.get(1)));
        }
        return group.getFields().stream()
                .map(field -> field.getName().toLowerCase(Locale.ROOT) + ":" + hive(field))
                .collect(Collectors.joining(",", "struct<", ">"));
    }

    /** The repeated group of a list holds its element, unless an old writer took the group for the element. */
    private static String element(Type repeated) {
        boolean wrapped = !repeated.isPrimitive() && repeated.asGroupType().getFieldCount() == 1;
        return wrapped ? hive(repeated.asGroupType().getType(0)) : once(repeated);
    }

    private static String primitive(PrimitiveType type) {
        LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
        if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
            return "decimal(%s,%s)".formatted(decimal.getPrecision(), decimal.getScale());
        }
        if (meaning instanceof DateLogicalTypeAnnotation) {
            return "date";
        }
        if (meaning instanceof TimestampLogicalTypeAnnotation) {
            return "timestamp";
        }
        if (meaning instanceof IntLogicalTypeAnnotation number && number.getBitWidth() < 32) {
            return number.getBitWidth() == 8 ? "tinyint" : "smallint";
        }
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> "boolean";
            case INT32 -> "int";
            case INT64 -> "bigint";
            case INT96 -> "timestamp";
            case FLOAT -> "float";
            case DOUBLE -> "double";
            case BINARY, FIXED_LEN_BYTE_ARRAY -> meaning == null ? "binary" : "string";
        };
    }
}
