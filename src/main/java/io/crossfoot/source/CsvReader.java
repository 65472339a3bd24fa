package io.crossfoot.source;

import static org.apache.spark.sql.functions.expr;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import io.crossfoot.error.ShapeException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * CSV by Spark's reader, every value a string. Spark assigns values to columns by position, so files are read together
 * only where their headers are the same.
 */
record CsvReader(String table, CsvDialect dialect) implements FileReader {
    /** What Spark takes for null: no text that stands in a file, so that a quoted empty value stays an empty text. */
    private static final String NULL = "_crossfoot_null_\u0001";

    /** What the reading of a file depends on: its header, the folders it lies in, and how its lines end. */
    private record Header(List<String> names, List<String> partitions, String lineEnd) {}

    @Override
    public List<SourcePart> read(SparkSession spark, Configuration hadoop, Path base, List<InputFile> files) {
        List<Optional<Header>> headers = Parallel.map(files, file -> header(file, hadoop));
        Map<Header, List<InputFile>> groups = new LinkedHashMap<>();
        for (int i = 0; i < files.size(); i++) {
            InputFile file = files.get(i);
            headers.get(i)
                    .ifPresent(header -> groups.computeIfAbsent(header, key -> new ArrayList<>())
                            .add(file));
        }
        List<SourcePart> parts = new ArrayList<>();
        groups.forEach((header, group) -> parts.add(part(spark, base, header, group)));
        return parts;
    }

    /** Returns the header of a file; empty when the file has no line that is not blank. */
    private Optional<Header> header(InputFile file, Configuration hadoop) {
        TextHead head = TextHead.of(table, file, hadoop);
        String text = head.text().replaceFirst("^(\\s*\\R)+", "");
        if (text.isBlank()) {
            return Optional.empty();
        }
        if (!dialect.multiline()) {
            String line = text.lines().findFirst().orElseThrow();
            if (line.length() == text.length() && !head.whole()) {
                throw new ShapeException("Cannot read %s: the first %d bytes of %s hold no line end; is it a CSV file?"
                        .formatted(table, TextHead.BYTES, file.path()));
            }
            text = line;
        }
        CsvParser parser = new CsvParser(settings());
        parser.beginParsing(new StringReader(text));
        String[] values = parser.parseNext();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            names.add(values[i] == null || values[i].isBlank() ? "column " + (i + 1) : values[i].strip());
        }
        return Optional.of(new Header(List.copyOf(names), file.partitions(), dialect.multiline() ? lineEnd(text) : ""));
    }

    /** Returns what ends the first record, line breaks inside quotes aside. */
    private static String lineEnd(String text) {
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            quoted ^= next == '"';
            if (!quoted && next == '\n') {
                return "\n";
            }
            if (!quoted && next == '\r') {
                return text.startsWith("\r\n", i) ? "\r\n" : "\r";
            }
        }
        return "\n";
    }

    private CsvParserSettings settings() {
        CsvParserSettings settings = new CsvParserSettings();
        settings.getFormat().setDelimiter(dialect.delimiter());
        settings.getFormat().setQuoteEscape('"');
        // a header may begin with #
        settings.setCommentProcessingEnabled(false);
        settings.setMaxCharsPerColumn(-1);
        settings.setMaxColumns(20_480);
        return settings;
    }

    private SourcePart part(SparkSession spark, Path base, Header header, List<InputFile> files) {
        StructType inFile = new StructType();
        StructType columns = new StructType();
        for (int i = 0; i < header.names().size(); i++) {
            String name = header.names().get(i);
            // as in Spark and Hive, the folder decides where the file has a column of the same name
            boolean shadowed = header.partitions().stream().anyMatch(name::equalsIgnoreCase);
            inFile = inFile.add(shadowed ? "_crossfoot_shadowed_" + i : name, DataTypes.StringType);
            columns = shadowed ? columns : columns.add(name, DataTypes.StringType);
        }
        for (String partition : header.partitions()) {
            inFile = inFile.add(partition, DataTypes.StringType);
            columns = columns.add(partition, DataTypes.StringType);
        }
        Columns.requireDistinct(table, columns, files);
        DataFrameReader reader = spark.read()
                .format("csv")
                .schema(inFile.add(SourcePart.MALFORMED, DataTypes.StringType))
                .option("header", true)
                .option("sep", String.valueOf(dialect.delimiter()))
                .option("escape", "\"")
                .option("nullValue", NULL)
                .option("emptyValue", "")
                .option("multiLine", dialect.multiline())
                .option("maxCharsPerColumn", -1)
                .option("mode", "PERMISSIVE")
                .option("columnNameOfCorruptRecord", SourcePart.MALFORMED)
                // else a record is not checked for columns that nobody asks for
                .option("columnPruning", false);
        if (dialect.multiline()) {
            // else Spark makes every line break inside quotes a \n
            reader = reader.option("lineSep", header.lineEnd());
        }
        Dataset<Row> rows = FileReader.load(reader, base, files);
        // unlike a metadata column, this costs nothing on rows whose file nobody asks for
        Column file = expr("url_decode(replace(regexp_replace(input_file_name(), '^file:///', 'file:/'), '+', '%2B'))");
        return new SourcePart(columns, rows.withColumn(SourcePart.FILE, file), files);
    }
}
