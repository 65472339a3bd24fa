package io.crossfoot.emulator.glue;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import io.crossfoot.catalog.CatalogColumn;
import io.crossfoot.catalog.CatalogTable;
import io.crossfoot.source.FileFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A table of CSV or JSON lines. Columns have the types of the catalog; where some values are of another kind, the column
 * is a choice: a struct of the catalog's type and a string.
 */
record TextTable(SparkSession spark, CatalogTable table) {
    private static final String RAW = "crossfoot_raw_";

    /** What Glue calls the types of a choice. */
    private static final Map<String, String> CHOICE_NAMES = Map.of("bigint", "long", "integer", "int");

    /** Returns the columns in which files hold values of several types. */
    List<String> choices(List<String> files) {
        List<CatalogColumn> typed = table.columns().stream()
                .filter(column -> !column.type().equals("string"))
                .toList();
        if (typed.isEmpty()) {
            return List.of();
        }
        Column[] others = typed.stream()
                .map(column -> max(isOther(column)).as(column.name()))
                .toArray(Column[]::new);
        Row found = raw(files)
                .agg(others[0], java.util.Arrays.copyOfRange(others, 1, others.length))
                .first();
        List<String> choices = new ArrayList<>();
        for (int i = 0; i < typed.size(); i++) {
            if (!found.isNullAt(i) && found.getBoolean(i)) {
                choices.add(typed.get(i).name());
            }
        }
        return choices;
    }

    Dataset<Row> rows(List<String> files, List<String> choices) {
        return raw(files)
                .select(table.columns().stream()
                        .map(column ->
                                value(column, choices.contains(column.name())).as(column.name()))
                        .toArray(Column[]::new));
    }

    private Column value(CatalogColumn column, boolean isChoice) {
        Column text = col(RAW + column.name());
        if (column.type().equals("string")) {
            return text;
        }
        Column typed = typed(column);
        if (!isChoice) {
            return typed;
        }
        String kind = column.type().replaceFirst("\\(.*", "");
        return when(
                text.isNotNull(),
                struct(
                        when(isOther(column), null).otherwise(typed).as(CHOICE_NAMES.getOrDefault(kind, kind)),
                        when(isOther(column), text).as("string")));
    }

    private static Column typed(CatalogColumn column) {
        return expr("try_cast(%s AS %s)".formatted(RAW + column.name(), column.type()));
    }

    /** In JSON a number in quotes is a string, in CSV all values are texts: there what does not convert is one. */
    private Column isOther(CatalogColumn column) {
        Column text = col(RAW + column.name());
        Column unconverted = trim(text).notEqual("").and(typed(column).isNull());
        if (!isJson()) {
            return unconverted;
        }
        Column quoted = col("value").rlike("\"%s\"\\s*:\\s*\"".formatted(field(column)));
        return text.isNotNull().and(unconverted.or(quoted));
    }

    private boolean isJson() {
        return table.format().stream().anyMatch(FileFormat.JSON::equals);
    }

    /** Names of columns are in lower case, those of JSON fields as they are. */
    private String field(CatalogColumn column) {
        return table.storage().serdeParameters().getOrDefault("mapping." + column.name(), column.name());
    }

    /** Each column as text. */
    private Dataset<Row> raw(List<String> files) {
        String[] paths = files.toArray(String[]::new);
        StructType texts = new StructType();
        for (CatalogColumn column : table.columns()) {
            texts = texts.add(isJson() ? field(column) : RAW + column.name(), DataTypes.StringType);
        }
        if (!isJson()) {
            return spark.read()
                    .schema(texts)
                    .option("header", table.hasHeader())
                    .option("sep", table.delimiter())
                    .option("escape", "\"")
                    .csv(paths);
        }
        List<Column> columns = new ArrayList<>(List.of(col("value")));
        for (CatalogColumn column : table.columns()) {
            columns.add(col("json.`" + field(column) + "`").as(RAW + column.name()));
        }
        return spark.read()
                .text(paths)
                .withColumn("json", from_json(col("value"), texts))
                .select(columns.toArray(Column[]::new));
    }
}
