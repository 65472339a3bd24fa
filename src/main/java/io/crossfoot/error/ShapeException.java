package io.crossfoot.error;

import java.util.ArrayList;
import java.util.List;

/** A source whose columns do not fit its contract, or whose bytes are not of its format. Exit code 3. */
public final class ShapeException extends CrossfootException {
    private static final long serialVersionUID = 1L;

    private final ArrayList<String> problems;

    public ShapeException(String problem) {
        this(List.of(problem));
    }

    public ShapeException(List<String> problems) {
        super(message("Cannot read the sources: %d problems".formatted(problems.size()), problems), null);
        this.problems = new ArrayList<>(problems);
    }

    /** Returns each problem, a message of its own. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    @Override
    public int exitCode() {
        return 3;
    }
}
