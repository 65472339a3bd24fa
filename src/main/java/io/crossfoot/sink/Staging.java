package io.crossfoot.sink;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** What a run has staged, under the names it will have once published. */
final class Staging {
    private final Store store;
    private final Path root;
    private final String runId;

    Staging(ControlFolder control, String runId) {
        this.store = control.store();
        this.root = control.staging(runId);
        this.runId = runId;
    }

    /** A staged data file and its final path below the output. */
    record DataFile(Path staged, String published, long bytes) {}

    /** Lists the data files; what committers leave behind (names with {@code _} or {@code .}) is none. */
    List<DataFile> files() throws IOException {
        if (!store.exists(root)) {
            throw new IllegalStateException("nothing was staged at " + root);
        }
        List<DataFile> found = new ArrayList<>();
        collect(root, "", found);
        Set<String> names = new HashSet<>();
        for (DataFile file : found) {
            if (!names.add(file.published)) {
                throw new IllegalStateException("two staged files would be published as " + file.published);
            }
        }
        return found;
    }

    private void collect(Path folder, String prefix, List<DataFile> found) throws IOException {
        for (FileStatus child : store.children(folder)) {
            Path path = child.getPath();
            if (Store.isHidden(path)) {
                continue;
            }
            if (child.isDirectory()) {
                collect(path, prefix + path.getName() + "/", found);
            } else {
                found.add(new DataFile(path, PublishedName.of(prefix + path.getName(), runId), child.getLen()));
            }
        }
    }

    /** Makes the folder itself fit to be the output: final names, nothing hidden. */
    void tidy() throws IOException {
        for (DataFile file : files()) {
            Path published = new Path(root, file.published);
            if (!published.equals(file.staged)) {
                store.move(file.staged, published);
            }
        }
        deleteHidden(root);
    }

    private void deleteHidden(Path folder) throws IOException {
        for (FileStatus child : store.children(folder)) {
            if (Store.isHidden(child.getPath())) {
                store.delete(child.getPath());
            } else if (child.isDirectory()) {
                deleteHidden(child.getPath());
            }
        }
    }
}
