package io.crossfoot.catalog;

import java.util.Comparator;
import java.util.List;

/**
 * A partition of a table.
 *
 * @param values a value for each partition key of the table, in their order
 * @param location the folder that its files lie in
 */
public record CatalogPartition(List<String> values, String location) {
    static final Comparator<CatalogPartition> BY_VALUES =
            Comparator.comparing(partition -> String.join("/", partition.values()));

    public CatalogPartition {
        values = List.copyOf(values);
    }
}
