package io.crossfoot.source;

import io.crossfoot.csv.CsvDialect;
import io.crossfoot.csv.CsvSpec;
import io.crossfoot.csv.CsvSpec.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * CSV by {@link CsvDataSource}. Files are read together where their headers are the same; each value comes as its text
 * and, where its type is known, as a typed twin.
 *
 * @param columns what the values of a line are called where files have no header
 */
record CsvReader(String table, CsvDialect dialect, Optional<List<String>> columns, StructType expected)
        implements FileReader {
    /** What the columns of a file depend on: its header and the folders it lies in. */
    private record Header(List<String> names, List<String> partitions) {}

    @Override
    public List<SourcePart> read(SparkSession spark, Configuration hadoop, Path base, List<InputFile> files) {
        Map<Header, List<CsvFile>> groups = new LinkedHashMap<>();
        Parallel.map(files, file -> CsvFile.of(table, file, columns, dialect, hadoop)).stream()
                .flatMap(Optional::stream)
                .forEach(file -> groups.computeIfAbsent(
                                new Header(file.names(), file.file().partitions()), key -> new ArrayList<>())
                        .add(file));
        List<SourcePart> parts = new ArrayList<>();
        groups.forEach((header, group) -> parts.add(part(spark, hadoop, header, group)));
        return parts;
    }

    private SourcePart part(SparkSession spark, Configuration hadoop, Header header, List<CsvFile> group) {
        StructType columns = new StructType();
        List<CsvSpec.Column> read = new ArrayList<>();
        for (int i = 0; i < header.names().size(); i++) {
            String name = header.names().get(i);
            // as in Spark and Hive, the folder decides where the file has a column of the same name
            if (header.partitions().stream().noneMatch(name::equalsIgnoreCase)) {
                columns = columns.add(name, DataTypes.StringType);
                read.add(CsvSpec.Column.ofValue(name, DataTypes.StringType, true, i));
                int value = i;
                type(name)
                        .map(type -> CsvSpec.Column.ofValue(SourcePart.TYPED + name, type, true, value))
                        .ifPresent(read::add);
            }
        }
        for (String partition : header.partitions()) {
            columns = columns.add(partition, DataTypes.StringType);
            read.add(CsvSpec.Column.of(partition, Kind.PARTITION));
        }
        List<InputFile> files = group.stream().map(CsvFile::file).toList();
        Columns.requireDistinct(table, columns, files);
        read.add(CsvSpec.Column.of(SourcePart.FILE, Kind.FILE));
        read.add(CsvSpec.Column.of(SourcePart.OFFSET, Kind.OFFSET));
        read.add(CsvSpec.Column.of(SourcePart.MALFORMED, Kind.MALFORMED));
        CsvSpec spec = new CsvSpec(
                table,
                Advice.onLineBreaks(table),
                dialect,
                CsvSpec.Misfits.NULL,
                read,
                read.stream().map(CsvSpec.Column::name).toList(),
                List.of(layout(header.names().size())),
                group.stream().map(file -> file.input(0, hadoop)).toList());
        return new SourcePart(
                columns,
                spark.read()
                        .format(CsvDataSource.class.getName())
                        .option(CsvSpec.OPTION, spec.toJson())
                        .load(),
                files);
    }

    /** Every value of a record, at its own place. */
    private static CsvSpec.Layout layout(int width) {
        return new CsvSpec.Layout(width, IntStream.range(0, width).boxed().toList());
    }

    /** Returns the type that is wanted of a column, if it is not text. */
    private Optional<DataType> type(String column) {
        return Stream.of(expected.fields())
                .filter(field -> field.name().equalsIgnoreCase(column))
                .map(StructField::dataType)
                .filter(type -> !type.equals(DataTypes.StringType) && CsvSpec.reads(type))
                .findFirst();
    }
}
