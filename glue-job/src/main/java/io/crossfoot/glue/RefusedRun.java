package io.crossfoot.glue;

/** Ends the job for a run that published nothing, so that Glue calls it failed, and shows why. */
final class RefusedRun extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedRun(String verdict) {
        super(verdict);
    }
}
