package io.crossfoot.emulator.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;

/** A column of a result, in Athena's words. */
final class AthenaColumn {
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    private record Kind(String type, int precision, int scale) {}

    private final String name;
    private final Kind kind;

    AthenaColumn(StructField field) {
        this.name = field.name();
        this.kind = kind(field.dataType());
    }

    private static Kind kind(DataType type) {
        if (type instanceof DecimalType decimal) {
            return new Kind("decimal", decimal.precision(), decimal.scale());
        }
        return switch (type.typeName()) {
            case "byte" -> new Kind("tinyint", 3, 0);
            case "short" -> new Kind("smallint", 5, 0);
            case "integer" -> new Kind("integer", 10, 0);
            case "long" -> new Kind("bigint", 19, 0);
            case "float" -> new Kind("float", 17, 0);
            case "double" -> new Kind("double", 17, 0);
            case "string" -> new Kind("varchar", Integer.MAX_VALUE, 0);
            case "timestamp", "timestamp_ntz" -> new Kind("timestamp", 3, 0);
            case "struct" -> new Kind("row", 0, 0);
            default -> new Kind(type.typeName(), 0, 0);
        };
    }

    /** Returns the value as text; null for null. */
    String text(Row row) {
        Object value = row.get(row.fieldIndex(name));
        if (value == null) {
            return null;
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof Timestamp timestamp) {
            return TIMESTAMP.format(timestamp.toInstant());
        }
        return value.toString();
    }

    JsonNode json(ObjectMapper mapper) {
        return mapper.createObjectNode()
                .put("name", name)
                .put("type", kind.type())
                .put("precision", kind.precision())
                .put("scale", kind.scale());
    }
}
