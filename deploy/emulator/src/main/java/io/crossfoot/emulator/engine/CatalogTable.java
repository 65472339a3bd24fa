package io.crossfoot.emulator.engine;

import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** A table of the Data Catalog, read as Athena reads it: the catalog's types hold, whatever the files say. */
record CatalogTable(JsonNode definition, JsonNode partitions) {
    Dataset<Row> read(SparkSession session) {
        StructType columns = schema(definition.path("StorageDescriptor").path("Columns"));
        StructType keys = schema(definition.path("PartitionKeys"));
        if (keys.isEmpty()) {
            return read(session, columns, location(definition));
        }
        List<String> names = List.of(keys.fieldNames());
        StructType whole = StructType.fromDDL(columns.isEmpty() ? keys.toDDL() : columns.toDDL() + "," + keys.toDDL());
        return StreamSupport.stream(partitions.spliterator(), false)
                .map(partition ->
                        withKeys(read(session, columns, location(partition)), names, keys, partition.path("Values")))
                .reduce(session.createDataFrame(List.of(), whole), Dataset::union);
    }

    private static Dataset<Row> withKeys(Dataset<Row> rows, List<String> names, StructType keys, JsonNode values) {
        return IntStream.range(0, names.size())
                .boxed()
                .reduce(
                        rows,
                        (frame, index) -> frame.withColumn(
                                names.get(index),
                                lit(values.path(index).asText())
                                        .cast(keys.apply(index).dataType())),
                        (left, right) -> right);
    }

    private Dataset<Row> read(SparkSession session, StructType columns, String location) {
        if (!holdsFiles(session, location)) {
            return session.createDataFrame(List.of(), columns);
        }
        DataFrameReader reader = session.read().schema(columns);
        String format = definition.path("StorageDescriptor").path("InputFormat").asText();
        String serde = serde().path("SerializationLibrary").asText();
        if (format.contains("Parquet")) {
            return reader.parquet(location);
        }
        if (format.contains("Orc")) {
            return reader.orc(location);
        }
        return serde.contains("Json")
                ? reader.json(location)
                : csv(reader, serde).csv(location);
    }

    private DataFrameReader csv(DataFrameReader reader, String serde) {
        JsonNode parameters = serde().path("Parameters");
        boolean quoted = serde.contains("OpenCSVSerde");
        String separator =
                parameters.path(quoted ? "separatorChar" : "field.delim").asText(quoted ? "," : "\u0001");
        return reader.option("sep", separator)
                .option("quote", quoted ? parameters.path("quoteChar").asText("\"") : "")
                .option(
                        "escape",
                        parameters.path(quoted ? "escapeChar" : "escape.delim").asText("\\"))
                .option("nullValue", "\\N")
                .option(
                        "header",
                        definition
                                        .path("Parameters")
                                        .path("skip.header.line.count")
                                        .asInt()
                                == 1);
    }

    private JsonNode serde() {
        return definition.path("StorageDescriptor").path("SerdeInfo");
    }

    private static String location(JsonNode holder) {
        return holder.path("StorageDescriptor").path("Location").asText();
    }

    private static boolean holdsFiles(SparkSession session, String location) {
        try {
            Path path = new Path(location);
            FileSystem files = path.getFileSystem(session.sessionState().newHadoopConf());
            return files.exists(path) && files.listStatus(path).length > 0;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static StructType schema(JsonNode columns) {
        String ddl = StreamSupport.stream(columns.spliterator(), false)
                .map(column -> "`%s` %s"
                        .formatted(
                                column.path("Name").asText(),
                                column.path("Type").asText()))
                .collect(Collectors.joining(","));
        return ddl.isEmpty() ? new StructType() : StructType.fromDDL(ddl);
    }
}
