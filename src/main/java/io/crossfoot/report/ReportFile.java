package io.crossfoot.report;

import io.crossfoot.error.StorageException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** A report where a run leaves it: on any Hadoop file system. */
public record ReportFile(Path path, Configuration hadoop) {
    /** Writes a report in place of the one that may be there: whole, or not at all. */
    public void write(RunReport report) {
        try {
            FileSystem files = fileSystem();
            try (OutputStream out = files.create(fresh(), true)) {
                out.write(ReportJson.write(report).getBytes(StandardCharsets.UTF_8));
            }
            files.delete(path, false);
            files.rename(fresh(), path);
        } catch (IOException failed) {
            throw new StorageException(
                    "Cannot write the run report %s: %s; check the control folder".formatted(path, failed.getMessage()),
                    failed);
        }
    }

    /** Reads the report; empty when there is none, or none that is whole. */
    public Optional<RunReport> read() {
        try {
            // a process that died in write has left the new one, the old one, or both
            return read(path).or(() -> read(fresh()));
        } catch (UncheckedIOException failed) {
            throw new StorageException(
                    "Cannot read the run report %s: %s; check the control folder"
                            .formatted(path, failed.getCause().getMessage()),
                    failed);
        }
    }

    private Optional<RunReport> read(Path file) {
        try (InputStream in = fileSystem().open(file)) {
            return Optional.of(ReportJson.read(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (FileNotFoundException | IllegalArgumentException none) {
            return Optional.empty();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Path fresh() {
        return path.suffix(".new");
    }

    /** On a local disk without the checksum file that Hadoop would put beside it. */
    private FileSystem fileSystem() throws IOException {
        FileSystem fileSystem = path.getFileSystem(hadoop);
        return fileSystem instanceof LocalFileSystem local ? local.getRawFileSystem() : fileSystem;
    }
}
