package io.crossfoot.testing;

import java.io.IOException;

/** Stands between a store and whoever asks for its operations, from any thread. */
public interface Trouble {
    /** An operation of a store. */
    @FunctionalInterface
    interface Operation<T> {
        T perform() throws IOException;
    }

    /**
     * Performs an operation, or does not.
     *
     * @param name what is asked of which path, as in {@code delete /out/lock}
     */
    <T> T meet(String name, Operation<T> operation) throws IOException;
}
