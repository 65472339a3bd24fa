package io.crossfoot.source;

import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * A file of a source.
 *
 * @param path the whole path, with its scheme
 * @param bytes its size as stored
 * @param modified when it was last written, in milliseconds since 1970
 * @param partitions the names of the Hive-style folders that it lies in, outermost first: {@code order_date=2024-01-15/}
 */
public record InputFile(String path, long bytes, long modified, List<String> partitions) {
    public InputFile {
        partitions = List.copyOf(partitions);
    }

    /** Returns the name of the file without its folders. */
    public String name() {
        return new Path(path).getName();
    }
}
