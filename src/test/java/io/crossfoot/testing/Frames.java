package io.crossfoot.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Frames written as text: columns separated by a bar, {@code null} for null. */
public final class Frames {
    private Frames() {}

    /** Returns rows of the types that the DDL says, as in {@code frame(spark, "id INT, name STRING", "1|Ann")}. */
    public static Dataset<Row> frame(SparkSession spark, String ddl, String... lines) {
        StructType types = StructType.fromDDL(ddl);
        StructType texts = new StructType();
        for (StructField field : types.fields()) {
            texts = texts.add(field.name(), DataTypes.StringType);
        }
        List<Row> rows = new ArrayList<>();
        for (String line : lines) {
            Object[] values = Arrays.stream(line.split("\\|", -1))
                    .map(text -> text.equals("null") ? null : text)
                    .toArray();
            rows.add(RowFactory.create(values));
        }
        return spark.createDataFrame(rows, texts)
                .selectExpr(Arrays.stream(types.fields())
                        .map(field -> "CAST(`%s` AS %s) AS `%s`"
                                .formatted(field.name(), field.dataType().sql(), field.name()))
                        .toArray(String[]::new));
    }

    /** Returns rows as text, the way {@link #frame} takes them, sorted. */
    public static List<String> lines(Dataset<Row> rows) {
        return rows.collectAsList().stream()
                .map(row -> row.mkString("|"))
                .sorted()
                .toList();
    }
}
