package io.crossfoot.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.StructType;

/**
 * What a CSV scan reads: files that share a header, and the columns that are made of them. It travels as an option of the
 * data source, as JSON.
 *
 * @param table what messages call the table
 * @param delimiter what stands between two values
 * @param lineBreaks whether quoted values may hold line breaks
 * @param headed whether each file begins with a header
 * @param width how many values a record must have
 */
record CsvSpec(
        String table,
        char delimiter,
        CsvDialect.LineBreaks lineBreaks,
        boolean headed,
        int width,
        List<Column> columns,
        List<Input> files)
        implements Serializable {
    static final String OPTION = "spec";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a column of the scan holds. */
    enum Kind {
        /** The text of a value. */
        TEXT,
        /** The same value in a type, where its text is one of the usual forms of that type; else null. */
        TYPED,
        /** The value that a folder names. */
        PARTITION,
        /** The path of the file. */
        FILE,
        /** The record as it stands, when it could not be taken apart; else null. */
        MALFORMED
    }

    /**
     * @param position the place of the value in a record; -1 where there is none
     * @param type the type as DDL
     */
    record Column(String name, Kind kind, int position, String type) implements Serializable {}

    /**
     * @param packed whether the file is compressed, and so read from its beginning to its end
     * @param partitions the values of the folders that the file lies in, by their names; null for Hive's default
     */
    record Input(String path, long bytes, boolean packed, Map<String, String> partitions) implements Serializable {}

    CsvSpec withColumns(List<Column> some) {
        return new CsvSpec(table, delimiter, lineBreaks, headed, width, some, files);
    }

    CsvSpec withoutFiles() {
        return new CsvSpec(table, delimiter, lineBreaks, headed, width, columns, List.of());
    }

    CsvDialect dialect() {
        return new CsvDialect(delimiter, lineBreaks);
    }

    StructType schema() {
        StructType schema = new StructType();
        for (Column column : columns) {
            schema = schema.add(column.name(), org.apache.spark.sql.types.DataType.fromDDL(column.type()));
        }
        return schema;
    }

    String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static CsvSpec ofJson(String json) {
        try {
            return JSON.readValue(json, CsvSpec.class);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
