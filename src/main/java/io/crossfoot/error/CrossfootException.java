package io.crossfoot.error;

import java.util.ArrayList;
import java.util.List;

/**
 * A run that cannot go on, for a reason its user can do something about.
 *
 * <p>The message is written for that user: its first line says what cannot be done, why, and with which value; further
 * lines list every other problem of the same kind. Each kind has one exit code. Whatever else is thrown is a bug.
 */
public abstract sealed class CrossfootException extends RuntimeException
        permits UsageException, ShapeException, StorageException, LockedException {
    private static final long serialVersionUID = 1L;

    private final ArrayList<String> problems;

    CrossfootException(String message, Throwable cause) {
        super(message, cause);
        this.problems = new ArrayList<>(List.of(message));
    }

    CrossfootException(String heading, List<String> problems) {
        super(message(heading, problems));
        this.problems = new ArrayList<>(problems);
    }

    /** Returns each problem, a message of its own. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** Returns the exit code of a process that ends with this exception. */
    public abstract int exitCode();

    /** One problem is the message itself; several are listed below a heading, so that all can be mended at once. */
    private static String message(String heading, List<String> problems) {
        if (problems.size() == 1) {
            return problems.get(0);
        }
        return heading + "\n  - " + String.join("\n  - ", problems);
    }
}
