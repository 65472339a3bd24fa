package io.crossfoot.testing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Runs on grounds of their own, some at a time: most of a small run is waiting for the one thread that plans it. */
public final class Trials {
    private Trials() {}

    /** Tries each in this process, and fails with all that have failed. */
    public static <T> void each(Collection<T> subjects, Consumer<T> trial) {
        each(4, subjects, trial);
    }

    /** Tries each, so many at a time, and fails with all that have failed. */
    public static <T> void each(int atATime, Collection<T> subjects, Consumer<T> trial) {
        ExecutorService workers = Executors.newFixedThreadPool(atATime);
        try {
            List<Future<?>> pending = new ArrayList<>();
            subjects.forEach(subject -> pending.add(workers.submit(() -> trial.accept(subject))));
            AssertionError all = new AssertionError("Not all of %d trials".formatted(subjects.size()));
            for (Future<?> one : pending) {
                try {
                    one.get();
                } catch (ExecutionException failed) {
                    all.addSuppressed(failed.getCause());
                }
            }
            if (all.getSuppressed().length > 0) {
                throw all;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        } finally {
            workers.shutdownNow();
        }
    }
}
