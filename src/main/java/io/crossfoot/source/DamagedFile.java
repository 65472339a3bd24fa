package io.crossfoot.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

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
        Path path = new Path(file.path());
        try (InputStream raw = path.getFileSystem(hadoop).open(path)) {
            CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(path);
            try (InputStream unpacked = codec == null ? raw : codec.createInputStream(raw)) {
                unpacked.transferTo(java.io.OutputStream.nullOutputStream());
            }
            return null;
        } catch (IOException failed) {
            return failed;
        }
    }
}
