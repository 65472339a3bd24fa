package io.crossfoot.emulator.jobs;

/** Starts the work of runs. */
@FunctionalInterface
interface JobLauncher {
    /**
     * Fetches what a run needs and starts it.
     *
     * @throws LaunchException when a script, a jar or a role is not there
     */
    JobProcess launch(JobRun run) throws LaunchException;

    /** Why a run cannot start; the message is what the run's ErrorMessage says. */
    final class LaunchException extends Exception {
        private static final long serialVersionUID = 1;

        LaunchException(String message) {
            super(message);
        }
    }
}
