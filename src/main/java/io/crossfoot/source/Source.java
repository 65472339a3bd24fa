package io.crossfoot.source;

import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** A table to be read: files in a folder, or anything else that can describe its columns before its rows are read. */
public interface Source {
    /**
     * Finds the parts of the table and their columns. Reads no data beyond the first lines or the footer of each file.
     *
     * @param expected columns that somebody will ask for, and their types: a reader may look for them even where no sample
     *     shows them, as JSON has no header, and may hand out typed twins beside their texts
     * @throws io.crossfoot.error.StorageException when the table does not exist or cannot be read
     * @throws io.crossfoot.error.ShapeException when a file is not of its format
     */
    SourceTable open(SparkSession spark, StructType expected);

    /**
     * Returns where the files of the table lie: files, folders or globs. A run refuses to write there. None for a table
     * that does not lie in files.
     */
    default List<String> locations() {
        return List.of();
    }
}
