package io.crossfoot.config;

/** What becomes of rows that earlier runs have published when customers have come, or changed, since. */
public enum CustomerChanges {
    /** They stay as they are. Costs nothing. */
    IGNORE,
    /**
     * Those without a customer get the one that has come. Each run looks through the keys of rows without a customer, and
     * writes the files anew in which one is found.
     */
    COMPLETE,
    /**
     * All get the customer as it is now, or none where it has gone: as if all sales were read again. Each run looks through
     * the keys and customers of the whole output, and writes the files anew in which one is another.
     */
    REENRICH
}
