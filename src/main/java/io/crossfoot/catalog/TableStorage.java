package io.crossfoot.catalog;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the files of a table are read, in the terms of Hive.
 *
 * @param inputFormat a class name; empty where a table has none, as a view
 * @param outputFormat a class name
 * @param serde the class that takes a record apart
 * @param serdeParameters its settings, sorted by their names
 */
public record TableStorage(String inputFormat, String outputFormat, String serde, Map<String, String> serdeParameters) {
    static final String DELIMITED = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe";
    static final String QUOTED_CSV = "org.apache.hadoop.hive.serde2.OpenCSVSerde";
    static final String OPENX_JSON = "org.openx.data.jsonserde.JsonSerDe";
    static final String HCATALOG_JSON = "org.apache.hive.hcatalog.data.JsonSerDe";
    static final String PARQUET = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe";

    /** What the setting of a JSON SerDe begins with that names the field of a column. */
    private static final String FIELD = "mapping.";

    private static final String TEXT_INPUT = "org.apache.hadoop.mapred.TextInputFormat";
    private static final String TEXT_OUTPUT = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat";

    public TableStorage {
        serdeParameters = Collections.unmodifiableMap(new TreeMap<>(serdeParameters));
    }

    /** Lines with a delimiter between values; quotes mean nothing to it. */
    public static TableStorage delimited(char delimiter) {
        return new TableStorage(TEXT_INPUT, TEXT_OUTPUT, DELIMITED, Map.of("field.delim", String.valueOf(delimiter)));
    }

    /** Lines with a delimiter between values, which may be quoted; every column is a string to Hive and Athena. */
    public static TableStorage quotedCsv(char delimiter) {
        return new TableStorage(
                TEXT_INPUT,
                TEXT_OUTPUT,
                QUOTED_CSV,
                Map.of("separatorChar", String.valueOf(delimiter), "quoteChar", "\"", "escapeChar", "\\"));
    }

    /**
     * One JSON object a line.
     *
     * @param fields what each column is called in the files, which may have capital letters
     */
    public static TableStorage jsonLines(Map<String, String> fields) {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put(
                "paths", String.join(",", fields.keySet().stream().sorted().toList()));
        fields.forEach((column, field) -> {
            if (!column.equals(field)) {
                parameters.put(FIELD + column, field);
            }
        });
        return new TableStorage(TEXT_INPUT, TEXT_OUTPUT, OPENX_JSON, parameters);
    }

    /** Returns what a column is called in the files. */
    String field(String column) {
        return serdeParameters.getOrDefault(FIELD + column, column);
    }

    public static TableStorage parquet() {
        return new TableStorage(
                "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
                "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
                PARQUET,
                Map.of("serialization.format", "1"));
    }
}
