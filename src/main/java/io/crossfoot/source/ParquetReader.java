package io.crossfoot.source;

import static org.apache.spark.sql.functions.lit;

import io.crossfoot.error.ShapeException;
import io.crossfoot.error.StorageFault;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Parquet by Spark's reader; files are read together where their schemas are the same. */
record ParquetReader(String table) implements FileReader {
    private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

    private record Footer(String schema, List<String> partitions, Map<String, String> stated) {}

    @Override
    public List<SourcePart> read(SparkSession spark, Configuration hadoop, Path base, List<InputFile> files) {
        List<Footer> footers = Parallel.map(files, file -> footer(file, hadoop));
        Map<Footer, List<InputFile>> groups = new LinkedHashMap<>();
        for (int i = 0; i < files.size(); i++) {
            groups.computeIfAbsent(footers.get(i), key -> new ArrayList<>()).add(files.get(i));
        }
        List<SourcePart> parts = new ArrayList<>();
        groups.forEach((footer, group) -> parts.add(part(spark, base, footer, group)));
        return parts;
    }

    static boolean hasMagic(InputFile file, Configuration hadoop) {
        Path path = new Path(file.path());
        try (InputStream in = path.getFileSystem(hadoop).open(path)) {
            return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
        } catch (IOException unreadable) {
            // the reader that is tried next says what is wrong
            return false;
        }
    }

    private Footer footer(InputFile file, Configuration hadoop) {
        MessageType schema = metadata(table, file, hadoop).getFileMetaData().getSchema();
        // Spark, which is asked for types only then, would say it in its own words
        Columns.requireDistinct(table, names(schema, file.partitions()), List.of(file));
        return new Footer(schema.toString(), file.partitions(), file.stated());
    }

    /** Returns the columns of a file, and those of its folders that it has not itself, as texts. */
    private static StructType names(MessageType schema, List<String> partitions) {
        StructType names = new StructType();
        for (Type field : schema.getFields()) {
            names = names.add(field.getName(), DataTypes.StringType);
        }
        for (String partition : partitions) {
            boolean isShadowing = schema.getFields().stream().map(Type::getName).anyMatch(partition::equalsIgnoreCase);
            names = isShadowing ? names : names.add(partition, DataTypes.StringType);
        }
        return names;
    }

    static ParquetMetadata metadata(String table, InputFile file, Configuration hadoop) {
        try (ParquetFileReader reader =
                ParquetFileReader.open(HadoopInputFile.fromPath(new Path(file.path()), hadoop))) {
            return reader.getFooter();
        } catch (IOException | RuntimeException damaged) {
            if (StorageFault.of(damaged) != StorageFault.OTHER) {
                throw StorageFault.reading(damaged, "read %s: %s".formatted(table, file.path()), "");
            }
            if (!hasMagic(file, hadoop)) {
                throw new ShapeException("Cannot read %s: %s is not a Parquet file; write it again or take it out"
                        .formatted(table, file.path()));
            }
            throw new ShapeException(
                    "Cannot read %s: %s is not a whole Parquet file (%s); write it again or take it out"
                            .formatted(table, file.path(), damaged.getMessage()));
        }
    }

    private SourcePart part(SparkSession spark, Path base, Footer footer, List<InputFile> files) {
        StructType inFile =
                spark.read().parquet(FileReader.literal(files.get(0))).schema();
        StructType columns = new StructType();
        for (var field : inFile.fields()) {
            boolean shadowed = footer.partitions().stream().anyMatch(field.name()::equalsIgnoreCase);
            columns = shadowed ? columns : columns.add(field);
        }
        for (String partition : footer.partitions()) {
            columns = columns.add(partition, DataTypes.StringType);
        }
        Dataset<Row> rows = FileReader.load(spark.read().format("parquet"), columns, base, files);
        return new SourcePart(
                columns,
                rows.withColumn(SourcePart.FILE, FileReader.filePath())
                        .withColumn(SourcePart.MALFORMED, lit(null).cast(DataTypes.StringType)),
                files);
    }
}
