package io.crossfoot.error;

/** Storage, catalog or AWS failed: a path is missing, a right is missing, a disk is full. Exit code 4. */
public final class StorageException extends CrossfootException {
    private static final long serialVersionUID = 1L;

    public StorageException(String message) {
        this(message, null);
    }

    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public int exitCode() {
        return 4;
    }
}
