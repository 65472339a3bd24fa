package io.crossfoot.crawl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What the values of a JSON field look like. */
sealed interface JsonType {
    /** Returns the type as Hive spells it. */
    String hive();

    /** No value but null. */
    record Nothing() implements JsonType {
        @Override
        public String hive() {
            return "string";
        }
    }

    /** @param hive one of {@code int, bigint, double, boolean, string} */
    record Scalar(String hive) implements JsonType {}

    record Array(JsonType element) implements JsonType {
        @Override
        public String hive() {
            return "array<%s>".formatted(element.hive());
        }
    }

    record Struct(Map<String, JsonType> fields) implements JsonType {
        @Override
        public String hive() {
            return fields.entrySet().stream()
                    .map(field -> field.getKey() + ":" + field.getValue().hive())
                    .collect(Collectors.joining(",", "struct<", ">"));
        }
    }

    static JsonType of(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL, MISSING -> new Nothing();
            case BOOLEAN -> new Scalar("boolean");
            case NUMBER -> new Scalar(number(value));
            case ARRAY -> {
                JsonType element = new Nothing();
                for (JsonNode each : value) {
                    element = element.or(of(each));
                }
                yield new Array(element);
            }
            case OBJECT -> value.isEmpty() ? new Scalar("string") : struct(value);
            default -> new Scalar("string");
        };
    }

    static Struct struct(JsonNode object) {
        Map<String, JsonType> fields = new LinkedHashMap<>();
        object.properties().forEach(field -> fields.merge(field.getKey(), of(field.getValue()), JsonType::or));
        return new Struct(fields);
    }

    /** Returns a type that holds values of both. */
    default JsonType or(JsonType other) {
        if (equals(other) || other instanceof Nothing) {
            return this;
        }
        if (this instanceof Nothing) {
            return other;
        }
        if (this instanceof Array left && other instanceof Array right) {
            return new Array(left.element().or(right.element()));
        }
        if (this instanceof Struct left && other instanceof Struct right) {
            Map<String, JsonType> fields = new LinkedHashMap<>(left.fields());
            right.fields().forEach((name, type) -> fields.merge(name, type, JsonType::or));
            return new Struct(fields);
        }
        return new Scalar(wider(hive(), other.hive()));
    }

    private static String wider(String left, String right) {
        String numbers = "int bigint double";
        boolean bothNumbers = numbers.contains(left) && numbers.contains(right);
        return bothNumbers ? numbers.indexOf(left) > numbers.indexOf(right) ? left : right : "string";
    }

    private static String number(JsonNode value) {
        if (value.isInt()) {
            return "int";
        }
        if (value.isLong()) {
            return "bigint";
        }
        // a whole number that no bigint holds is a code; as a double it would lose digits
        return value.isBigInteger() ? "string" : "double";
    }
}
