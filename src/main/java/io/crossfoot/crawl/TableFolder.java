package io.crossfoot.crawl;

import io.crossfoot.catalog.CatalogPartition;
import io.crossfoot.source.InputFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;

/**
 * A folder whose files are one table.
 *
 * @param folder its path, with a slash at the end
 * @param files all files below it that are not empty, sorted by path; at least one
 */
record TableFolder(String folder, List<InputFile> files) {
    /** Returns the names of the partition keys, outermost first; none when the files do not lie equally deep. */
    List<String> partitionKeys() {
        List<List<String>> paths = files.stream().map(this::folders).distinct().toList();
        int depth = paths.get(0).size();
        if (paths.stream().anyMatch(path -> path.size() != depth)) {
            return List.of();
        }
        return IntStream.range(0, depth)
                .mapToObj(level ->
                        key(level, paths.stream().map(path -> path.get(level)).toList()))
                .toList();
    }

    /** Returns a partition for each folder that holds files. */
    List<CatalogPartition> partitions() {
        if (partitionKeys().isEmpty()) {
            return List.of();
        }
        Map<String, CatalogPartition> partitions = new LinkedHashMap<>();
        for (InputFile file : files) {
            String location = new Path(file.path()).getParent() + "/";
            partitions.computeIfAbsent(location, place -> {
                List<String> values =
                        folders(file).stream().map(FolderName::value).toList();
                return new CatalogPartition(values, place);
            });
        }
        return List.copyOf(partitions.values());
    }

    long bytes() {
        return files.stream().mapToLong(InputFile::bytes).sum();
    }

    /** Returns at most so many of the files: the first, the last, and others evenly between. The same ones each time. */
    List<InputFile> sample(int most) {
        if (files.size() <= most) {
            return files;
        }
        return IntStream.range(0, most)
                .mapToObj(i -> files.get((int) ((long) i * (files.size() - 1) / (most - 1))))
                .toList();
    }

    private static String key(int level, List<String> folders) {
        String first = FolderName.key(folders.get(0)).toLowerCase(Locale.ROOT);
        boolean named = !first.isEmpty()
                && folders.stream().allMatch(folder -> FolderName.key(folder).equalsIgnoreCase(first));
        return named ? first : "partition_" + level;
    }

    /** Returns the folders between this one and a file, outermost first. */
    private List<String> folders(InputFile file) {
        String[] parts = file.path().substring(folder.length()).split("/");
        List<String> folders = new ArrayList<>(List.of(parts));
        folders.remove(folders.size() - 1);
        return folders;
    }
}
