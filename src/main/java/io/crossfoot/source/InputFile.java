package io.crossfoot.source;

import com.fasterxml.jackson.annotation.JsonInclude;
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
 * @param etag what its store calls this content of it; empty where the store has no such thing
 * @param partitions the names of the columns that its folders stand for, outermost first: {@code order_date=2024-01-15/}
 * @param stated the values of those columns, where a catalog states them; empty where the folders name them
 */
public record InputFile(
        String path,
        long bytes,
        long modified,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String etag,
        List<String> partitions,
        Map<String, String> stated) {

    public InputFile {
        etag = etag == null ? "" : etag;
        partitions = List.copyOf(partitions);
        // there may be a million of them
        stated = stated.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(stated));
    }

    /** A file whose folders say themselves what they stand for. */
    public InputFile(String path, long bytes, long modified, List<String> partitions) {
        this(path, bytes, modified, "", partitions, Map.of());
    }

    /** A file as somebody remembers it. */
    public InputFile(String path, long bytes, long modified, String etag) {
        this(path, bytes, modified, etag, List.of(), Map.of());
    }

    /**
     * Whether this is the content that was there before. The store's own name for it decides where there is one, else its
     * size and time: a file that was only touched is taken for another.
     */
    public boolean isUnchangedSince(InputFile before) {
        boolean named = !etag.isEmpty() && !before.etag.isEmpty();
        return bytes == before.bytes && (named ? etag.equals(before.etag) : modified == before.modified);
    }

    /** Returns this file in a partition of these values. */
    InputFile stating(Map<String, String> values) {
        return new InputFile(path, bytes, modified, etag, List.copyOf(values.keySet()), values);
    }

    /** Returns the name of the file without its folders. */
    public String name() {
        return new Path(path).getName();
    }
}
