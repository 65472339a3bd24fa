package io.crossfoot.source;

import io.crossfoot.error.StorageException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * What tells whether a file was written anew.
 *
 * @param bytes its size as stored
 * @param modified when it was last written, in milliseconds since 1970
 */
public record FileStamp(long bytes, long modified) {
    /**
     * Looks at a file as it is now; empty when there is none.
     *
     * @param name as Spark names the file of a row: a path, or a URI where blanks are {@code %20}
     * @throws StorageException when storage does not say
     */
    public static Optional<FileStamp> of(String name, Configuration hadoop) {
        try {
            FileStatus found = status(name, hadoop);
            return Optional.of(new FileStamp(found.getLen(), found.getModificationTime()));
        } catch (FileNotFoundException absent) {
            return Optional.empty();
        } catch (IOException failed) {
            throw new StorageException(
                    "Cannot look at %s: %s; check the rights of this run and start again"
                            .formatted(name, failed.getMessage()),
                    failed);
        }
    }

    private static FileStatus status(String name, Configuration hadoop) throws IOException {
        Path literal = new Path(name);
        try {
            return literal.getFileSystem(hadoop).getFileStatus(literal);
        } catch (FileNotFoundException absent) {
            if (!name.matches(".*%\\p{XDigit}{2}.*")) {
                throw absent;
            }
            Path decoded = new Path(URI.create(name));
            return decoded.getFileSystem(hadoop).getFileStatus(decoded);
        }
    }
}
