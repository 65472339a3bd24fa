package io.crossfoot.sink;

import java.util.List;
import java.util.Map;

/**
 * What tells one commit from all others. Run and key are kept by the table, in the summary of the snapshot that the commit
 * makes.
 *
 * @param table its name
 * @param run the id of the run
 * @param key the hash of the files that the run has read, as the state has it; the run's id where nobody knows the files
 * @param earlier snapshots of the same run and key that were there before: the run was done again
 */
public record CommitMark(String table, String run, String key, List<Long> earlier) {
    static final String RUN_ID = "crossfoot.run-id";
    static final String RUN_KEY = "crossfoot.run-key";
    static final String MODE = "crossfoot.mode";
    static final String CUSTOMERS = "crossfoot.customers";
    static final String LOOKED_THROUGH = "crossfoot.looked-through";

    public CommitMark {
        earlier = List.copyOf(earlier);
    }

    /** Returns what the summary of the snapshot holds. */
    Map<String, String> properties() {
        return Map.of(RUN_ID, run, RUN_KEY, key);
    }
}
