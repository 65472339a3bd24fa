package io.crossfoot.emulator.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;

/** One query: its tables become views of a session of its own, its rows two files. */
record Query(JsonNode request, ObjectMapper mapper) {
    /**
     * Runs it, and returns its columns.
     *
     * <p>{@code result.csv} is what Athena leaves in S3: all values in quotes, nulls empty. {@code rows.jsonl} holds the
     * same rows, and their header, for pages.
     */
    ArrayNode run(SparkSession session) throws IOException {
        for (JsonNode table : request.path("tables")) {
            new CatalogTable(table.path("definition"), table.path("partitions"))
                    .read(session)
                    .createOrReplaceTempView(table.path("view").asText());
        }
        Dataset<Row> result = session.sql(request.path("sql").asText());
        List<AthenaColumn> columns =
                Stream.of(result.schema().fields()).map(AthenaColumn::new).toList();
        Path folder = Path.of(request.path("folder").asText());
        try (BufferedWriter csv = Files.newBufferedWriter(folder.resolve("result.csv"));
                BufferedWriter pages = Files.newBufferedWriter(folder.resolve("rows.jsonl"))) {
            write(Stream.of(result.schema().fields()).map(StructField::name).toList(), csv, pages);
            Iterator<Row> rows = result.toLocalIterator();
            while (rows.hasNext()) {
                Row row = rows.next();
                write(columns.stream().map(column -> column.text(row)).toList(), csv, pages);
            }
        }
        ArrayNode described = mapper.createArrayNode();
        columns.forEach(column -> described.add(column.json(mapper)));
        return described;
    }

    private void write(List<String> values, BufferedWriter csv, BufferedWriter pages) throws IOException {
        ArrayNode row = mapper.createArrayNode();
        StringBuilder line = new StringBuilder();
        for (String value : values) {
            row.add(value);
            line.append(row.size() == 1 ? "" : ",");
            if (value != null) {
                line.append('"').append(value.replace("\"", "\"\"")).append('"');
            }
        }
        csv.append(line).append('\n');
        pages.append(mapper.createObjectNode().set("row", row).toString()).append('\n');
    }
}
