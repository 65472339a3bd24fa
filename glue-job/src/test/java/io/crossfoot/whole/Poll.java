package io.crossfoot.whole;

import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** A reader who looks at outputs many times a second, one after the other, beside whoever changes them. */
final class Poll implements AutoCloseable {
    private static final long PAUSE_NANOS = 30_000_000;

    private final Set<List<String>> seen = Collections.synchronizedSet(new LinkedHashSet<>());
    private final Thread thread;
    private volatile boolean isEnding;

    Poll(Collection<Ground> grounds) {
        grounds.forEach(ground -> seen.add(ground.rows()));
        thread = new Thread(() -> look(grounds), "poll");
        thread.start();
    }

    private void look(Collection<Ground> grounds) {
        while (!isEnding) {
            for (Ground ground : grounds) {
                look(ground);
                // who changes them needs a processor, too
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void look(Ground ground) {
        try {
            seen.add(ground.rows());
        } catch (IllegalStateException | UncheckedIOException gone) {
            // a file that it had found was replaced before it was opened: a reader looks again
        }
    }

    /** Returns the different rows that were seen, in order. */
    List<List<String>> end() {
        isEnding = true;
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
        return List.copyOf(seen);
    }

    @Override
    public void close() {
        end();
    }
}
