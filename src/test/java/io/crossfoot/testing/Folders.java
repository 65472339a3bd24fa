package io.crossfoot.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Files of tests. */
public final class Folders {
    private Folders() {}

    /** The root of the project. */
    public static Path root() {
        return Path.of(System.getProperty("crossfoot.root", "."))
                .toAbsolutePath()
                .normalize();
    }

    /** Where the library and its tests were built. */
    public static Path target() {
        return target(root());
    }

    /** Where a module was built. */
    public static Path target(Path module) {
        return module.resolve(System.getProperty("crossfoot.target", "target"));
    }

    /** The jars of the Spark that jobs run on, with colons in between. */
    public static String sparkClassPath() {
        String built = target().resolve("spark.classpath").toString();
        return read(Path.of(System.getProperty("crossfoot.spark.classpath", built)))
                .strip();
    }

    public static Path testData() {
        return root().resolve("test-data");
    }

    public static Path write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Returns the files below a folder, relative to it and sorted; none when it does not exist. */
    public static List<String> tree(Path folder) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> folder.relativize(path).toString())
                    .sorted(Comparator.naturalOrder())
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Returns the files below a folder, each with its bytes as text, in which nothing is lost. */
    public static Map<String, String> contents(Path folder) {
        Map<String, String> contents = new TreeMap<>();
        for (String file : tree(folder)) {
            try {
                contents.put(file, Files.readString(folder.resolve(file), StandardCharsets.ISO_8859_1));
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
        return contents;
    }

    /** Removes a folder with all that is in it; one that is not there is fine. */
    public static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Copies the files below a folder to another. */
    public static void copy(Path from, Path to) {
        for (String file : tree(from)) {
            try {
                Files.createDirectories(to.resolve(file).getParent());
                Files.copy(from.resolve(file), to.resolve(file));
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}
