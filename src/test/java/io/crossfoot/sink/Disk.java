package io.crossfoot.sink;

import io.crossfoot.testing.FaultyFileSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** An output on the local disk with its control folder, to write into and to look at. */
record Disk(Path root) {
    static final String RANDOM = "2dd664f9-d2c4-4ffe-878f-c6c70c1fb0cb";

    ControlFolder control() {
        return control("file://");
    }

    ControlFolder control(String authority) {
        return control(authority, FaultyFileSystem.configuration());
    }

    ControlFolder control(String authority, Configuration configuration) {
        return ControlFolder.of(new org.apache.hadoop.fs.Path(authority + output()), Optional.empty(), configuration);
    }

    Path output() {
        return root.resolve("out");
    }

    Path controlRoot() {
        return root.resolve("_crossfoot").resolve("out");
    }

    Path staging(String runId) {
        return controlRoot().resolve("staging").resolve(runId);
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static void rename(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Two data files, in partition folders, and what Spark's committer leaves beside them. */
    void stage(String runId) {
        Path staging = staging(runId);
        write(staging.resolve("region=North/part-00000-%s.c000.zstd.parquet".formatted(RANDOM)), runId + " north");
        write(staging.resolve("region=North/.part-00000-%s.c000.zstd.parquet.crc".formatted(RANDOM)), "crc");
        write(staging.resolve("region=East/part-00001-%s.c000.zstd.parquet".formatted(RANDOM)), runId + " east");
        write(staging.resolve("_SUCCESS"), "");
        write(staging.resolve("._SUCCESS.crc"), "crc");
        write(staging.resolve("_temporary/0/part-00003.parquet"), "unfinished");
    }

    /** What a run left before, and what somebody else put there. */
    void fillOutput() {
        write(output().resolve("region=North/part-00000-old.parquet"), "old north");
        write(output().resolve("region=West/part-00001-old.parquet"), "old west");
        write(output().resolve("region=West/.part-00001-old.parquet.crc"), "crc");
        write(output().resolve("notes.txt"), "by hand");
    }

    /** Every file below a folder with its text, hidden ones too; and every folder, with a dash. */
    static Map<String, String> tree(Path folder) {
        Map<String, String> tree = new TreeMap<>();
        if (!Files.exists(folder)) {
            return tree;
        }
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) found::iterator) {
                String name = folder.relativize(path).toString();
                tree.put(name, Files.isDirectory(path) ? "-" : Files.readString(path));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return tree;
    }
}
