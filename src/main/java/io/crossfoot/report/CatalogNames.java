package io.crossfoot.report;

import io.crossfoot.catalog.Catalog;
import io.crossfoot.catalog.CatalogTable;
import io.crossfoot.catalog.TableArn;
import io.crossfoot.catalog.TableName;
import java.util.Optional;

/**
 * What others call those tables of a run that a catalog knows.
 *
 * @param sales empty where no table was read, or the catalog does not know it; so with the others
 */
public record CatalogNames(Optional<Known> sales, Optional<Known> customers, Optional<Known> output) {
    /**
     * A table that the catalog knows.
     *
     * @param location the folder of its files
     * @param arn empty where it has none, or not all of it is known
     */
    public record Known(String location, Optional<TableArn> arn) {}

    /** Returns those of a run that neither reads nor writes a table of a catalog. */
    public static CatalogNames none() {
        return new CatalogNames(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * Asks a catalog: two calls for each table.
     *
     * @throws io.crossfoot.error.StorageException when it cannot be reached, or refuses
     */
    public static CatalogNames of(
            Catalog catalog, Optional<TableName> sales, Optional<TableName> customers, Optional<TableName> output) {
        return new CatalogNames(
                sales.flatMap(table -> known(catalog, table)),
                customers.flatMap(table -> known(catalog, table)),
                output.flatMap(table -> known(catalog, table)));
    }

    private static Optional<Known> known(Catalog catalog, TableName table) {
        return catalog.table(table).map(CatalogTable::location).map(folder -> new Known(folder, catalog.arn(table)));
    }
}
