package io.crossfoot.crawl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfoot.catalog.CatalogTable;
import io.crossfoot.catalog.TableStorage;
import io.crossfoot.error.ShapeException;
import io.crossfoot.source.InputFile;
import io.crossfoot.source.TextHead;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What files of JSON lines look like: the union of the fields of their first records. */
final class JsonInference {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JsonInference() {}

    /** @throws ShapeException when a file has no line that is a JSON object */
    static Inferred of(String table, Map<InputFile, TextHead> heads) {
        JsonType.Struct record = new JsonType.Struct(Map.of());
        long rows = 0;
        long bytes = 0;
        boolean measurable = true;
        for (Map.Entry<InputFile, TextHead> head : heads.entrySet()) {
            List<String> lines = lines(head.getValue());
            List<JsonType.Struct> records = records(lines);
            if (records.isEmpty() && !lines.isEmpty()) {
                throw new ShapeException("Cannot read %s: no line of %s is a JSON object; write one object a line"
                        .formatted(table, head.getKey().path()));
            }
            for (JsonType.Struct found : records) {
                record = (JsonType.Struct) record.or(found);
            }
            rows += records.size();
            boolean whole = head.getValue().whole();
            measurable &= whole || !Compression.of(head.getKey()).isPacked();
            bytes += whole
                    ? head.getKey().bytes()
                    : lines.stream()
                            .mapToLong(line -> 1 + line.getBytes(StandardCharsets.UTF_8).length)
                            .sum();
        }
        LinkedHashMap<String, JsonType> types = new LinkedHashMap<>();
        LinkedHashMap<String, String> fields = new LinkedHashMap<>();
        record.fields().forEach((field, type) -> {
            types.merge(field.toLowerCase(Locale.ROOT), type, JsonType::or);
            fields.putIfAbsent(field.toLowerCase(Locale.ROOT), field);
        });
        LinkedHashMap<String, String> hive = new LinkedHashMap<>();
        types.forEach((name, type) -> hive.put(name, type.hive()));
        return new Inferred(
                TableStorage.jsonLines(fields),
                Inferred.columns(hive),
                Map.of(CatalogTable.CLASSIFICATION, "json"),
                rows,
                measurable ? bytes : 0,
                List.of());
    }

    private static List<String> lines(TextHead head) {
        List<String> lines = head.text().lines().filter(line -> !line.isBlank()).toList();
        // the last line may have been cut
        return head.whole() || lines.isEmpty() ? lines : lines.subList(0, lines.size() - 1);
    }

    private static List<JsonType.Struct> records(List<String> lines) {
        List<JsonType.Struct> records = new ArrayList<>();
        for (String line : lines) {
            try {
                JsonNode value = JSON.readTree(line);
                if (value.isObject()) {
                    records.add(JsonType.struct(value));
                }
            } catch (JsonProcessingException broken) {
                // one row for quarantine says nothing about the table
                continue;
            }
        }
        return records;
    }
}
