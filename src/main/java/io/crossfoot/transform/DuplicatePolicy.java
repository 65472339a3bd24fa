package io.crossfoot.transform;

/**
 * What happens when a lookup holds two <em>different</em> rows for one key. Identical rows are one row under any policy.
 */
public sealed interface DuplicatePolicy {
    /** The run stops and names the first keys. */
    record Fail() implements DuplicatePolicy {}

    /**
     * The row with the greatest value in {@code column} wins; null is smaller than any value. Two different rows that
     * share the greatest value are still a conflict, and the run stops.
     */
    record LatestBy(String column) implements DuplicatePolicy {}

    /** No row of such a key is used: its facts stay unmatched, and a pipeline keeps the rows in quarantine. */
    record Quarantine() implements DuplicatePolicy {}

    static DuplicatePolicy fail() {
        return new Fail();
    }

    static DuplicatePolicy latestBy(String column) {
        return new LatestBy(column);
    }

    static DuplicatePolicy quarantine() {
        return new Quarantine();
    }
}
