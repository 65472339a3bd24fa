package io.crossfoot.emulator.http;

/** What AWS answers instead of a result: the name of an error, an HTTP status and a message. */
public final class AwsError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;

    private AwsError(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    /** Returns a mistake of the caller (400). */
    public static AwsError of(String code, String message) {
        return new AwsError(400, code, message);
    }

    /** Returns an error with a status of its own. */
    public static AwsError of(int status, String code, String message) {
        return new AwsError(status, code, message);
    }

    /** Returns Glue's word for a value that is missing or wrong. */
    public static AwsError invalidInput(String message) {
        return of("InvalidInputException", message);
    }

    /** Returns Glue's word for a name that stands for nothing. */
    public static AwsError entityNotFound(String message) {
        return of("EntityNotFoundException", message);
    }

    /** Returns Athena's word for whatever is wrong with a request. */
    public static AwsError invalidRequest(String message) {
        return of("InvalidRequestException", message);
    }

    /** Returns the refusal of what neither the emulator nor moto can do: it is never faked. */
    public static AwsError notImplemented(String message) {
        return new AwsError(501, "NotImplementedException", message);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }
}
