package io.crossfoot.config;

import io.crossfoot.error.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Turns texts into typed values and notes what is wrong with them. A value that is wrong or missing comes back as null,
 * after a problem was noted: {@link #refuseProblems} must stand between the last read and the first use.
 */
final class SettingReader {
    private final Settings settings;
    private final String deed;
    private final List<String> problems = new ArrayList<>();

    /** @param deed what cannot be done where a setting is missing, as in {@code enrich} */
    SettingReader(Settings settings, String deed) {
        this.settings = settings;
        this.deed = deed;
    }

    /** Reads a setting that must have a value. */
    <T> T required(Setting setting, Function<String, T> parse) {
        if (settings.value(setting).isEmpty()) {
            problems.add(Settings.missing(setting, deed));
        }
        return optional(setting, parse).orElse(null);
    }

    /** Returns where a setting came from; empty when nobody set it. */
    Optional<String> origin(Setting setting) {
        return settings.value(setting).map(Settings.Value::origin);
    }

    /** Reads a setting that may have none. */
    <T> Optional<T> optional(Setting setting, Function<String, T> parse) {
        return settings.value(setting).flatMap(value -> {
            try {
                if (value.text().isEmpty()) {
                    throw new IllegalArgumentException("the value is empty; leave it out or give one");
                }
                return Optional.of(parse.apply(value.text()));
            } catch (IllegalArgumentException wrong) {
                problems.add("Cannot use %s = '%s' (%s): %s"
                        .formatted(
                                setting.key(),
                                setting.isSecret() ? "…" : excerpt(value.text()),
                                value.origin(),
                                wrong.getMessage()));
                return Optional.empty();
            }
        });
    }

    /** Notes a problem that is of no one setting. */
    void refuse(String problem) {
        problems.add(problem);
    }

    /** @throws UsageException listing every problem noted so far */
    void refuseProblems() {
        if (!problems.isEmpty()) {
            throw new UsageException(problems);
        }
    }

    /** A contract may be pages long; its message need not. */
    private static String excerpt(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= 60 ? line : line.substring(0, 59) + "…";
    }
}
