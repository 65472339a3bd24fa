package io.crossfoot.emulator.athena;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.http.Call;
import io.crossfoot.emulator.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;

/** Rows of a result as GetQueryResults returns them: of the first page, the first row holds the columns' names. */
final class ResultPage {
    private static final int LARGEST_PAGE = 1_000;

    private ResultPage() {}

    static ObjectNode of(Call call, Execution execution) {
        int size = call.number("MaxResults", 1, LARGEST_PAGE).orElse(LARGEST_PAGE);
        long from = start(call);
        List<String> lines = lines(execution, from, size + 1L);
        ObjectNode answer = Json.object().put("UpdateCount", 0);
        ArrayNode rows = answer.putObject("ResultSet").putArray("Rows");
        lines.stream().limit(size).forEach(line -> addRow(rows, line));
        ArrayNode columns =
                answer.withObject("/ResultSet").putObject("ResultSetMetadata").putArray("ColumnInfo");
        execution.columns().forEach(column -> columns.add(info(column)));
        if (lines.size() > size) {
            answer.put("NextToken", Long.toString(from + size));
        }
        return answer;
    }

    private static long start(Call call) {
        String token = call.text("NextToken").orElse("0");
        if (!token.matches("\\d{1,15}")) {
            throw call.invalid("NextToken '%s' is not one that an earlier page gave".formatted(token));
        }
        return Long.parseLong(token);
    }

    private static List<String> lines(Execution execution, long from, long count) {
        try (Stream<String> all = Files.lines(execution.folder().resolve("rows.jsonl"))) {
            return all.skip(from).limit(count).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void addRow(ArrayNode rows, String line) {
        ArrayNode data = rows.addObject().putArray("Data");
        for (JsonNode value : Json.parse(line.getBytes(StandardCharsets.UTF_8)).path("row")) {
            ObjectNode datum = data.addObject();
            if (!value.isNull()) {
                datum.put("VarCharValue", value.asText());
            }
        }
    }

    private static ObjectNode info(JsonNode column) {
        return Json.object()
                .put("CatalogName", "hive")
                .put("SchemaName", "")
                .put("TableName", "")
                .put("Name", column.path("name").asText())
                .put("Label", column.path("name").asText())
                .put("Type", column.path("type").asText())
                .put("Precision", column.path("precision").asInt())
                .put("Scale", column.path("scale").asInt())
                .put("Nullable", "UNKNOWN")
                .put("CaseSensitive", column.path("type").asText().equals("varchar"));
    }
}
