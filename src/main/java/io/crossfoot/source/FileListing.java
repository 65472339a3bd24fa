package io.crossfoot.source;

import io.crossfoot.error.StorageException;
import io.crossfoot.error.StorageFault;
import io.crossfoot.error.UsageException;
import io.crossfoot.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * The files below a location: a file, a folder with all its folders, or a glob. Names that begin with {@code _} or
 * {@code .} are not data, and neither is what lies in a folder of such a name.
 *
 * @param base the folder from which Hive-style partition folders count
 * @param files sorted by path, so that a run does not depend on the order in which storage lists them
 */
record FileListing(Path base, List<InputFile> files) {
    private static final Pattern GLOB = Pattern.compile("[*?\\[{]");

    /** @param layout says which partitions there are, if not all that is found is to be read */
    static FileListing of(String table, String location, FileLayout layout, Configuration hadoop) {
        FileListing all = of(table, location, hadoop);
        if (layout.partitions().isEmpty()) {
            return all;
        }
        try {
            StatedPartitions partitions =
                    new StatedPartitions(all.base(), layout.partitions().get(), hadoop);
            Map<String, InputFile> files = new TreeMap<>();
            all.files().stream()
                    .flatMap(file -> partitions.of(file).stream())
                    .forEach(file -> files.put(file.path(), file));
            for (Path folder : partitions.elsewhere()) {
                of(table, folder.toString(), hadoop).files().stream()
                        .flatMap(file -> partitions.of(file).stream())
                        .forEach(file -> files.put(file.path(), file));
            }
            return new FileListing(all.base(), List.copyOf(files.values()));
        } catch (IOException failed) {
            throw new StorageException(
                    "Cannot read %s: its partitions cannot be listed: %s".formatted(table, failed.getMessage()),
                    failed);
        }
    }

    static FileListing of(String table, String location, Configuration hadoop) {
        try {
            Path path = new Path(location);
            FileSystem fileSystem = Storage.of(path, hadoop);
            boolean literal = fileSystem.exists(path);
            boolean single = literal && fileSystem.getFileStatus(path).isFile();
            if (single && HiddenName.is(path.getName())) {
                throw new UsageException(
                        "Cannot read %s: %s: a file whose name begins with '_' or '.' is not data; rename it"
                                .formatted(table, location));
            }
            Path qualified = fileSystem.makeQualified(path);
            Path base = outermost(single ? qualified.getParent() : literal ? qualified : beforeGlob(qualified));
            // patterns may overlap, and a file is read once
            Map<String, InputFile> files = new TreeMap<>();
            LocalLinks links = new LocalLinks(table, HiddenName::is);
            for (FileStatus root :
                    literal ? new FileStatus[] {fileSystem.getFileStatus(path)} : matches(fileSystem, path)) {
                if (fileSystem.getUri().getScheme().equals("file")) {
                    links.check(java.nio.file.Path.of(root.getPath().toUri().getPath()));
                }
                collect(fileSystem, base, root, files);
            }
            return new FileListing(base, List.copyOf(files.values()));
        } catch (FileNotFoundException missing) {
            throw new StorageException(
                    "Cannot read %s: %s does not exist; %s".formatted(table, location, Advice.onLocation(table)),
                    missing);
        } catch (IllegalArgumentException invalid) {
            throw new UsageException(
                    "Cannot read %s: '%s' is not a path: %s".formatted(table, location, invalid.getMessage()));
        } catch (IOException failed) {
            throw StorageFault.reading(failed, "read %s: %s cannot be listed".formatted(table, location), "");
        }
    }

    private static FileStatus[] matches(FileSystem fileSystem, Path path) throws IOException {
        FileStatus[] matches = fileSystem.globStatus(path);
        if (matches == null || matches.length == 0) {
            throw new FileNotFoundException(path.toString());
        }
        return matches;
    }

    private static void collect(FileSystem fileSystem, Path base, FileStatus root, Map<String, InputFile> files)
            throws IOException {
        if (root.isFile()) {
            add(base, root, files);
            return;
        }
        if (fileSystem.getUri().getScheme().equals("file")) {
            // what a store lists in one call would start a process for each local file, to ask for its permissions
            for (FileStatus child : fileSystem.listStatus(root.getPath())) {
                collect(fileSystem, base, child, files);
            }
            return;
        }
        RemoteIterator<LocatedFileStatus> found = fileSystem.listFiles(root.getPath(), true);
        while (found.hasNext()) {
            add(base, found.next(), files);
        }
    }

    private static void add(Path base, FileStatus file, Map<String, InputFile> files) {
        Path path = file.getPath();
        if (!HiddenName.is(path.getName()) && folders(base, path).stream().noneMatch(HiddenName::is)) {
            files.put(path.toString(), inputFile(base, file));
        }
    }

    private static InputFile inputFile(Path base, FileStatus file) {
        List<String> partitions = folders(base, file.getPath()).stream()
                .filter(HiddenName::isPartition)
                .map(folder -> folder.substring(0, folder.indexOf('=')))
                .toList();
        return new InputFile(
                file.getPath().toString(), file.getLen(), file.getModificationTime(), etag(file), partitions, Map.of());
    }

    private static String etag(FileStatus file) {
        return file instanceof EtagSource named && named.getEtag() != null ? named.getEtag() : "";
    }

    private static Path beforeGlob(Path location) {
        Path base = location;
        for (Path folder = location; folder != null; folder = folder.getParent()) {
            if (GLOB.matcher(folder.getName()).find()) {
                base = folder.getParent();
            }
        }
        return base;
    }

    /** Returns the deepest folder, this one or above it, that is no partition. */
    private static Path outermost(Path folder) {
        Path base = folder;
        while (base.getParent() != null && HiddenName.isPartition(base.getName())) {
            base = base.getParent();
        }
        return base;
    }

    private static List<String> folders(Path root, Path file) {
        List<String> folders = new ArrayList<>();
        Predicate<Path> below = folder -> folder != null && !folder.equals(root) && folder.depth() > root.depth();
        for (Path folder = file.getParent(); below.test(folder); folder = folder.getParent()) {
            folders.add(0, folder.getName());
        }
        return folders;
    }
}
