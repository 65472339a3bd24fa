package io.crossfoot.source;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.crossfoot.storage.Storage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Rows that a run has set apart, from its quarantine: every value the text that stands there, the file and the offset
 * those of the source that the row came from.
 *
 * <pre>
 * table | source_file | source_offset | row                   order_id | quantity | _crossfoot_file | _crossfoot_offset
 * sales | a.csv       | 149           | {"order_id":"2003",…  2003     | 2.5      | a.csv           | 149
 * sales | a.csv       | 201           | 2004,Pen              null     | null     | a.csv           | 201, and malformed
 * </pre>
 *
 * A row that could not be taken apart has no columns until its text is an object of JSON.
 *
 * @param table which of the quarantined rows
 * @param folder the quarantine
 * @param columns the columns that the source had, and their types there; columns that no contract names keep theirs
 */
public record QuarantineSource(String table, String folder, StructType columns) implements Source {
    private static final StructType LINES =
            StructType.fromDDL("`table` STRING, source_file STRING, source_offset STRING, row STRING");

    @Override
    public SourceTable open(SparkSession spark, StructType expected) {
        List<InputFile> files =
                FileListing.of(table, folder, Storage.configuration(spark)).files();
        Map<String, String> readable = new LinkedHashMap<>();
        Stream.concat(Stream.of(columns.fieldNames()), Stream.of(expected.fieldNames()))
                .forEach(name -> readable.putIfAbsent(name.toLowerCase(Locale.ROOT), name));
        // what comes with a line, as the values of folders do
        JsonLines parser = new JsonLines(new ArrayList<>(readable.values()), List.of(SourcePart.OFFSET));
        Dataset<Row> rows = spark.read()
                .schema(LINES)
                .json(LiteralPath.of(folder))
                .filter(col("table").equalTo(table))
                .select(
                        coalesce(col("row"), lit("")).as("value"),
                        col("source_offset").as(SourcePart.OFFSET),
                        col("source_file").as(SourcePart.FILE))
                .mapPartitions(parser, Encoders.row(parser.schema()));
        StructType found = new StructType();
        for (StructField column : columns.fields()) {
            DataType type =
                    isIn(expected, column) || !hasText(column.dataType()) ? DataTypes.StringType : column.dataType();
            found = found.add(column.name(), type);
            if (!type.equals(DataTypes.StringType)) {
                rows = rows.withColumn(
                        column.name(),
                        expr("try_cast(%s AS %s)".formatted(Identifier.quoted(column.name()), type.sql())));
            }
        }
        return new SourceTable(table, Optional.of(FileFormat.JSON), List.of(new SourcePart(found, rows, files)), files);
    }

    private static boolean isIn(StructType expected, StructField column) {
        return Stream.of(expected.fieldNames()).anyMatch(column.name()::equalsIgnoreCase);
    }

    /** Whether the text of a value in JSON is what a cast takes. */
    private static boolean hasText(DataType type) {
        return type instanceof NumericType
                || type instanceof BooleanType
                || type instanceof DateType
                || type instanceof TimestampType;
    }
}
