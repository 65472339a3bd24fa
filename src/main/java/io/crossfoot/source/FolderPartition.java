package io.crossfoot.source;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A folder, and the values that all rows in it have in the columns that partition the table.
 *
 * @param values by the names of the columns, outermost first; a null value is null
 */
public record FolderPartition(String location, Map<String, String> values) {
    public FolderPartition {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
