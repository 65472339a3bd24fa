package io.crossfoot;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.error.StorageFault;
import io.crossfoot.error.UsageException;
import io.crossfoot.sink.WriteMode;
import io.crossfoot.source.HiddenName;
import io.crossfoot.storage.Storage;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** Where a run may write: not where it reads, and not over files that are no output. */
final class Places {
    private Places() {}

    /**
     * Refuses to replace a folder of things that no run has written: the user meant another one.
     *
     * @param ours what the name of a file that may be replaced looks like
     */
    static void requireReplaceable(EnrichConfig config, Predicate<String> ours, Configuration hadoop) {
        if (config.mode() == WriteMode.APPEND) {
            return;
        }
        file(config.output(), file -> !isHidden(file) && !ours.test(file), hadoop)
                .ifPresent(file -> {
                    throw new UsageException(
                            "Cannot overwrite %s: it holds %s, which no run has written; name another --output, or empty this one"
                                    .formatted(config.output(), file));
                });
    }

    private static boolean isHidden(String file) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        return name.startsWith("_") || name.startsWith(".") || name.endsWith("_$folder$");
    }

    /**
     * Refuses to make a table in a folder of things that are none of its.
     *
     * @param ours the folders in it whose files are
     */
    static void requireNoFiles(String output, Set<String> ours, Configuration hadoop) {
        file(output, file -> ours.stream().noneMatch(folder -> isIn(folder, file)), hadoop)
                .ifPresent(file -> {
                    throw new UsageException(
                            "Cannot make a table in %s: it holds %s; name another --output, or empty this one"
                                    .formatted(output, file));
                });
    }

    private static boolean isIn(String folder, String file) {
        return file.startsWith(folder + "/") || file.equals(folder + "_$folder$");
    }

    /** Returns a file in a folder, at any depth, that is such a one, by its path below it; empty where there is none. */
    private static Optional<String> file(String output, Predicate<String> wanted, Configuration hadoop) {
        try {
            Path folder = new Path(output);
            FileSystem fileSystem = Storage.of(folder, hadoop);
            if (!fileSystem.exists(folder)) {
                return Optional.empty();
            }
            int root = new Path(fileSystem.makeQualified(folder), "x")
                            .toUri()
                            .getPath()
                            .length()
                    - 1;
            RemoteIterator<LocatedFileStatus> files = fileSystem.listFiles(folder, true);
            while (files.hasNext()) {
                String file = files.next().getPath().toUri().getPath().substring(root);
                if (wanted.test(file)) {
                    return Optional.of(file);
                }
            }
            return Optional.empty();
        } catch (IOException failed) {
            throw StorageFault.reading(failed, "look into " + output, "");
        }
    }

    /** Refuses an output that a source would read, or that would replace one, be it files or a table of a catalog. */
    static void requireApart(EnrichConfig config, Sources sources, Configuration hadoop) {
        List<String> problems = new ArrayList<>();
        sources.customers().locations().stream()
                .flatMap(place -> problem("customers", place, config, hadoop).stream())
                .forEach(problems::add);
        sources.sales().locations().stream()
                .flatMap(place -> problem("sales", place, config, hadoop).stream())
                .forEach(problems::add);
        if (!problems.isEmpty()) {
            throw new UsageException(problems);
        }
    }

    private static Optional<String> problem(String table, String place, EnrichConfig config, Configuration hadoop) {
        String output = qualified(config.output(), hadoop);
        if (isInside(output, place, hadoop)) {
            return Optional.of(
                    "Cannot write to %s: it lies inside the %s at %s, and the next run would read it; name another --output"
                            .formatted(config.output(), table, place));
        }
        Optional<String> control = config.control().filter(folder -> isRead(folder, place, hadoop));
        if (control.isPresent()) {
            return Optional.of(
                    "Cannot use %s as the control folder: it lies inside the %s at %s, and the next run would read it; name another --control"
                            .formatted(control.get(), table, place));
        }
        if (folder(place, hadoop).startsWith(output)) {
            return Optional.of(
                    "Cannot write to %s: the %s at %s lie inside it and would be replaced; name another --output"
                            .formatted(config.output(), table, place));
        }
        return Optional.empty();
    }

    /** Whether a folder lies inside a location, and under no name that is not read. */
    private static boolean isRead(String control, String location, Configuration hadoop) {
        String folder = qualified(control, hadoop);
        return isInside(folder, location, hadoop)
                && Stream.of(folder.substring(folder(location, hadoop).length()).split("/"))
                        .noneMatch(HiddenName::is);
    }

    /** Whether a folder is the location, or what a glob can match, or lies in it. */
    private static boolean isInside(String output, String location, Configuration hadoop) {
        if (!location.matches(".*[*?\\[{].*")) {
            return output.startsWith(qualified(location, hadoop));
        }
        String parent = folder(location, hadoop);
        String literal = location.replaceFirst("[^/]*[*?\\[{].*$", "");
        if (!output.startsWith(parent)) {
            return false;
        }
        java.nio.file.Path pattern = java.nio.file.Path.of(location.substring(literal.length()));
        java.nio.file.Path below = java.nio.file.Path.of(output.substring(parent.length()));
        return below.getNameCount() >= pattern.getNameCount()
                && FileSystems.getDefault()
                        .getPathMatcher("glob:" + pattern)
                        .matches(below.subpath(0, pattern.getNameCount()));
    }

    /** The folder that a location names, up to the first wildcard. */
    private static String folder(String location, Configuration hadoop) {
        String literal = location.replaceFirst("[^/]*[*?\\[{].*$", "");
        return qualified(literal.isEmpty() ? "." : literal, hadoop);
    }

    /** A path with its file system, in one spelling, and a slash at the end. */
    private static String qualified(String folder, Configuration hadoop) {
        try {
            String path = Storage.unified(new Path(folder), hadoop).toString();
            return path.endsWith("/") ? path : path + "/";
        } catch (IllegalArgumentException invalid) {
            throw new UsageException("Cannot use '%s' as a path: %s".formatted(folder, invalid.getMessage()));
        }
    }
}
