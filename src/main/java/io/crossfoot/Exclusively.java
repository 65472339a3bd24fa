package io.crossfoot;

import io.crossfoot.error.StorageException;
import io.crossfoot.sink.ControlFolder;
import io.crossfoot.sink.Publication;
import io.crossfoot.sink.RunLock;
import java.util.function.Supplier;

/** What changes an output, or its account, beside its runs: done while none is under way, and none is half done. */
record Exclusively(ControlFolder control, String runId) {
    /**
     * Performs the work while holding the lock.
     *
     * @param what it does to an output, in words
     * @throws StorageException if a run has died while it was publishing
     * @throws io.crossfoot.error.LockedException if a run is under way
     */
    <T> T perform(String what, Supplier<T> work) {
        try (RunLock lock = RunLock.acquire(control, runId)) {
            requireNoneHalfDone(what);
            T result = work.get();
            lock.confirm();
            return result;
        }
    }

    /**
     * Refuses to touch what the next run of a job with a bookmark may have to take away.
     *
     * @throws StorageException if a run has died before it told its source that its rows were used
     */
    void requireSettled(String what, Publication publication) {
        publication.unacknowledged().ifPresent(open -> {
            throw new StorageException(
                    "Cannot %s %s: run %s has published and died before its bookmark was saved; start its job again first"
                            .formatted(what, control.output(), open.run()));
        });
    }

    void requireNoneHalfDone(String what) {
        new Publication(control, point -> {}).halfDone().ifPresent(run -> {
            throw new StorageException(
                    "Cannot %s %s: run %s has died while it was publishing; start it again, which finishes that first"
                            .formatted(what, control.output(), run));
        });
    }
}
