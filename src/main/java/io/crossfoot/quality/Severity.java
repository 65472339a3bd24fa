package io.crossfoot.quality;

/** What comes of a rule that does not hold. */
public enum Severity {
    /** The run says so. */
    WARN,
    /** The run publishes nothing. */
    FAIL
}
