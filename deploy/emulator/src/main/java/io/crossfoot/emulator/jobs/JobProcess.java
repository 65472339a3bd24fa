package io.crossfoot.emulator.jobs;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The work of one run. */
interface JobProcess {
    /** Returns its end: nothing when it ended well, else what went wrong. */
    CompletableFuture<Optional<String>> end();

    /** Ends it at once. */
    void kill();
}
