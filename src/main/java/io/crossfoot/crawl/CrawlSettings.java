package io.crossfoot.crawl;

/**
 * How a crawl goes about it.
 *
 * @param database where its tables belong
 * @param prefix what the name of each table begins with; may be empty
 * @param crawler the name that tables keep of who described them
 * @param schemaChange what becomes of a table whose files have changed
 * @param deletion what becomes of a table whose files are gone
 * @param sampledFiles how many files of a table are looked into, at most
 */
public record CrawlSettings(
        String database,
        String prefix,
        String crawler,
        SchemaChange schemaChange,
        Deletion deletion,
        int sampledFiles) {
    /** The name under which Crossfoot itself crawls. */
    public static final String CROSSFOOT = "crossfoot";

    private static final int SAMPLED_FILES = 20;

    /** What becomes of a table whose files have changed. */
    public enum SchemaChange {
        /** New columns are added, and columns take the type that is found; columns that no sample shows stay. */
        UPDATE,
        /** New columns are added; columns keep the type that they have. */
        ADD,
        /** The table becomes what is found now, columns that are gone included. */
        REPLACE,
        /** Nothing changes; the plan tells. */
        LOG
    }

    /** What becomes of a table, made by a crawler, whose files are gone. */
    public enum Deletion {
        /** It is marked, and stays. */
        DEPRECATE,
        DELETE,
        /** Nothing changes; the plan tells. */
        LOG
    }

    /** What a crawler of Glue does unless told otherwise. */
    public static CrawlSettings of(String database) {
        return new CrawlSettings(database, "", CROSSFOOT, SchemaChange.UPDATE, Deletion.DEPRECATE, SAMPLED_FILES);
    }

    public CrawlSettings with(SchemaChange change) {
        return new CrawlSettings(database, prefix, crawler, change, deletion, sampledFiles);
    }

    public CrawlSettings with(Deletion deleted) {
        return new CrawlSettings(database, prefix, crawler, schemaChange, deleted, sampledFiles);
    }

    public CrawlSettings withPrefix(String prefix) {
        return new CrawlSettings(database, prefix, crawler, schemaChange, deletion, sampledFiles);
    }
}
