package io.crossfoot.sink;

import io.crossfoot.sink.PublishedFiles.Measured;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The data files of an output that are smaller than they should be, and which of them can be made one. */
public final class SmallFiles {
    private SmallFiles() {}

    /**
     * Files of the same columns, some in each of some folders, whose rows fit into fewer files.
     *
     * @param partitionBy the columns that are folders, outermost first
     * @param files their paths below the output, sizes and rows
     * @param expected about how many files their rows need
     */
    public record Batch(List<String> partitionBy, List<OutputFile> files, long expected) {
        public Batch {
            partitionBy = List.copyOf(partitionBy);
            files = List.copyOf(files);
        }
    }

    /**
     * Finds the files, of those that are wanted, that are smaller than three quarters of the target, in folders where fewer
     * would do. Files that Spark has not written are left alone: their types could come back as others. Reads the footers
     * of small files.
     *
     * @param wanted tells files by their path below the output
     * @throws io.crossfoot.error.StorageException if the output cannot be listed, or a footer cannot be read
     */
    public static List<Batch> of(ControlFolder control, long targetBytes, Predicate<String> wanted) {
        List<Measured> small =
                PublishedFiles.measured(control, (path, bytes) -> bytes < targetBytes / 4 * 3 && wanted.test(path));
        Collection<List<Measured>> alikeInFolders = grouped(
                        small, file -> PublishedFiles.folderOf(file.file().path()) + '\n' + kind(file))
                .values();
        List<List<Measured>> worthIt = alikeInFolders.stream()
                .filter(files -> expected(files, targetBytes) < files.size())
                .toList();
        return grouped(worthIt, files -> kind(files.get(0))).values().stream()
                .map(folders -> new Batch(
                        folders.get(0).get(0).partitionBy(),
                        folders.stream()
                                .flatMap(files -> files.stream().map(Measured::file))
                                .toList(),
                        folders.stream()
                                .mapToLong(files -> expected(files, targetBytes))
                                .sum()))
                .toList();
    }

    private static String kind(Measured file) {
        return file.partitionBy() + file.columns();
    }

    private static <T> Map<String, List<T>> grouped(List<T> things, Function<T, String> key) {
        return things.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
    }

    private static long expected(List<Measured> files, long targetBytes) {
        long bytes = files.stream().mapToLong(found -> found.file().bytes()).sum();
        return OutputSize.files(bytes, targetBytes, 1);
    }
}
