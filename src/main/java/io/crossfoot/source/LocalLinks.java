package io.crossfoot.source;

import io.crossfoot.error.StorageException;
import io.crossfoot.error.UsageException;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Looks at the symbolic links below a local folder. Hadoop follows them as they are: it leaves out a link to nowhere
 * without a word, and reads a file twice, or forty times, that links lead to more than once.
 */
final class LocalLinks extends SimpleFileVisitor<Path> {
    private final String table;
    private final Predicate<String> hidden;
    private final Map<Path, Path> seen = new HashMap<>();
    private Path root = Path.of("");

    /** @param hidden whether a file or folder of this name is no data */
    LocalLinks(String table, Predicate<String> hidden) {
        this.table = table;
        this.hidden = hidden;
    }

    /** @throws StorageException when a link leads nowhere; {@link UsageException} when two paths lead to one file */
    void check(Path location) throws IOException {
        root = location;
        Files.walkFileTree(location, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, this);
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        boolean skipped =
                !folder.equals(root) && hidden.test(folder.getFileName().toString());
        return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (hidden.test(file.getFileName().toString())) {
            return FileVisitResult.CONTINUE;
        }
        if (attributes.isSymbolicLink()) {
            throw new StorageException(
                    "Cannot read %s: %s is a link to a file that does not exist; mend it or take it out"
                            .formatted(table, file),
                    null);
        }
        Path twin = seen.put(file.toRealPath(), file);
        if (twin != null && !twin.equals(file)) {
            Path first = twin.compareTo(file) < 0 ? twin : file;
            throw new UsageException(
                    "Cannot read %s: %s and %s are links to one file, whose rows would count twice; take one out"
                            .formatted(table, first, first.equals(file) ? twin : file));
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failed) throws IOException {
        if (failed instanceof FileSystemLoopException) {
            throw new UsageException(
                    "Cannot read %s: %s is a link to a folder that it lies in; take it out".formatted(table, file));
        }
        throw failed;
    }
}
