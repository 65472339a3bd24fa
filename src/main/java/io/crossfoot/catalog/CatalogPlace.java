package io.crossfoot.catalog;

import java.nio.file.Path;

/**
 * Which catalog is meant.
 *
 * @param text a folder for a Hive metastore of one's own, or {@code glue} for the Glue Data Catalog of the AWS account and
 *     region that the usual AWS settings name
 */
public record CatalogPlace(String text) {
    private static final String GLUE = "glue";

    /**
     * Opens the catalog; a folder without one gets one.
     *
     * @throws io.crossfoot.error.StorageException when it cannot be reached
     */
    public Catalog open() {
        return HiveCatalog.open(Path.of(text));
    }
}
