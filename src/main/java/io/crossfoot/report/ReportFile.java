package io.crossfoot.report;

import io.crossfoot.error.StorageException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** A report where a run leaves it: on any Hadoop file system. */
public record ReportFile(Path path, Configuration hadoop) {
    /** Writes a report in place of the one that may be there. */
    public void write(RunReport report) {
        try (OutputStream out = fileSystem().create(path, true)) {
            out.write(ReportJson.write(report).getBytes(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new StorageException(
                    "Cannot write the run report %s: %s; check the control folder".formatted(path, failed.getMessage()),
                    failed);
        }
    }

    /** Reads the report; empty when there is none, or none that is whole. */
    public Optional<RunReport> read() {
        try (InputStream in = path.getFileSystem(hadoop).open(path)) {
            return Optional.of(ReportJson.read(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (FileNotFoundException | IllegalArgumentException none) {
            return Optional.empty();
        } catch (IOException failed) {
            throw new StorageException(
                    "Cannot read the run report %s: %s; check the control folder".formatted(path, failed.getMessage()),
                    failed);
        }
    }

    /** On a local disk without the checksum file that Hadoop would put beside it. */
    private FileSystem fileSystem() throws IOException {
        FileSystem fileSystem = path.getFileSystem(hadoop);
        return fileSystem instanceof LocalFileSystem local ? local.getRawFileSystem() : fileSystem;
    }
}
