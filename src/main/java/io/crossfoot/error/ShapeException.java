package io.crossfoot.error;

import java.util.List;

/** A source whose columns do not fit its contract, or whose bytes are not of its format. Exit code 3. */
public final class ShapeException extends CrossfootException {
    private static final long serialVersionUID = 1L;

    public ShapeException(String problem) {
        this(List.of(problem));
    }

    public ShapeException(List<String> problems) {
        super("Cannot read the sources: %d problems".formatted(problems.size()), problems);
    }

    @Override
    public int exitCode() {
        return 3;
    }
}
