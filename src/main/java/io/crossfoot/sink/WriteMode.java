package io.crossfoot.sink;

import java.util.Locale;

/** What publishing does with the output that is already there. */
public enum WriteMode {
    /** The new output takes the place of the old one. */
    OVERWRITE,
    /** The new files join the old ones; the same run id twice adds them once. */
    APPEND,
    /** Rows whose key is there take the place of those that have it; all others are added. Tables only. */
    MERGE;

    /** Returns what settings and reports call it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
