package io.crossfoot.error;

import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is wrong with storage, and what its user can do about it. Each file system has its own exceptions, and several
 * say what is wrong in their text alone, or in that of a cause; the first fault of this list that fits is meant.
 *
 * <p>The text of an exception is shown only where no fault fits, and then its first line: a store's answer runs over
 * several and repeats what was sent.
 */
public enum StorageFault {
    NO_CREDENTIALS(
            "NoAuthWithAWSException|NoAwsCredentialsException|no aws credentials|unable to load (aws )?credentials",
            "no AWS credentials were found",
            "set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"),
    INVALID_CREDENTIALS(
            "InvalidAccessKeyId|SignatureDoesNotMatch|ExpiredToken|InvalidToken|RequestTimeTooSkewed",
            "the store does not know these credentials",
            "check them, and whether they have expired"),
    NO_BUCKET(
            "UnknownStoreException|NoSuchBucket|bucket does not exist",
            "there is no such bucket",
            "check its name and its region"),
    FORBIDDEN("status ?code: 403", "the store refused access (403)", "check the credentials, and their right to %s"),
    DENIED(
            "AccessDeniedException|AccessControlException|permission denied|read-only file system|operation not permitted",
            "permission denied",
            "give this user the right to %s"),
    FULL("no space left|quota ?exceeded|disk quota", "no space is left", "free some space"),
    NO_ANSWER(
            "ConnectException|UnknownHostException|NoRouteToHostException|SocketTimeoutException|ConnectTimeoutException"
                    + "|HttpHostConnectException|connection refused|unable to execute http request",
            "the store does not answer",
            "check the network, AWS_ENDPOINT_URL and AWS_REGION"),
    OTHER("", "", "check the file system");

    private final Pattern sign;
    private final String reason;
    private final String remedy;

    StorageFault(String sign, String reason, String remedy) {
        this.sign = Pattern.compile(sign, Pattern.CASE_INSENSITIVE);
        this.reason = reason;
        this.remedy = remedy;
    }

    /** Returns what is wrong when this was thrown. */
    public static StorageFault of(Throwable thrown) {
        String signs = String.join("\n", signs(thrown));
        for (StorageFault fault : values()) {
            if (fault.sign.matcher(signs).find()) {
                return fault;
            }
        }
        return OTHER;
    }

    /** Returns what to throw when reading failed: {@code Cannot <what>: <reason>; <remedy><next>}. */
    public static StorageException reading(Throwable thrown, String what, String next) {
        return exception(thrown, "read it", what, next);
    }

    /**
     * Returns what to throw when writing failed: {@code Cannot <what>: <reason>; <remedy><next>}.
     *
     * @param what what could not be done, as in "publish to /out"
     * @param next what is left to say after the remedy, as in ", and start again"
     */
    public static StorageException writing(Throwable thrown, String what, String next) {
        return exception(thrown, "write there", what, next);
    }

    private static StorageException exception(Throwable thrown, String right, String what, String next) {
        StorageFault fault = of(thrown);
        String reason = fault == OTHER ? firstLine(thrown) : fault.reason;
        return new StorageException(
                "Cannot %s: %s; %s%s".formatted(what, reason, fault.remedy.formatted(right), next), thrown);
    }

    private static List<String> signs(Throwable thrown) {
        List<String> signs = new ArrayList<>();
        for (Throwable cause = thrown; cause != null && signs.size() < 100; cause = cause.getCause()) {
            signs.add(cause.toString());
        }
        return signs;
    }

    private static String firstLine(Throwable thrown) {
        String name = thrown.getClass().getSimpleName();
        if (thrown instanceof FileSystemException bare) {
            // its message begins with the bare path
            return "%s (%s)".formatted(Optional.ofNullable(bare.getReason()).orElse(name), bare.getFile());
        }
        return Optional.ofNullable(thrown.getMessage())
                .flatMap(text -> text.lines().findFirst())
                .orElse(name);
    }
}
