package io.crossfoot.source;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.crossfoot.csv.CsvDialect;
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
 * CSV by Spark's reader, every value a string: for the case that the other one should fail somewhere. Spark assigns values
 * to columns by position, so files are read together only where their headers are the same.
 *
 * <p>It does not see whether a quote is closed, nor whether a text that stands for null was quoted.
 *
 * @param columns what the values of a line are called where files have no header
 */
record SparkCsvReader(String table, CsvDialect dialect, Optional<List<String>> columns) implements FileReader {
    /** What Spark takes for null: no text that stands in a file, so that a quoted empty value stays an empty text. */
    private static final String NULL = "_crossfoot_null_\u0001";

    /** What the reading of a file depends on: its header, the folders it lies in, and how its lines end. */
    private record Header(List<String> names, List<String> partitions, Map<String, String> stated, String lineEnd) {}

    @Override
    public List<SourcePart> read(SparkSession spark, Configuration hadoop, Path base, List<InputFile> files) {
        FileReader.requireUnpackable(table, files, hadoop);
        Map<Header, List<InputFile>> groups = new LinkedHashMap<>();
        Parallel.map(files, file -> CsvFile.of(table, file, columns, dialect, hadoop)).stream()
                .flatMap(Optional::stream)
                .forEach(file -> groups.computeIfAbsent(header(file, hadoop), key -> new ArrayList<>())
                        .add(file.file()));
        List<SourcePart> parts = new ArrayList<>();
        groups.forEach((header, group) -> parts.add(part(spark, base, header, group)));
        return parts;
    }

    private Header header(CsvFile file, Configuration hadoop) {
        String lineEnd = "";
        if (readsWhole()) {
            String text = TextHead.of(table, file.file(), dialect, hadoop).text();
            lineEnd = lineEnd(text.replaceFirst("^(\\s*\\R)+", ""));
        }
        return new Header(file.names(), file.file().partitions(), file.file().stated(), lineEnd);
    }

    /** Returns what ends the first record, line breaks inside quotes aside. */
    private String lineEnd(String text) {
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            quoted ^= next == dialect.quote();
            if (!quoted && next == '\n') {
                return "\n";
            }
            if (!quoted && next == '\r') {
                return text.startsWith("\r\n", i) ? "\r\n" : "\r";
            }
        }
        return "\n";
    }

    /** Spark finds lines among bytes, and line ends of these charsets are no single bytes. */
    private boolean readsWhole() {
        return dialect.lineBreaks() == CsvDialect.LineBreaks.QUOTED
                || dialect.charset().startsWith("UTF-16")
                || dialect.charset().startsWith("UTF-32");
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
        Dataset<Row> rows = FileReader.load(
                reader(spark, header.lineEnd()), inFile.add(SourcePart.MALFORMED, DataTypes.StringType), base, files);
        for (String name : header.names()) {
            if (!dialect.nulls().isEmpty() && header.partitions().stream().noneMatch(name::equalsIgnoreCase)) {
                Column value = Identifier.column(name);
                rows = rows.withColumn(name, when(not(value.isin(dialect.nulls().toArray())), value));
            }
        }
        // unlike a metadata column, this costs nothing on rows whose file nobody asks for
        Column file = expr("url_decode(replace(input_file_name(), '+', '%2B'))");
        return new SourcePart(columns, rows.withColumn(SourcePart.FILE, file), files);
    }

    private DataFrameReader reader(SparkSession spark, String lineEnd) {
        DataFrameReader reader = spark.read()
                .format("csv")
                .option("header", columns.isEmpty())
                .option("sep", String.valueOf(dialect.delimiter()))
                .option("quote", dialect.quote() == CsvDialect.NO_QUOTE ? "" : String.valueOf(dialect.quote()))
                .option("escape", String.valueOf(dialect.quote()))
                .option("encoding", dialect.charset())
                .option("nullValue", NULL)
                .option("emptyValue", "")
                .option("multiLine", readsWhole())
                .option("maxCharsPerColumn", -1)
                .option("mode", "PERMISSIVE")
                .option("columnNameOfCorruptRecord", SourcePart.MALFORMED)
                // else a record is not checked for columns that nobody asks for
                .option("columnPruning", false);
        // else Spark makes every line break inside quotes a \n
        return readsWhole() ? reader.option("lineSep", lineEnd) : reader;
    }
}
