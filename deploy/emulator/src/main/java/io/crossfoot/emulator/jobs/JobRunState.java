package io.crossfoot.emulator.jobs;

/** How far a run is. */
enum JobRunState {
    STARTING,
    RUNNING,
    STOPPING,
    STOPPED,
    SUCCEEDED,
    FAILED,
    TIMEOUT;

    boolean isFinal() {
        return this == STOPPED || this == SUCCEEDED || this == FAILED || this == TIMEOUT;
    }
}
