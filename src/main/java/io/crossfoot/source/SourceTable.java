package io.crossfoot.source;

import java.util.List;
import java.util.Optional;

/**
 * A table as it was found.
 *
 * @param name what messages call it: {@code sales}, {@code customers}
 * @param format the format of its files; empty when there is no file that has one
 * @param parts its parts; none when there is not one row, and no column is known then
 * @param files the files that were found, empty ones included
 */
public record SourceTable(String name, Optional<FileFormat> format, List<SourcePart> parts, List<InputFile> files) {
    public SourceTable {
        parts = List.copyOf(parts);
        files = List.copyOf(files);
    }

    /** Returns the size of all files in bytes, as stored. */
    public long bytes() {
        return files.stream().mapToLong(InputFile::bytes).sum();
    }
}
