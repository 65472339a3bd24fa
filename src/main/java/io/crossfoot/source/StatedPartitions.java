package io.crossfoot.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Finds the partition that a file belongs to, among those that a catalog states. */
final class StatedPartitions {
    private final Path base;
    private final Map<Path, FolderPartition> byFolder = new HashMap<>();

    /** @param base the folder of the table */
    StatedPartitions(Path base, List<FolderPartition> partitions, Configuration hadoop) throws IOException {
        this.base = base;
        for (FolderPartition partition : partitions) {
            Path folder = new Path(partition.location());
            byFolder.put(folder.getFileSystem(hadoop).makeQualified(folder), partition);
        }
    }

    /** Returns the folders of partitions that lie outside the folder of the table, and so are listed by themselves. */
    List<Path> elsewhere() {
        List<Path> folders = new ArrayList<>();
        for (Path folder : byFolder.keySet()) {
            if (!isBelow(folder)) {
                folders.add(folder);
            }
        }
        folders.sort(null);
        return folders;
    }

    /** Returns the file with the values of its partition; empty when no partition has it, so that it is not read. */
    Optional<InputFile> of(InputFile file) {
        Path folder = new Path(file.path()).getParent();
        while (folder != null && !byFolder.containsKey(folder)) {
            folder = folder.getParent();
        }
        if (folder == null) {
            return Optional.empty();
        }
        Map<String, String> values = byFolder.get(folder).values();
        List<String> names = List.copyOf(values.keySet());
        boolean sayTheSame = isBelow(folder)
                && sameNames(file.partitions(), names)
                && PartitionFolders.texts(file).equals(new ArrayList<>(values.values()));
        return Optional.of(sayTheSame ? file : file.stating(values));
    }

    private boolean isBelow(Path folder) {
        Path above = folder;
        while (above != null && !above.equals(base)) {
            above = above.getParent();
        }
        return above != null;
    }

    private static boolean sameNames(List<String> folders, List<String> names) {
        boolean same = folders.size() == names.size();
        for (int i = 0; same && i < names.size(); i++) {
            same = folders.get(i).equalsIgnoreCase(names.get(i));
        }
        return same;
    }
}
