package io.crossfoot.sink;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Makes calls to storage eight at a time: what takes long is the store, not this machine. */
final class SideBySide {
    private static final int THREADS = 8;

    private SideBySide() {}

    /**
     * Returns the results in the order of the calls. When one fails, those that have not begun are not made, and this
     * throws what it threw, once no call is under way any more.
     */
    static <T> List<T> call(List<Callable<T>> calls) throws IOException {
        ExecutorService workers = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<T>> pending = new ArrayList<>();
            for (Callable<T> call : calls) {
                pending.add(workers.submit(call));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> result : pending) {
                results.add(result.get());
            }
            return results;
        } catch (ExecutionException failed) {
            throw rethrown(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        } finally {
            workers.shutdownNow();
            awaitEnd(workers);
        }
    }

    private static IOException rethrown(ExecutionException failed) {
        if (failed.getCause() instanceof IOException storage) {
            return storage;
        }
        if (failed.getCause() instanceof RuntimeException own) {
            throw own;
        }
        throw new IllegalStateException(failed.getCause());
    }

    private static void awaitEnd(ExecutorService workers) {
        try {
            workers.awaitTermination(1, TimeUnit.HOURS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
