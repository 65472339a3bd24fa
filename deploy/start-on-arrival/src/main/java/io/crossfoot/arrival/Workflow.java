package io.crossfoot.arrival;

import java.time.Instant;
import java.util.Optional;

/** What is started. */
interface Workflow {
    /** Returns when its last run began; nothing if it never ran. */
    Optional<Instant> lastStart();

    /**
     * Starts a run.
     *
     * @return its id; nothing when a run is under way and no second one may be
     */
    Optional<String> start();
}
