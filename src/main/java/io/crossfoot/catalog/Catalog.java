package io.crossfoot.catalog;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Databases of tables, and the partitions of those tables. It describes files and holds none: what is put, replaced or
 * dropped here touches no data.
 *
 * <p>Names are in lower case, as Hive and Glue keep them. One thread at a time may use a catalog; whoever opened it
 * closes it.
 *
 * <p>Every method throws {@link io.crossfoot.error.StorageException} when the catalog cannot be reached, or refuses.
 */
public interface Catalog extends AutoCloseable {
    /** Returns the names of all databases, sorted. */
    List<String> databases();

    /** Makes a database; one that is there already is fine. */
    void createDatabase(String database);

    /** Returns the tables of a database, sorted by name; none when there is no such database. */
    List<CatalogTable> tables(String database);

    /** Returns a table; empty when it, or its database, does not exist. */
    Optional<CatalogTable> table(TableName name);

    /** Returns where a table is; empty when it, or its database, does not exist. */
    default Optional<TablePlace> place(TableName name) {
        return table(name).map(found -> new TablePlace(found.location(), Optional.empty()));
    }

    /**
     * Makes a table, or replaces the description of one of that name. Partitions of a replaced table stay. The database
     * must exist.
     */
    void put(CatalogTable table);

    /** Removes a table and its partitions from the catalog; one that is not there is fine. */
    void drop(TableName name);

    /** Returns the partitions of a table, sorted by their values; none when it has none or does not exist. */
    List<CatalogPartition> partitions(TableName name);

    /** Adds partitions to a table, or replaces those of the same values. The table must exist. */
    void putPartitions(TableName name, Collection<CatalogPartition> partitions);

    /** Removes the partitions of these values; those that are not there are fine. */
    void dropPartitions(TableName name, Collection<List<String>> values);

    /** Returns what messages call this catalog: {@code the catalog in /data/catalog}. */
    String describe();

    @Override
    void close();
}
