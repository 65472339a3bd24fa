package io.crossfoot.source;

import io.crossfoot.error.StorageException;
import io.crossfoot.error.UsageException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.security.AccessControlException;

/**
 * The files below a location: a file, a folder with all its folders, or a glob. Names that begin with {@code _} or
 * {@code .} are not data, and neither is what lies in a folder of such a name.
 *
 * @param base the folder from which Hive-style partition folders count
 * @param files sorted by path, so that a run does not depend on the order in which storage lists them
 */
record FileListing(Path base, List<InputFile> files) {
    private static final Pattern GLOB = Pattern.compile("[*?\\[{]");

    static FileListing of(String table, String location, Configuration hadoop) {
        try {
            Path path = new Path(location);
            FileSystem fileSystem = path.getFileSystem(hadoop);
            FileStatus[] roots = roots(fileSystem, path);
            boolean isFile = roots.length == 1 && roots[0].isFile();
            Path base =
                    base(fileSystem.makeQualified(isFile ? roots[0].getPath().getParent() : path));
            List<InputFile> files = new ArrayList<>();
            for (FileStatus root : roots) {
                collect(fileSystem, base, root, files);
            }
            files.sort(Comparator.comparing(InputFile::path));
            return new FileListing(base, files);
        } catch (FileNotFoundException missing) {
            throw new StorageException(
                    "Cannot read %s: %s does not exist; check the path given with --%s"
                            .formatted(table, location, table),
                    missing);
        } catch (AccessControlException denied) {
            throw new StorageException(
                    "Cannot read %s: no permission to list %s; give this user the right to read it"
                            .formatted(table, location),
                    denied);
        } catch (IllegalArgumentException invalid) {
            throw new UsageException(
                    "Cannot read %s: '%s' is not a path: %s".formatted(table, location, invalid.getMessage()));
        } catch (IOException failed) {
            throw new StorageException(
                    "Cannot read %s: %s cannot be listed: %s".formatted(table, location, failed.getMessage()), failed);
        }
    }

    private static FileStatus[] roots(FileSystem fileSystem, Path path) throws IOException {
        if (fileSystem.exists(path)) {
            return new FileStatus[] {fileSystem.getFileStatus(path)};
        }
        FileStatus[] matches = fileSystem.globStatus(path);
        if (matches == null || matches.length == 0) {
            throw new FileNotFoundException(path.toString());
        }
        return matches;
    }

    private static void collect(FileSystem fileSystem, Path base, FileStatus root, List<InputFile> files)
            throws IOException {
        if (root.isFile()) {
            files.add(inputFile(base, root));
            return;
        }
        RemoteIterator<LocatedFileStatus> found = fileSystem.listFiles(root.getPath(), true);
        while (found.hasNext()) {
            LocatedFileStatus file = found.next();
            if (folders(root.getPath(), file.getPath()).stream().noneMatch(FileListing::hidden)
                    && !hidden(file.getPath().getName())) {
                files.add(inputFile(base, file));
            }
        }
    }

    private static InputFile inputFile(Path base, FileStatus file) {
        List<String> partitions = folders(base, file.getPath()).stream()
                .filter(FileListing::isPartition)
                .map(folder -> folder.substring(0, folder.indexOf('=')))
                .toList();
        return new InputFile(file.getPath().toString(), file.getLen(), file.getModificationTime(), partitions);
    }

    /** Returns the deepest folder of the location that is neither a pattern nor a partition. */
    private static Path base(Path location) {
        Path base = location;
        for (Path folder = location; folder != null; folder = folder.getParent()) {
            if (GLOB.matcher(folder.getName()).find()) {
                base = folder.getParent();
            }
        }
        while (base.getParent() != null && isPartition(base.getName())) {
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

    private static boolean isPartition(String folder) {
        return folder.indexOf('=') > 0;
    }

    private static boolean hidden(String name) {
        return name.startsWith(".") || (name.startsWith("_") && !isPartition(name));
    }
}
