package io.crossfoot.sink;

/** Ends a publication as a kill would. */
final class Cut extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Cut() {
        super("cut here");
    }
}
