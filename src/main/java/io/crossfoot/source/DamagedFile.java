package io.crossfoot.source;

import io.crossfoot.csv.CsvInput;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * A file that cannot be read to its end.
 *
 * @param table the table that it belongs to
 * @param path where it lies
 * @param reason what reading it ends with
 */
public record DamagedFile(String table, String path, String reason) {
    /**
     * Returns the first file of a table that cannot be read to its end. Reads every file until one fails: for after a
     * job has failed, when it is worth it.
     */
    public static Optional<DamagedFile> firstOf(SourceTable table, Configuration hadoop) {
        return table.files().stream()
                .filter(file -> file.bytes() > 0)
                .flatMap(file -> Optional.ofNullable(failure(file, hadoop))
                        .map(failed -> new DamagedFile(table.name(), file.path(), String.valueOf(failed.getMessage())))
                        .stream())
                .findFirst();
    }

    private static IOException failure(InputFile file, Configuration hadoop) {
        try (InputStream unpacked = CsvInput.unpacked(file.path(), hadoop)) {
            unpacked.transferTo(java.io.OutputStream.nullOutputStream());
            return null;
        } catch (IOException failed) {
            return failed;
        }
    }
}
