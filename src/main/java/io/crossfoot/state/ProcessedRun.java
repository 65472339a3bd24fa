package io.crossfoot.state;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.crossfoot.sink.Change.PublishedRun;
import java.util.List;

/**
 * A run whose rows are in the output.
 *
 * @param run its id
 * @param number runs are numbered in the order in which they published
 * @param key the hash of the objects that it has read
 * @param files what holds its rows, below the output; since a compaction perhaps together with those of other runs
 * @param replaces earlier runs whose place it has taken
 */
public record ProcessedRun(
        String run, long number, String key, Standing standing, List<String> files, List<String> replaces) {

    /** Whether what a run has read is to be read again. */
    public enum Standing {
        /** It is not. */
        @JsonProperty("published")
        PUBLISHED,
        /** It is, by the next run, which takes the place of this one. */
        @JsonProperty("rewound")
        REWOUND,
        /**
         * It is not, and this run has not read it either: somebody said that it counts as processed. A file that was
         * rewritten since is new, and its rows are added.
         */
        @JsonProperty("set")
        SET
    }

    public ProcessedRun {
        files = List.copyOf(files);
        replaces = List.copyOf(replaces);
    }

    /** Returns it as a run that need not be done again. */
    ProcessedRun counting() {
        return standing == Standing.REWOUND ? as(Standing.PUBLISHED) : this;
    }

    ProcessedRun as(Standing other) {
        return new ProcessedRun(run, number, key, other, files, replaces);
    }

    ProcessedRun in(List<String> otherFiles) {
        return new ProcessedRun(run, number, key, standing, otherFiles, replaces);
    }

    PublishedRun published() {
        return new PublishedRun(run, files);
    }
}
