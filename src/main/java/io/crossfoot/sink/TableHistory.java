package io.crossfoot.sink;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The snapshots that led to what readers of a table see, the newest first, and what runs have left in their summaries. What was
 * rolled back is not among them.
 */
record TableHistory(List<Moment> moments) {
    static final TableHistory NONE = new TableHistory(List.of());

    /**
     * A snapshot.
     *
     * @param parent the one before; empty for the first
     */
    record Moment(long snapshot, Optional<Long> parent, Map<String, String> summary) {
        boolean says(String property, String value) {
            return value.equals(summary.get(property));
        }
    }

    /** Whether a run with this key has committed, and none has overwritten that since. */
    boolean hasRun(String key) {
        for (Moment moment : moments) {
            if (moment.says(CommitMark.RUN_KEY, key)) {
                return true;
            }
            if (moment.says(CommitMark.MODE, WriteMode.OVERWRITE.word())) {
                return false;
            }
        }
        return false;
    }

    /** Whether all rows have met these customers: nothing may have come between the commit and what it had looked through. */
    boolean hasMet(String customers) {
        return moments.stream()
                .limit(1)
                .filter(newest -> newest.says(CommitMark.CUSTOMERS, customers))
                .anyMatch(newest -> Optional.ofNullable(newest.summary().get(CommitMark.LOOKED_THROUGH))
                        .map(looked -> newest.parent().map(String::valueOf).equals(Optional.of(looked)))
                        .orElse(true));
    }

    Optional<Long> current() {
        return moments.stream().map(Moment::snapshot).findFirst();
    }

    /** Returns the snapshots of a run with a key. */
    List<Long> of(String run, String key) {
        return moments.stream()
                .filter(moment -> moment.says(CommitMark.RUN_ID, run) && moment.says(CommitMark.RUN_KEY, key))
                .map(Moment::snapshot)
                .toList();
    }
}
