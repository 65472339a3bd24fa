package io.crossfoot.source;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.crossfoot.error.StorageException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.io.compress.ZStandardCodec;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Reads files of one format. */
sealed interface FileReader permits CsvReader, JsonReader, ParquetReader, SparkCsvReader {
    /** The path of the file that a row comes from, as storage spells it: Spark keeps it with %20 for a blank. */
    static Column filePath() {
        return expr("url_decode(replace(_metadata.file_path, '+', '%2B'))");
    }

    /**
     * Groups files by their columns and describes how each group is read.
     *
     * @param base the folder below which {@code name=value} folders are partitions
     * @param files at least one, none of them empty
     */
    List<SourcePart> read(SparkSession spark, Configuration hadoop, Path base, List<InputFile> files);

    /** @throws StorageException when Spark's readers cannot unpack a file because a native library is missing here */
    static void requireUnpackable(String table, List<InputFile> files, Configuration hadoop) {
        CompressionCodecFactory codecs = new CompressionCodecFactory(hadoop);
        for (InputFile file : files) {
            if (codecs.getCodec(new Path(file.path())) instanceof ZStandardCodec) {
                try {
                    ZStandardCodec.checkNativeCodeLoaded();
                } catch (RuntimeException missing) {
                    throw new StorageException(
                            "Cannot read %s: %s cannot be unpacked here (%s); unpack it or pack it with gzip"
                                    .formatted(table, file.path(), missing.getMessage()),
                            missing);
                }
            }
        }
    }

    /**
     * Reads just these files.
     *
     * @param columns those of the files, and those that their folders stand for
     * @param files all with the same stated values, if any
     */
    static Dataset<Row> load(DataFrameReader reader, StructType columns, Path base, List<InputFile> files) {
        String[] paths = files.stream().map(FileReader::literal).toArray(String[]::new);
        Map<String, String> stated = files.get(0).stated();
        if (stated.isEmpty()) {
            return reader.schema(columns).option("basePath", base.toString()).load(paths);
        }
        StructType inFiles = new StructType(Stream.of(columns.fields())
                .filter(column -> !stated.containsKey(column.name()))
                .toArray(StructField[]::new));
        // so Spark leaves it to us what folders mean
        Dataset<Row> rows =
                reader.schema(inFiles).option("recursiveFileLookup", true).load(paths);
        return rows.withColumns(stated.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, value -> lit(value.getValue()).cast(DataTypes.StringType))));
    }

    /** The path of a file for Spark, which takes every path for a glob. */
    static String literal(InputFile file) {
        return LiteralPath.of(file.path());
    }
}
