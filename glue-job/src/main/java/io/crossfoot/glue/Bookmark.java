package io.crossfoot.glue;

import io.crossfoot.error.NearMiss;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What Glue's bookmark does in this run. */
enum Bookmark {
    /** All sales are read, and nothing is remembered. */
    DISABLED("job-bookmark-disable"),
    /** New sales are read, and remembered when the job commits. */
    ENABLED("job-bookmark-enable"),
    /** New sales are read, and come again with the next run. */
    PAUSED("job-bookmark-pause");

    /** The argument that Glue passes. */
    static final String ARGUMENT = "job-bookmark-option";

    private final String option;

    Bookmark(String option) {
        this.option = option;
    }

    /** Returns whether the job reads only what is new. */
    boolean isOn() {
        return this != DISABLED;
    }

    /** @throws IllegalArgumentException saying what is wrong */
    static Bookmark of(Optional<String> option) {
        List<String> options =
                Arrays.stream(values()).map(bookmark -> bookmark.option).toList();
        int index = options.indexOf(option.orElse(DISABLED.option));
        if (index < 0) {
            throw new IllegalArgumentException("Cannot use --%s %s: it must be one of %s%s"
                    .formatted(
                            ARGUMENT,
                            option.orElseThrow(),
                            String.join(", ", options),
                            NearMiss.hint(option.orElseThrow(), options)));
        }
        return values()[index];
    }
}
