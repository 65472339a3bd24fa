package io.crossfoot.source;

import io.crossfoot.csv.CsvInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * A file that cannot be read to its end.
 *
 * @param table the table that it belongs to
 * @param path where it lies
 * @param cause what reading it ends with
 */
public record UnreadableFile(String table, String path, IOException cause) {
    /**
     * Returns the first file of a table that cannot be read to its end. Reads every file until one fails: for after a
     * job has failed, when it is worth it.
     */
    public static Optional<UnreadableFile> firstOf(SourceTable table, Configuration hadoop) {
        return table.files().stream()
                .filter(file -> file.bytes() > 0)
                .flatMap(file ->
                        failure(file, hadoop)
                                .map(failed -> new UnreadableFile(table.name(), file.path(), failed))
                                .stream())
                .findFirst();
    }

    private static Optional<IOException> failure(InputFile file, Configuration hadoop) {
        try (InputStream unpacked = CsvInput.unpacked(file.path(), hadoop)) {
            unpacked.transferTo(OutputStream.nullOutputStream());
            return Optional.empty();
        } catch (IOException failed) {
            return Optional.of(failed);
        }
    }
}
