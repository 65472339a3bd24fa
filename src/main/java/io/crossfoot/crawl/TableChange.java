package io.crossfoot.crawl;

import io.crossfoot.catalog.Catalog;
import io.crossfoot.catalog.CatalogPartition;
import io.crossfoot.catalog.CatalogTable;
import java.util.List;

/**
 * What a crawl does to one table.
 *
 * @param table as the catalog will have it
 * @param added partitions that are new or have moved
 * @param gone values of partitions whose files are gone
 * @param details what is different, a line each; none for a table that is unchanged
 * @param notes what a user should know, a line each
 */
public record TableChange(
        Action action,
        CatalogTable table,
        List<CatalogPartition> added,
        List<List<String>> gone,
        List<String> details,
        List<String> notes) {
    /** What happens to the table. */
    public enum Action {
        ADDED,
        UPDATED,
        /** Nothing but counts of files and rows may be new. */
        UNCHANGED,
        /** Its files are gone; it is marked. */
        DEPRECATED,
        /** Its files are gone, and so is the table. */
        DELETED,
        /** Something is different, and stays as it is in the catalog. */
        LOGGED
    }

    public TableChange {
        added = List.copyOf(added);
        gone = List.copyOf(gone);
        details = List.copyOf(details);
        notes = List.copyOf(notes);
    }

    /** Returns this change with more notes. */
    public TableChange noting(List<String> more) {
        List<String> all = new java.util.ArrayList<>(notes);
        all.addAll(more);
        return new TableChange(action, table, added, gone, details, all);
    }

    /** Makes the change. The database must exist. Doing it twice is the same as doing it once. */
    public void apply(Catalog catalog) {
        switch (action) {
            case LOGGED -> {}
            case DELETED -> catalog.drop(table.name());
            default -> {
                catalog.put(table);
                if (!added.isEmpty()) {
                    catalog.putPartitions(table.name(), added);
                }
                if (!gone.isEmpty()) {
                    catalog.dropPartitions(table.name(), gone);
                }
            }
        }
    }
}
