package io.crossfoot.error;

import java.util.List;

/** Wrong use or configuration: found before any data is read. Exit code 2. */
public final class UsageException extends CrossfootException {
    private static final long serialVersionUID = 1L;

    public UsageException(String problem) {
        this(List.of(problem));
    }

    public UsageException(List<String> problems) {
        super("Cannot start: %d settings are wrong".formatted(problems.size()), problems);
    }

    @Override
    public int exitCode() {
        return 2;
    }
}
