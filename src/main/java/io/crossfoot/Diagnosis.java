package io.crossfoot;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.error.ShapeException;
import io.crossfoot.error.StorageException;
import io.crossfoot.error.StorageFault;
import io.crossfoot.error.UsageException;
import io.crossfoot.quality.TableRule;
import io.crossfoot.source.UnreadableFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkThrowable;

/** Says what was wrong when Spark failed in the middle of a job, so that its user need not read a stack trace. */
final class Diagnosis {
    private static final String UNTOUCHED = "; the previous output is untouched";

    private Diagnosis() {}

    /** Returns what to throw: an exception for the user where the cause is known, else the failure itself. */
    static RuntimeException of(
            Exception failed, Inputs inputs, EnrichConfig config, QualityRules rules, Configuration hadoop) {
        Throwable cause = root(failed);
        String text = String.valueOf(cause.getMessage());
        if (cause instanceof IllegalArgumentException
                && text.toLowerCase(Locale.ROOT).startsWith("cannot ")) {
            return new ShapeException(text);
        }
        if (!anyIOException(failed)) {
            List<TableRule> conditional = rules.conditional();
            if (!conditional.isEmpty() && isOfExpression(failed)) {
                return uncomputable(conditional, cause);
            }
            return failed instanceof RuntimeException bug ? bug : new IllegalStateException(failed);
        }
        return switch (StorageFault.of(failed)) {
            case FULL ->
                new StorageException(
                        "Cannot write to %s: no space is left on the device; free some and start again%s"
                                .formatted(config.output(), UNTOUCHED),
                        failed);
            // looking for the file would wait for an answer, too
            case NO_ANSWER, NO_CREDENTIALS, INVALID_CREDENTIALS ->
                StorageFault.reading(failed, "go on", ", and start again" + UNTOUCHED);
            default -> unreadable(inputs, hadoop, failed).orElseGet(() -> other(failed, cause, config));
        };
    }

    /** What Spark says, and what is printed below it, may hold values of rows, personal ones too. */
    private static UsageException uncomputable(List<TableRule> conditional, Throwable cause) {
        return new UsageException(
                "Cannot judge by rules with 'where': Spark cannot compute a condition (%s); what it says may show values, and is left out; write a condition that no value breaks, as by try_to_number; the rules are %s%s"
                        .formatted(
                                cause.getClass().getSimpleName(),
                                conditional.stream().map(TableRule::text).collect(Collectors.joining(", ")),
                                UNTOUCHED));
    }

    /**
     * Whether Spark failed to compute something for a row. All that Crossfoot itself has it compute has a value for every
     * row; conditions of rules are what is left.
     */
    private static boolean isOfExpression(Throwable failed) {
        return Stream.iterate(failed, Objects::nonNull, Throwable::getCause)
                .filter(RuntimeException.class::isInstance)
                .anyMatch(cause -> cause instanceof SparkThrowable || isRaisedByExpression(cause));
    }

    /** Some expressions let pass what Java throws, such as for a pattern that is none. */
    private static boolean isRaisedByExpression(Throwable cause) {
        return Arrays.stream(cause.getStackTrace())
                .map(StackTraceElement::getClassName)
                .filter(name -> !name.startsWith("java."))
                .findFirst()
                .filter(name -> name.startsWith("org.apache.spark.sql.catalyst.expressions."))
                .isPresent();
    }

    private static Optional<StorageException> unreadable(Inputs inputs, Configuration hadoop, Exception failed) {
        return Stream.of(inputs.sales(), inputs.customers())
                .flatMap(input -> UnreadableFile.firstOf(input.source(), hadoop).stream())
                .findFirst()
                .map(file -> {
                    String what = "read %s: %s".formatted(file.table(), file.path());
                    if (StorageFault.of(file.cause()) != StorageFault.OTHER) {
                        return StorageFault.reading(file.cause(), what, UNTOUCHED);
                    }
                    String wrong = file.cause() instanceof FileNotFoundException
                            ? " vanished while it was read; start again"
                            : " is damaged (%s); write it again or take it out of the folder"
                                    .formatted(file.cause().getMessage());
                    return new StorageException("Cannot " + what + wrong + UNTOUCHED, failed);
                });
    }

    private static StorageException other(Exception failed, Throwable cause, EnrichConfig config) {
        if (cause instanceof FileNotFoundException) {
            return new StorageException(
                    "Cannot go on: a file vanished while it was read (%s); start again%s"
                            .formatted(firstLine(cause), UNTOUCHED),
                    failed);
        }
        if (StorageFault.of(failed) != StorageFault.OTHER) {
            return StorageFault.writing(failed, "write to " + config.output(), ", and start again" + UNTOUCHED);
        }
        return new StorageException(
                "Cannot go on: storage failed (%s); start again%s".formatted(firstLine(cause), UNTOUCHED), failed);
    }

    private static boolean anyIOException(Throwable failed) {
        Throwable cause = failed;
        while (cause != null && !(cause instanceof IOException)) {
            cause = cause.getCause();
        }
        return cause != null;
    }

    private static Throwable root(Throwable failed) {
        Throwable cause = failed;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String firstLine(Throwable cause) {
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
