package io.crossfoot.source;

import java.util.List;
import java.util.Optional;

/**
 * What somebody knows of the files of a table that the files do not say themselves.
 *
 * @param csvColumns the names of the values in a line, for CSV files without a header; empty when each file has one
 * @param partitions the only folders to read, and what they stand for; empty to read all, and to find columns in folders
 *     named {@code order_date=2024-01-15}
 */
public record FileLayout(Optional<List<String>> csvColumns, Optional<List<FolderPartition>> partitions) {
    /** Nothing: files have headers, and folders say what they stand for. */
    public static final FileLayout NONE = new FileLayout(Optional.empty(), Optional.empty());

    public FileLayout {
        csvColumns = csvColumns.map(List::copyOf);
        partitions = partitions.map(List::copyOf);
    }
}
