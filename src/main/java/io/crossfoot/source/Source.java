package io.crossfoot.source;

import java.util.Collection;
import org.apache.spark.sql.SparkSession;

/** A table to be read: files in a folder, or anything else that can describe its columns before its rows are read. */
public interface Source {
    /**
     * Finds the parts of the table and their columns. Reads no data beyond the first lines or the footer of each file.
     *
     * @param expectedColumns names that the reader should look for even where no sample shows them: JSON has no header
     * @throws io.crossfoot.error.StorageException when the table does not exist or cannot be read
     * @throws io.crossfoot.error.ShapeException when a file is not of its format
     */
    SourceTable open(SparkSession spark, Collection<String> expectedColumns);
}
