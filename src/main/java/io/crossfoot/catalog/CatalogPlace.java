package io.crossfoot.catalog;

import io.crossfoot.error.UsageException;
import java.nio.file.Path;

/**
 * Which catalog is meant.
 *
 * @param text a folder for a Hive metastore of one's own, or {@code glue} for the Glue Data Catalog of the AWS account and
 *     region that the usual AWS settings name
 */
public record CatalogPlace(String text) {
    private static final String GLUE = "glue";

    /** Returns the Glue Data Catalog. */
    public static CatalogPlace glue() {
        return new CatalogPlace(GLUE);
    }

    /** Whether it is the Glue Data Catalog. */
    public boolean isGlue() {
        return text.equals(GLUE);
    }

    /** Whether there is a catalog: not in a folder without one. */
    public boolean isExisting() {
        return isGlue() || HiveCatalog.isIn(Path.of(text));
    }

    /**
     * Refuses a folder that has no catalog, for those who only want to read one.
     *
     * @throws UsageException naming the folder
     */
    public void requireExisting() {
        if (!isExisting()) {
            throw new UsageException(
                    "Cannot find a catalog in %s: crawl something into it first, or name another with --catalog"
                            .formatted(Path.of(text).toAbsolutePath().normalize()));
        }
    }

    /**
     * Opens the catalog; a folder without one gets one.
     *
     * @throws io.crossfoot.error.StorageException when it cannot be reached
     */
    public Catalog open() {
        if (!isGlue()) {
            return HiveCatalog.open(Path.of(text));
        }
        try {
            return GlueCatalog.open();
        } catch (NoClassDefFoundError absent) {
            throw new UsageException(
                    "Cannot reach the Glue Data Catalog: the AWS SDK for Java 2 (glue) is not on the class path; add it");
        }
    }
}
