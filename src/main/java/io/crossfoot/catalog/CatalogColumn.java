package io.crossfoot.catalog;

/**
 * A column as a catalog describes it.
 *
 * @param type in Hive's spelling: {@code bigint}, {@code string}, {@code decimal(12,2)}, {@code struct<a:int>}
 * @param comment empty for none
 */
public record CatalogColumn(String name, String type, String comment) {
    /** A column without a comment. */
    public CatalogColumn(String name, String type) {
        this(name, type, "");
    }
}
