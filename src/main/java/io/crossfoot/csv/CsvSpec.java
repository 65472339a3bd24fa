package io.crossfoot.csv;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.execution.vectorized.OnHeapColumnVector;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What a CSV scan reads, and the columns that are made of it. It travels as an option of the data source, as JSON.
 *
 * @param table what messages call the table
 * @param multilineName what messages call the setting that allows line breaks in quotes
 * @param misfits what becomes of a value that is not exactly one of its type
 * @param columns what is read, in the order of the table
 * @param shown the names of the columns that are handed out, in their order
 * @param layouts the layouts of the files
 */
public record CsvSpec(
        String table,
        String multilineName,
        CsvDialect dialect,
        Misfits misfits,
        List<Column> columns,
        List<String> shown,
        List<Layout> layouts,
        List<Input> files)
        implements Serializable {
    /** The option of the data source that holds a specification. */
    public static final String OPTION = "crossfoot-spec";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What becomes of a value that is not exactly one of its type, and of a record that cannot be taken apart. */
    public enum Misfits {
        /** It is null, and whoever asked looks at the text; in text, what is not UTF-8 is U+FFFD. */
        NULL,
        /** It is null, and the {@code REASON} columns of the row say why. */
        MARK,
        /** The scan fails and says which one. */
        FAIL
    }

    /** What a column of the scan holds. */
    public enum Kind {
        /** A value in the type of the column. */
        VALUE,
        /** The text that a folder names. */
        PARTITION,
        /** The path of the file: string. */
        FILE,
        /** Where in the unpacked file the record begins, in bytes from 0: bigint; null where the file was decoded. */
        OFFSET,
        /** The record as it stands, when it could not be taken apart; else null: string. */
        MALFORMED,
        /** What is wrong with the row first; null when nothing is: string. */
        REASON,
        /** The column in which it is wrong; null when it is the record as a whole: string. */
        REASON_COLUMN,
        /** The text that stands there: string. */
        REASON_VALUE;

        boolean isReason() {
            return this == REASON || this == REASON_COLUMN || this == REASON_VALUE;
        }
    }

    /**
     * A column.
     *
     * @param type the type, as Spark's JSON
     * @param nullable whether its value may be missing; if not, a missing one is a misfit
     * @param value the number of its value, which each layout gives a position; -1 where there is none
     */
    public record Column(String name, Kind kind, String type, boolean nullable, int value) implements Serializable {
        /** Returns a column of values. */
        public static Column ofValue(String name, DataType type, boolean nullable, int value) {
            return new Column(name, Kind.VALUE, type.json(), nullable, value);
        }

        /** Returns a column of texts, or of offsets, that are not values of the records. */
        public static Column of(String name, Kind kind) {
            DataType type = kind == Kind.OFFSET ? DataTypes.LongType : DataTypes.StringType;
            return new Column(name, kind, type.json(), true, -1);
        }

        /** Returns the folder values of a name, in a type. */
        public static Column ofPartition(String name, DataType type, boolean nullable) {
            return new Column(name, Kind.PARTITION, type.json(), nullable, -1);
        }

        /** Returns whether a folder may say this: it is exactly a value of the type. */
        public boolean holds(String folder) {
            try (OnHeapColumnVector vector = new OnHeapColumnVector(1, dataType())) {
                return put(folder, vector, 0);
            }
        }

        /** Returns the type as SQL. */
        public String sql() {
            return dataType().sql();
        }

        boolean put(String folder, WritableColumnVector vector, int row) {
            if (folder == null) {
                vector.putNull(row);
                return true;
            }
            byte[] bytes = folder.getBytes(StandardCharsets.UTF_8);
            return CsvValue.of(dataType())
                    .map(value -> value.put(vector, row, bytes, 0, bytes.length)
                            || value.putStripped(vector, row, bytes, 0, bytes.length))
                    .orElse(true);
        }

        DataType dataType() {
            return DataType.fromJson(type);
        }
    }

    /**
     * How the records of some files look.
     *
     * @param width how many values a record must have
     * @param positions for each value, by its number, where in a record it stands; -1 where it does not
     */
    public record Layout(int width, List<Integer> positions) implements Serializable {}

    /**
     * A file.
     *
     * @param bytes its size as stored
     * @param data where its records begin, behind the header, in bytes of the unpacked and decoded file
     * @param packed whether the file is compressed, and so read from its beginning to its end
     * @param layout the number of its layout
     * @param partitions the values of the folders that the file lies in, by their names; null for Hive's default
     */
    public record Input(String path, long bytes, long data, boolean packed, int layout, Map<String, String> partitions)
            implements Serializable {}

    /** Returns whether values of a type can be made of bytes. */
    public static boolean reads(DataType type) {
        return type.equals(DataTypes.StringType) || CsvValue.of(type).isPresent();
    }

    /** Returns this with fewer columns. */
    CsvSpec reading(List<Column> some, List<String> names) {
        return new CsvSpec(table, multilineName, dialect, misfits, some, names, layouts, files);
    }

    CsvSpec withoutFiles() {
        return new CsvSpec(table, multilineName, dialect, misfits, columns, shown, layouts, List.of());
    }

    /** Returns whether files must be read by one task each, whatever their size. */
    boolean isWhole(Input file) {
        return file.packed() || dialect.multiline() || dialect.mustDecode();
    }

    Column column(String name) {
        return columns.stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no column " + name));
    }

    StructType schema() {
        StructType schema = new StructType();
        for (String name : shown) {
            schema = schema.add(name, column(name).dataType());
        }
        return schema;
    }

    /** Returns this as the value of {@link #OPTION}. */
    public String toJson() {
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
