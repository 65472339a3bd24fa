package io.crossfoot;

import io.crossfoot.catalog.Catalog;
import io.crossfoot.catalog.CatalogSource;
import io.crossfoot.catalog.TableName;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.config.EnrichConfig.TableConfig;
import io.crossfoot.error.UsageException;
import io.crossfoot.source.FileLayout;
import io.crossfoot.source.FileSelection;
import io.crossfoot.source.FileSource;
import io.crossfoot.source.InputFile;
import io.crossfoot.source.ListedSource;
import io.crossfoot.source.Source;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Where the two tables of a run come from. */
public record Sources(Source sales, Source customers) {
    /**
     * Returns the files that the configuration names; tables of a catalog are looked up.
     *
     * @throws io.crossfoot.error.StorageException when the catalog cannot be opened, or has no such table
     */
    public static Sources of(EnrichConfig config) {
        boolean anyTable = config.sales().catalogTable().isPresent()
                || config.customers().catalogTable().isPresent();
        if (!anyTable) {
            return of(config, Optional.empty());
        }
        // closed before the run: others may want it meanwhile
        try (Catalog catalog = config.catalog().open()) {
            return of(config, Optional.of(catalog));
        }
    }

    private static Sources of(EnrichConfig config, Optional<Catalog> catalog) {
        return new Sources(
                source("sales", config.sales(), config, catalog),
                source("customers", config.customers(), config, catalog));
    }

    /** @throws UsageException when the sales do not lie in files, of which some could be read and others not */
    void requireFiles() {
        if (!(sales instanceof ListedSource)) {
            throw new UsageException(
                    "Cannot use incremental, since or only: the sales do not lie in files; leave them out, or name files");
        }
    }

    /** Lists the sales, which lie in files. */
    List<InputFile> listSales(Configuration hadoop) {
        return ((ListedSource) sales).list(hadoop);
    }

    /** Returns these sources with some of the sales, which lie in files; a lookup is always read whole. */
    Sources selecting(FileSelection selection) {
        return new Sources(((ListedSource) sales).selecting(selection), customers);
    }

    /** Returns the files of a table that is not in a catalog. */
    public static Source files(String name, TableConfig table, EnrichConfig config) {
        return new FileSource(
                name,
                table.location(),
                table.format(),
                config.csv().dialect(),
                config.csv().reader(),
                FileLayout.NONE);
    }

    /** Returns the files of a table that is in a catalog. */
    public static Source files(String name, TableName table, EnrichConfig config, Catalog catalog) {
        return CatalogSource.of(
                name, table, config.csv().dialect(), config.csv().reader(), catalog);
    }

    private static Source source(String name, TableConfig table, EnrichConfig config, Optional<Catalog> catalog) {
        Optional<TableName> inCatalog = table.catalogTable();
        return inCatalog.isPresent()
                ? files(name, inCatalog.get(), config, catalog.orElseThrow())
                : files(name, table, config);
    }
}
