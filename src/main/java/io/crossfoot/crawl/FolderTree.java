package io.crossfoot.crawl;

import io.crossfoot.source.InputFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Folders, the files directly in them, and which of them are tables. */
final class FolderTree {
    private final String folder;
    private final List<InputFile> files = new ArrayList<>();
    private final Map<String, FolderTree> folders = new TreeMap<>();

    private FolderTree(String folder) {
        this.folder = folder;
    }

    /** @param root its path, with a slash at the end */
    static FolderTree of(String root, List<InputFile> files) {
        FolderTree tree = new FolderTree(root);
        files.stream().filter(file -> file.bytes() > 0).forEach(file -> tree.add(file, root.length()));
        return tree;
    }

    private void add(InputFile file, int from) {
        int slash = file.path().indexOf('/', from);
        if (slash < 0) {
            files.add(file);
        } else {
            String name = file.path().substring(from, slash);
            folders.computeIfAbsent(name, key -> new FolderTree(folder + name + "/"))
                    .add(file, slash + 1);
        }
    }

    /**
     * Returns the tables, by their folders. A folder is a table when files lie in it, or when its folders are named as
     * partitions are: {@code key=value}, or beginning with a digit. Below the first level it is one also when its folders
     * hold files of the same kind. Else each of its folders is looked at by itself.
     *
     * @param alike whether files, one of each folder, have one format and mostly the same columns
     */
    List<TableFolder> tables(Predicate<List<InputFile>> alike) {
        List<TableFolder> tables = new ArrayList<>();
        if (isTable()) {
            tables.add(table());
        } else {
            folders.values().forEach(child -> child.collect(alike, tables));
        }
        return tables;
    }

    private void collect(Predicate<List<InputFile>> alike, List<TableFolder> tables) {
        if (isTable()
                || alike.test(folders.values().stream().map(FolderTree::first).toList())) {
            tables.add(table());
        } else {
            folders.values().forEach(child -> child.collect(alike, tables));
        }
    }

    private boolean isTable() {
        return !files.isEmpty()
                || (!folders.isEmpty() && folders.keySet().stream().allMatch(FolderName::isPartition));
    }

    private TableFolder table() {
        List<InputFile> all = new ArrayList<>();
        collect(all);
        return new TableFolder(folder, all);
    }

    private void collect(List<InputFile> all) {
        all.addAll(files);
        folders.values().forEach(child -> child.collect(all));
    }

    private InputFile first() {
        return files.isEmpty() ? folders.values().iterator().next().first() : files.get(0);
    }
}
