package io.crossfoot.contract;

/** What becomes of columns that a source has and its contract does not name. They are reported in any case. */
public enum ExtraColumns {
    /** They are left out of the output. */
    IGNORE,
    /** They are carried into the output, behind the contract's columns. */
    KEEP,
    /** A source that has any does not fit its contract. */
    REFUSE
}
