package io.crossfoot.source;

import io.crossfoot.error.ShapeException;
import io.crossfoot.source.CsvSpec.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * CSV by {@link CsvDataSource}. Files are read together where their headers are the same; each value comes as its text
 * and, where its type is known and usual, as a typed twin.
 *
 * @param names what the values of a line are called where files have no header
 */
record CsvReader(String table, CsvDialect dialect, Optional<List<String>> names, StructType expected)
        implements FileReader {
    /** What the columns of a file depend on: its header and the folders it lies in. */
    private record Header(List<String> names, List<String> partitions) {}

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
        groups.forEach((header, group) -> parts.add(part(spark, hadoop, header, group)));
        return parts;
    }

    /** Returns the header of a file; empty when the file has no line that is not blank. */
    private Optional<Header> header(InputFile file, Configuration hadoop) {
        if (names.isPresent()) {
            return Optional.of(new Header(names.get(), file.partitions()));
        }
        TextHead head = TextHead.of(table, file, hadoop);
        byte[] text = head.text().getBytes(StandardCharsets.UTF_8);
        CsvRecord record = new CsvRecord(dialect);
        int start = 0;
        int end;
        do {
            while (start < text.length && (text[start] == '\n' || text[start] == '\r')) {
                start++;
            }
            if (start == text.length) {
                return Optional.empty();
            }
            end = record.parse(text, start, text.length, head.whole());
            start = end;
        } while (end != CsvRecord.MORE && record.isBlank(text));
        if (end == CsvRecord.MORE) {
            throw new ShapeException("Cannot read %s: the first %d bytes of %s hold no line end; is it a CSV file?"
                    .formatted(table, TextHead.BYTES, file.path()));
        }
        if (record.isBroken()) {
            throw new ShapeException(
                    "Cannot read %s: a quote in the header of %s is not closed, or not followed by '%s'; mend it"
                            .formatted(table, file.path(), dialect.delimiter()));
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < record.size(); i++) {
            byte[] bytes = record.hasDoubledQuotes(i)
                    ? record.undouble(text, i)
                    : Arrays.copyOfRange(text, record.start(i), record.start(i) + record.length(i));
            String name = new String(bytes, StandardCharsets.UTF_8).strip();
            names.add(name.isEmpty() ? "column " + (i + 1) : name);
        }
        return Optional.of(new Header(List.copyOf(names), file.partitions()));
    }

    private SourcePart part(SparkSession spark, Configuration hadoop, Header header, List<InputFile> files) {
        StructType columns = new StructType();
        List<CsvSpec.Column> read = new ArrayList<>();
        for (int i = 0; i < header.names().size(); i++) {
            String name = header.names().get(i);
            // as in Spark and Hive, the folder decides where the file has a column of the same name
            if (header.partitions().stream().noneMatch(name::equalsIgnoreCase)) {
                columns = columns.add(name, DataTypes.StringType);
                read.add(new CsvSpec.Column(name, Kind.TEXT, i, "STRING"));
                int position = i;
                type(name)
                        .map(type -> new CsvSpec.Column(SourcePart.TYPED + name, Kind.TYPED, position, type))
                        .ifPresent(read::add);
            }
        }
        for (String partition : header.partitions()) {
            columns = columns.add(partition, DataTypes.StringType);
            read.add(new CsvSpec.Column(partition, Kind.PARTITION, -1, "STRING"));
        }
        Columns.requireDistinct(table, columns, files);
        read.add(new CsvSpec.Column(SourcePart.FILE, Kind.FILE, -1, "STRING"));
        read.add(new CsvSpec.Column(SourcePart.MALFORMED, Kind.MALFORMED, -1, "STRING"));
        CompressionCodecFactory codecs = new CompressionCodecFactory(hadoop);
        List<CsvSpec.Input> inputs = files.stream()
                .map(file -> new CsvSpec.Input(
                        file.path(),
                        file.bytes(),
                        codecs.getCodec(new Path(file.path())) != null,
                        PartitionFolders.values(file)))
                .toList();
        CsvSpec spec = new CsvSpec(
                table,
                dialect.delimiter(),
                dialect.lineBreaks(),
                names.isEmpty(),
                header.names().size(),
                read,
                inputs);
        return new SourcePart(
                columns,
                spark.read()
                        .format(CsvDataSource.class.getName())
                        .option(CsvSpec.OPTION, spec.toJson())
                        .load(),
                files);
    }

    /** Returns the type that is wanted of a column, as DDL, if bytes are read as it. */
    private Optional<String> type(String column) {
        return Arrays.stream(expected.fields())
                .filter(field -> field.name().equalsIgnoreCase(column))
                .map(StructField::dataType)
                .filter(CsvTypedValue::exists)
                .map(type -> type.sql())
                .findFirst();
    }
}
