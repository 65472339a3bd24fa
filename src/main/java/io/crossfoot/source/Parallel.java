package io.crossfoot.source;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Does the same small piece of waiting for many files at once, so that a thousand headers do not take a thousand round trips. */
final class Parallel {
    private static final int THREADS = 32;

    private Parallel() {}

    /** Returns the results in the order of the inputs; throws what the first failing one threw. */
    static <T, R> List<R> map(List<T> inputs, Function<T, R> work) {
        if (inputs.isEmpty()) {
            return List.of();
        }
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(THREADS, inputs.size()), task -> {
            Thread thread = new Thread(task, "crossfoot-headers");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<R>> futures = new ArrayList<>();
            for (T input : inputs) {
                futures.add(pool.submit(() -> work.apply(input)));
            }
            List<R> results = new ArrayList<>();
            for (Future<R> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading file headers", interrupted);
        } finally {
            pool.shutdownNow();
        }
    }
}
