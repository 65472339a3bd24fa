package io.crossfoot;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.error.ShapeException;
import io.crossfoot.error.StorageException;
import io.crossfoot.source.DamagedFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** Says what was wrong when Spark failed in the middle of a job, so that its user need not read a stack trace. */
final class Diagnosis {
    private static final String UNTOUCHED = "; the previous output is untouched";

    private Diagnosis() {}

    /** Returns what to throw: an exception for the user where the cause is known, else the failure itself. */
    static RuntimeException of(Exception failed, Inputs inputs, EnrichConfig config, Configuration hadoop) {
        Throwable cause = root(failed);
        String text = String.valueOf(cause.getMessage());
        String lower = text.toLowerCase(Locale.ROOT);
        if (cause instanceof IllegalArgumentException && lower.startsWith("cannot ")) {
            return new ShapeException(text);
        }
        if (lower.contains("no space left on device") || lower.contains("quota exceeded")) {
            return new StorageException(
                    "Cannot write to %s: no space is left on the device; free some and start again%s"
                            .formatted(config.output(), UNTOUCHED),
                    failed);
        }
        if (cause instanceof FileNotFoundException) {
            return new StorageException(
                    "Cannot go on: a file vanished while it was read (%s); start again%s"
                            .formatted(firstLine(text), UNTOUCHED),
                    failed);
        }
        if (lower.contains("permission denied") || lower.contains("access denied")) {
            return new StorageException(
                    "Cannot go on: permission denied (%s); give this user the right and start again%s"
                            .formatted(firstLine(text), UNTOUCHED),
                    failed);
        }
        if (!(cause instanceof IOException)) {
            return failed instanceof RuntimeException bug ? bug : new IllegalStateException(failed);
        }
        Optional<DamagedFile> damaged = Stream.of(inputs.sales(), inputs.customers())
                .flatMap(input -> DamagedFile.firstOf(input.source(), hadoop).stream())
                .findFirst();
        if (damaged.isPresent()) {
            return new StorageException(
                    "Cannot read %s: %s is damaged (%s); write it again or take it out of the folder%s"
                            .formatted(
                                    damaged.get().table(),
                                    damaged.get().path(),
                                    damaged.get().reason(),
                                    UNTOUCHED),
                    failed);
        }
        return new StorageException(
                "Cannot go on: storage failed (%s); start again%s".formatted(firstLine(text), UNTOUCHED), failed);
    }

    private static Throwable root(Throwable failed) {
        Throwable cause = failed;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("no reason given");
    }
}
