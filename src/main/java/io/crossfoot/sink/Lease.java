package io.crossfoot.sink;

import io.crossfoot.error.LockedException;
import io.crossfoot.error.StorageFault;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A lock on a file system without locks: a file that its holder keeps young. */
final class Lease implements RunLock {
    /**
     * @param heartbeat between two renewals
     * @param stale how long a holder that does not renew is taken to live
     * @param settle how long a write of another run may be under way while this one is done
     */
    record Timing(Duration heartbeat, Duration stale, Duration settle) {
        static Timing of(Configuration configuration) {
            return new Timing(
                    time(configuration, "heartbeat", 15),
                    time(configuration, "stale", 60),
                    time(configuration, "settle", 2));
        }

        private static Duration time(Configuration configuration, String name, long usualSeconds) {
            return Duration.ofMillis(configuration.getTimeDuration(
                    "crossfoot.lease." + name, Duration.ofSeconds(usualSeconds).toMillis(), TimeUnit.MILLISECONDS));
        }
    }

    private final ControlFolder control;
    private final LockHolder self;
    private final Timing timing;
    private final ScheduledExecutorService heart;
    /** Whether writing the file broke off: then one that tells nothing is this run's. */
    private boolean isTorn;

    private boolean closed;

    private Lease(ControlFolder control, LockHolder self, Timing timing) {
        this.control = control;
        this.self = self;
        this.timing = timing;
        this.heart = Executors.newSingleThreadScheduledExecutor(beat -> {
            Thread thread = new Thread(beat, "crossfoot-lease");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Whoever gets none leaves none behind, for which the next would have to wait. */
    static Lease acquire(ControlFolder control, LockHolder self, Timing timing) throws IOException {
        Lease lease = new Lease(control, self, timing);
        try {
            lease.take();
        } catch (IOException | LockedException refused) {
            lease.close();
            throw refused;
        }
        long pause = timing.heartbeat.toMillis();
        lease.heart.scheduleWithFixedDelay(lease::beat, pause, pause, TimeUnit.MILLISECONDS);
        return lease;
    }

    private void take() throws IOException {
        Store store = control.store();
        store.makeFolder(control.root());
        Store.Creation creation = store.create(control.lockFile(), self.json());
        if (creation == Store.Creation.REFUSED) {
            refuseIfAlive(control, self, timing);
            write();
        }
        if (creation != Store.Creation.ALONE) {
            pause(timing.settle);
        }
        LockHolder winner = holder(control);
        if (!winner.equals(self)) {
            throw winner.refusal();
        }
    }

    private void write() throws IOException {
        isTorn = true;
        control.store().write(control.lockFile(), self.json());
        isTorn = false;
    }

    private static void refuseIfAlive(ControlFolder control, LockHolder self, Timing timing) throws IOException {
        Store store = control.store();
        // the clocks of this machine and of the store may differ: ask the store what time it is
        Path probe = new Path(control.root(), "lock-" + self.token());
        try {
            LockHolder other = holder(control);
            if (other.equals(self)) {
                // it was created by this run, and the answer got lost
                return;
            }
            store.writeNew(probe, "");
            long now = store.status(probe).getModificationTime();
            long renewed = store.status(control.lockFile()).getModificationTime();
            long age = now - renewed;
            if (Math.abs(age) < timing.stale.toMillis() || age < 0 && isRenewed(control, renewed, timing)) {
                throw other.refusal();
            }
        } catch (FileNotFoundException released) {
            // the other run ended just now
        } finally {
            store.delete(probe);
        }
    }

    /**
     * Watches a lease from the future: the clock of the store was set back since, and says nothing of how old it is. A
     * living holder gives it another time, at its next beat.
     */
    private static boolean isRenewed(ControlFolder control, long renewed, Timing timing) throws IOException {
        pause(timing.heartbeat.multipliedBy(2));
        return control.store().status(control.lockFile()).getModificationTime() != renewed;
    }

    private static LockHolder holder(ControlFolder control) throws IOException {
        return LockHolder.parse(control.store().read(control.lockFile()), control);
    }

    private static void pause(Duration time) throws IOException {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the lock", stopped);
        }
    }

    /** Makes the lease young again, unless it is another run's by now. */
    synchronized void renew() throws IOException {
        LockHolder holder = holder(control);
        if (!isMine(holder)) {
            throw holder.refusal("Cannot go on");
        }
        write();
    }

    private boolean isMine(LockHolder holder) {
        return holder.equals(self) || isTorn && holder.isUnknown();
    }

    private void beat() {
        try {
            renew();
        } catch (LockedException lost) {
            heart.shutdown();
        } catch (IOException | RuntimeException passing) {
            // the next beat tries again, which it would not if this were thrown; confirm() says so when it lasts
        }
    }

    @Override
    public void confirm() {
        try {
            renew();
        } catch (FileNotFoundException removed) {
            throw new LockedException("Cannot go on: the lock file %s was removed while run %s was writing to %s;"
                            .formatted(Store.show(control.lockFile()), self.run(), self.output())
                    + " start again");
        } catch (IOException failed) {
            throw StorageFault.writing(
                    failed, "renew the lock file " + Store.show(control.lockFile()), ", and start again");
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        heart.shutdownNow();
        if (!isRemoved()) {
            // a fault that has passed is no reason to let the next run wait until this grows stale
            isRemoved();
        }
    }

    /** Whether nothing of this run stands in the way of the next one. */
    private boolean isRemoved() {
        try {
            if (isMine(holder(control))) {
                control.store().delete(control.lockFile());
            }
            return true;
        } catch (FileNotFoundException released) {
            return true;
        } catch (IOException stays) {
            return false;
        }
    }
}
