package io.crossfoot.whole;

import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A reader who looks at an output again and again, beside whoever changes it. */
final class Poll implements AutoCloseable {
    private final Set<List<String>> seen = Collections.synchronizedSet(new LinkedHashSet<>());
    private final Thread thread;
    private volatile boolean isEnding;

    Poll(Ground ground) {
        seen.add(ground.rows());
        thread = new Thread(() -> look(ground), "poll");
        thread.start();
    }

    private void look(Ground ground) {
        while (!isEnding) {
            try {
                seen.add(ground.rows());
            } catch (IllegalStateException | UncheckedIOException gone) {
                // a file that it had found was replaced before it was opened: a reader looks again
            }
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
