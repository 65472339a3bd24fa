package io.crossfoot.report;

import io.crossfoot.catalog.TablePlace;
import java.util.Optional;

/**
 * What others call those tables of a run that a catalog knows.
 *
 * @param sales empty where no table was read, or the catalog does not know it; so with the others
 * @param output one that lies elsewhere is another table, and not told
 */
public record CatalogNames(Optional<TablePlace> sales, Optional<TablePlace> customers, Optional<TablePlace> output) {
    /** Returns those of a run that neither reads nor writes a table of a catalog. */
    public static CatalogNames none() {
        return new CatalogNames(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
