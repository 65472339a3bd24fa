package io.crossfoot.glue;

import io.crossfoot.catalog.TableName;

/**
 * A table that is read through Glue. Only facts can be bookmarked, for only they have the name that Glue keeps a bookmark
 * under: a bookmarked lookup would hold nothing but its newest rows on the second run, and every sale of a known customer
 * would lose its customer without a word.
 */
sealed interface CatalogRead {
    TableName table();

    /** Returns what Glue calls the transformation context: the name of the bookmark; empty for none. */
    String transformationContext();

    /** Rows that come once: the bookmark remembers which files were read. */
    record Facts(TableName table) implements CatalogRead {
        /** Another table is another bookmark, else Glue would take its old files for read. */
        @Override
        public String transformationContext() {
            return "crossfoot_" + table.toString().replaceAll("\\W", "_");
        }
    }

    /** Rows that are all needed in every run. */
    record Lookup(TableName table) implements CatalogRead {
        @Override
        public String transformationContext() {
            return "";
        }
    }
}
