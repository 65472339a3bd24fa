package io.crossfoot.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.crossfoot.error.ShapeException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * JSON lines, every value the text that stands in the file. Spark's own reader takes numbers for doubles on their way
 * to a string, so {@code 0.1234567890123456789} would come out changed; hence {@link JsonLines}.
 */
record JsonReader(String table, Collection<String> expectedColumns) implements FileReader {
    /** What files must agree in to be read together. */
    private record Folders(List<String> partitions, Map<String, String> stated) {}

    @Override
    public List<SourcePart> read(SparkSession spark, Configuration hadoop, Path base, List<InputFile> files) {
        FileReader.requireUnpackable(table, files, hadoop);
        Map<String, String> sampled = new LinkedHashMap<>();
        for (Set<String> names : Parallel.map(files, file -> sample(file, hadoop))) {
            names.forEach(name -> sampled.putIfAbsent(name.toLowerCase(Locale.ROOT), name));
        }
        Map<Folders, List<InputFile>> groups = new LinkedHashMap<>();
        for (InputFile file : files) {
            groups.computeIfAbsent(new Folders(file.partitions(), file.stated()), key -> new ArrayList<>())
                    .add(file);
        }
        List<SourcePart> parts = new ArrayList<>();
        groups.forEach((folders, group) -> parts.add(part(spark, base, sampled, folders.partitions(), group)));
        return parts;
    }

    /** Returns the names in the first records of a file. */
    private Set<String> sample(InputFile file, Configuration hadoop) {
        TextHead head = TextHead.of(table, file, hadoop);
        List<String> lines = head.text().lines().filter(line -> !line.isBlank()).toList();
        // the last line may have been cut
        List<String> records = head.whole() || lines.size() < 2 ? lines : lines.subList(0, lines.size() - 1);
        if (!records.isEmpty() && records.get(0).stripLeading().startsWith("[")) {
            throw new ShapeException(
                    "Cannot read %s: %s is a JSON array; write one object a line".formatted(table, file.path()));
        }
        Set<String> names = new LinkedHashSet<>();
        boolean anyRecord = false;
        JsonFactory factory = new JsonFactory();
        for (String line : records) {
            try (JsonParser parser = factory.createParser(line)) {
                if (parser.nextToken() == JsonToken.START_OBJECT) {
                    while (parser.nextToken() == JsonToken.FIELD_NAME) {
                        names.add(parser.currentName());
                        parser.nextToken();
                        parser.skipChildren();
                    }
                    anyRecord = true;
                }
            } catch (IOException broken) {
                // a broken record is a row for quarantine; only a file without one whole record is not JSON lines
                continue;
            }
        }
        if (!anyRecord && !records.isEmpty()) {
            throw new ShapeException("Cannot read %s: no line of %s is a JSON object; write one object a line"
                    .formatted(table, file.path()));
        }
        return names;
    }

    private SourcePart part(
            SparkSession spark,
            Path base,
            Map<String, String> sampled,
            List<String> partitions,
            List<InputFile> files) {
        Map<String, String> readable = new LinkedHashMap<>(sampled);
        expectedColumns.forEach(name -> readable.putIfAbsent(name.toLowerCase(Locale.ROOT), name));
        partitions.forEach(name -> readable.remove(name.toLowerCase(Locale.ROOT)));
        StructType columns = new StructType();
        for (Map.Entry<String, String> name : sampled.entrySet()) {
            columns =
                    readable.containsKey(name.getKey()) ? columns.add(name.getValue(), DataTypes.StringType) : columns;
        }
        StructType text = new StructType().add("value", DataTypes.StringType);
        for (String partition : partitions) {
            columns = columns.add(partition, DataTypes.StringType);
            text = text.add(partition, DataTypes.StringType);
        }
        Dataset<Row> lines = FileReader.load(spark.read().format("text"), text, base, files)
                .withColumn(SourcePart.FILE, FileReader.filePath());
        JsonLines parser = new JsonLines(new ArrayList<>(readable.values()), partitions);
        return new SourcePart(columns, lines.mapPartitions(parser, Encoders.row(parser.schema())), files);
    }
}
