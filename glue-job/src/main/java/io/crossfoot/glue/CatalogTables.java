package io.crossfoot.glue;

import io.crossfoot.catalog.Catalog;
import io.crossfoot.catalog.CatalogTable;
import io.crossfoot.catalog.TableName;
import io.crossfoot.error.NearMiss;
import io.crossfoot.error.StorageException;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Looks at the tables of a run before Glue does, which would take some mistakes for tables without rows. */
record CatalogTables(Catalog catalog, Configuration hadoop) {
    /**
     * Returns where the files of a table lie.
     *
     * @param name what messages call the table
     * @throws StorageException when there is no such table, or nothing where it says that its files are
     */
    String location(String name, TableName table) {
        String location = catalog.table(table)
                .map(CatalogTable::location)
                .orElseThrow(() -> new StorageException("Cannot read %s: %s".formatted(name, absence(table))));
        if (location.isEmpty()) {
            throw new StorageException(
                    "Cannot read %s: table %s has no location, as a view has none; name another table"
                            .formatted(name, table));
        }
        if (!exists(name, location)) {
            throw new StorageException(
                    "Cannot read %s: table %s says that its files lie in %s, and nothing is there; mend the table, or the files"
                            .formatted(name, table, location));
        }
        return location;
    }

    private String absence(TableName table) {
        List<String> databases = catalog.databases();
        if (!databases.contains(table.database())) {
            return "there is no database %s in %s%s"
                    .formatted(table.database(), catalog.describe(), NearMiss.hint(table.database(), databases));
        }
        List<String> tables = catalog.tables(table.database()).stream()
                .map(found -> found.name().table())
                .toList();
        if (tables.isEmpty()) {
            return "database %s in %s has no tables; crawl the files first"
                    .formatted(table.database(), catalog.describe());
        }
        return "there is no table %s in %s%s (there are: %s)"
                .formatted(table, catalog.describe(), NearMiss.hint(table.table(), tables), String.join(", ", tables));
    }

    private boolean exists(String name, String location) {
        try {
            Path path = new Path(location);
            return path.getFileSystem(hadoop).exists(path);
        } catch (IOException failed) {
            throw new StorageException(
                    "Cannot read %s: %s cannot be looked at (%s); check the rights of the job's role"
                            .formatted(name, location, failed.getMessage()),
                    failed);
        }
    }
}
