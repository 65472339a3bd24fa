package io.crossfoot.testing;

import io.crossfoot.catalog.Catalog;
import io.crossfoot.catalog.CatalogPartition;
import io.crossfoot.catalog.CatalogTable;
import io.crossfoot.catalog.TableName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** A catalog for tests that are about something else: it starts at once, and counts what is put. */
public final class MemoryCatalog implements Catalog {
    private final TreeSet<String> databases = new TreeSet<>();
    private final Map<TableName, CatalogTable> tables = new TreeMap<>();
    private final Map<TableName, Map<String, CatalogPartition>> partitions = new TreeMap<>();

    @Override
    public List<String> databases() {
        return List.copyOf(databases);
    }

    @Override
    public void createDatabase(String database) {
        databases.add(database);
    }

    @Override
    public List<CatalogTable> tables(String database) {
        return tables.values().stream()
                .filter(table -> table.name().database().equals(database))
                .toList();
    }

    @Override
    public Optional<CatalogTable> table(TableName name) {
        return Optional.ofNullable(tables.get(name));
    }

    @Override
    public void put(CatalogTable table) {
        tables.put(table.name(), table);
    }

    @Override
    public void drop(TableName name) {
        tables.remove(name);
        partitions.remove(name);
    }

    @Override
    public List<CatalogPartition> partitions(TableName name) {
        return List.copyOf(partitions.getOrDefault(name, Map.of()).values());
    }

    @Override
    public void putPartitions(TableName name, Collection<CatalogPartition> added) {
        added.forEach(partition -> partitions
                .computeIfAbsent(name, key -> new TreeMap<>())
                .put(String.join("/", partition.values()), partition));
    }

    @Override
    public void dropPartitions(TableName name, Collection<List<String>> values) {
        values.forEach(gone -> partitions.getOrDefault(name, new TreeMap<>()).remove(String.join("/", gone)));
    }

    @Override
    public String describe() {
        return "the catalog of a test";
    }

    @Override
    public void close() {}
}
