package io.crossfoot.error;

/** Another run holds the lock of this output. Exit code 5. */
public final class LockedException extends CrossfootException {
    private static final long serialVersionUID = 1L;

    public LockedException(String message) {
        super(message, (Throwable) null);
    }

    @Override
    public int exitCode() {
        return 5;
    }
}
