package io.crossfoot.source;

import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * The part of a table whose files agree in their columns.
 *
 * @param columns the columns that these files have, with the types that they come in: text formats give strings
 * @param rows these columns, then {@link #FILE} and {@link #MALFORMED}, and {@link #OFFSET}, {@link #UNEXPECTED} and
 *     {@link #UNEXPECTED_FIELDS} where the format has them
 * @param files the files of this part
 */
public record SourcePart(StructType columns, Dataset<Row> rows, List<InputFile> files) {
    /** The file a row comes from: string. */
    public static final String FILE = "_crossfoot_file";

    /** Where in its file, unpacked, a row begins, in bytes from 0; not every format knows: bigint. */
    public static final String OFFSET = "_crossfoot_offset";

    /** The record as it stands in the file, when it could not be taken apart into columns; else null: string. */
    public static final String MALFORMED = "_crossfoot_malformed";

    /** A column of this row that no sample of the files had shown; else null: string. */
    public static final String UNEXPECTED = "_crossfoot_unexpected";

    /** All such columns of this row as they stand in the file, {@code "note":"new","tax":1}; else null: string. */
    public static final String UNEXPECTED_FIELDS = "_crossfoot_unexpected_fields";

    /**
     * What the name of a typed twin begins with: beside column {@code price} there may be {@code _crossfoot_typed_price},
     * which holds the same value in the type that was asked for, or null where it has none.
     */
    public static final String TYPED = "_crossfoot_typed_";

    public SourcePart {
        files = List.copyOf(files);
    }

    /** Returns the names of all columns that {@link #rows} has, those included that no sample showed. */
    public Set<String> readable() {
        return Set.of(rows.columns());
    }

    /** Returns whether a row may have columns that no sample showed, which {@link #UNEXPECTED} tells of. */
    public boolean hasUnexpected() {
        return readable().contains(UNEXPECTED);
    }

    /** Returns where this part lies, for messages: {@code part-3.csv and 12 more files}. */
    public String place() {
        if (files.isEmpty()) {
            return "the table";
        }
        String first = files.get(0).name();
        return files.size() == 1 ? first : "%s and %d more files".formatted(first, files.size() - 1);
    }
}
