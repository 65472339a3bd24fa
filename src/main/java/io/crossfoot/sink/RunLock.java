package io.crossfoot.sink;

import io.crossfoot.error.LockedException;
import io.crossfoot.error.StorageException;
import io.crossfoot.error.StorageFault;
import java.io.IOException;

/**
 * The right to write one output: one run has it at a time.
 *
 * <p>On a local file system the kernel keeps the lock and takes it back when the process ends, however it ends.
 *
 * <p>Elsewhere the lock is a lease: a file that its holder writes anew every 15 seconds. A lease that was not renewed for
 * 60 seconds, by the clock of the file system, belongs to a dead process and is taken over; where that clock was set back,
 * and a lease is from the future, one that was not renewed while it is watched for 30 seconds does. <b>What that cannot
 * promise:</b> a process that was stopped for longer than 60 seconds and wakes up does not know at once that it lost the
 * lease. {@link #confirm} asks, and is called right before publishing; between the question and the publication a small
 * window stays. Where this is not enough, let the scheduler start one run at a time.
 *
 * <p>A lease begins with a file that is created <i>only if absent</i>, as one step. S3 can do that, and is asked for it
 * through S3A of Hadoop 3.3 ({@link S3ConditionalPut}). On other object stores, through other clients, on a server that
 * does not know the condition, and when a dead run's lease is taken over, it is not one step: of two runs that start
 * together the last to write wins, which both see by reading again after two seconds; a store that takes longer than that
 * to finish a write of a few hundred bytes can still give the lease to both.
 *
 * <p>Where these times do not suit a store, Hadoop's settings {@code crossfoot.lease.heartbeat}, {@code .stale} and {@code
 * .settle} are others ({@code 15s}, {@code 60s} and {@code 2s}): the same for all runs of an output.
 */
public sealed interface RunLock extends AutoCloseable permits KernelLock, Lease {
    /**
     * Takes the lock.
     *
     * @throws LockedException if another run has it; the message says which
     * @throws StorageException if the lock file cannot be written
     */
    static RunLock acquire(ControlFolder control, String runId) {
        LockHolder self = LockHolder.self(control, runId);
        try {
            return control.store().isLocal()
                    ? KernelLock.acquire(control, self)
                    : Lease.acquire(
                            control, self, Lease.Timing.of(control.store().configuration()));
        } catch (IOException failed) {
            String what = "write the lock file " + Store.show(control.lockFile());
            throw StorageFault.writing(failed, what, ", or move the control folder with --control");
        }
    }

    /**
     * Makes sure that the lock is still this run's.
     *
     * @throws LockedException if another run has taken it over
     * @throws StorageException if that cannot be found out
     */
    void confirm();

    /** Gives the lock back and removes its file. Does nothing the second time. */
    @Override
    void close();
}
