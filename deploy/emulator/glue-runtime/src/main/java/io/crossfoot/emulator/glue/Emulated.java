package io.crossfoot.emulator.glue;

import io.crossfoot.catalog.Catalog;
import io.crossfoot.catalog.CatalogPlace;
import java.nio.file.Path;

/** What the emulation is told by system properties. */
public final class Emulated {
    /** Which catalog plays the Data Catalog: a folder, or {@code glue} for whatever answers its API. */
    public static final String CATALOG = "crossfoot.glue.catalog";

    /** The folder that bookmarks are kept in. */
    public static final String BOOKMARKS = "crossfoot.glue.bookmarks";

    /** Where this process is to die as if it were killed: {@code read sales}, {@code commit} or {@code committed}. */
    public static final String DYING = "crossfoot.glue.dying";

    private static final int KILLED = 137;

    private Emulated() {}

    static Catalog catalog() {
        return new CatalogPlace(System.getProperty(CATALOG, "glue")).open();
    }

    public static BookmarkStore bookmarks() {
        return new BookmarkStore(Path.of(System.getProperty(BOOKMARKS, "bookmarks")));
    }

    /** Dies here, if it was told to: no shutdown hook runs and nothing is flushed. */
    public static void dieAt(String point) {
        if (point.equals(System.getProperty(DYING))) {
            Runtime.getRuntime().halt(KILLED);
        }
    }
}
