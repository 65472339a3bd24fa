package io.crossfoot.sink;

import io.crossfoot.error.StorageException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.security.AccessControlException;

/** Turns what a file system throws into one line with a remedy. */
enum Failure {
    DENIED("permission denied", "give this user the right to write there"),
    FULL("no space is left", "free some space"),
    OTHER("the file system failed", "check the file system");

    private final String reason;
    private final String remedy;

    Failure(String reason, String remedy) {
        this.reason = reason;
        this.remedy = remedy;
    }

    /**
     * @param what what could not be done, as in "publish to /out"
     * @param next what is left to say after the remedy, as in "and start again"
     */
    static StorageException of(IOException cause, String what, String next) {
        Failure kind = kind(cause);
        String reason = kind == OTHER ? firstLine(cause) : kind.reason;
        return new StorageException("Cannot %s: %s; %s%s".formatted(what, reason, kind.remedy, next), cause);
    }

    // each file system has its own exceptions; several give the reason in the text alone
    private static Failure kind(IOException cause) {
        String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (cause instanceof AccessDeniedException
                || cause instanceof AccessControlException
                || text.contains("permission denied")
                || text.contains("read-only file system")
                || text.contains("operation not permitted")) {
            return DENIED;
        }
        if (text.contains("no space left") || text.contains("quota")) {
            return FULL;
        }
        return OTHER;
    }

    private static String firstLine(IOException cause) {
        String name = cause.getClass().getSimpleName();
        if (cause instanceof FileSystemException bare) {
            // its message begins with the bare path
            return "%s (%s)".formatted(Optional.ofNullable(bare.getReason()).orElse(name), bare.getFile());
        }
        return Optional.ofNullable(cause.getMessage())
                .flatMap(text -> text.lines().findFirst())
                .orElse(name);
    }
}
