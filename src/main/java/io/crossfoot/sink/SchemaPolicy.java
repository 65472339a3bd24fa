package io.crossfoot.sink;

/** What becomes of a table whose columns are not those of the output. */
public enum SchemaPolicy {
    /** Nothing is written. */
    REFUSE,
    /** The table gets the columns that it lacks; those that only the table has are left as they are, and null in new rows. */
    ADD_COLUMNS
}
