package io.crossfoot.source;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;

/**
 * A file of a source.
 *
 * @param path the whole path, with its scheme
 * @param bytes its size as stored
 * @param modified when it was last written, in milliseconds since 1970
 * @param partitions the names of the columns that its folders stand for, outermost first: {@code order_date=2024-01-15/}
 * @param stated the values of those columns, where a catalog states them; empty where the folders name them
 */
public record InputFile(String path, long bytes, long modified, List<String> partitions, Map<String, String> stated) {
    public InputFile {
        partitions = List.copyOf(partitions);
        stated = Collections.unmodifiableMap(new LinkedHashMap<>(stated));
    }

    /** A file whose folders say themselves what they stand for. */
    public InputFile(String path, long bytes, long modified, List<String> partitions) {
        this(path, bytes, modified, partitions, Map.of());
    }

    /** Returns this file in a partition of these values. */
    InputFile stating(Map<String, String> values) {
        return new InputFile(path, bytes, modified, List.copyOf(values.keySet()), values);
    }

    /** Returns the name of the file without its folders. */
    public String name() {
        return new Path(path).getName();
    }
}
