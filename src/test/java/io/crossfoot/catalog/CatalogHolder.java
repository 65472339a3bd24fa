package io.crossfoot.catalog;

import java.io.IOException;

/** A process that opens a catalog, says so, and holds it until its input ends. */
public final class CatalogHolder {
    private CatalogHolder() {}

    public static void main(String... folder) throws IOException {
        try (Catalog catalog = new CatalogPlace(folder[0]).open()) {
            System.out.println("holding " + catalog.describe());
            System.in.read();
        }
    }
}
