package io.crossfoot.crawl;

import io.crossfoot.catalog.CatalogColumn;
import io.crossfoot.catalog.TableStorage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the sampled files of a folder show of it.
 *
 * @param parameters what describes the format, in the words of Glue
 * @param sampledRows rows in what was read
 * @param sampledBytes the bytes, as stored, that hold those rows; 0 when nobody can tell
 * @param notes what a user should know, a line each
 */
record Inferred(
        TableStorage storage,
        List<CatalogColumn> columns,
        Map<String, String> parameters,
        long sampledRows,
        long sampledBytes,
        List<String> notes) {
    Inferred {
        columns = List.copyOf(columns);
        notes = List.copyOf(notes);
    }

    static List<CatalogColumn> columns(LinkedHashMap<String, String> types) {
        return types.entrySet().stream()
                .map(column -> new CatalogColumn(column.getKey(), column.getValue()))
                .toList();
    }
}
