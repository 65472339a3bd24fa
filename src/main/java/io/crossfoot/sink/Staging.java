package io.crossfoot.sink;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** What a run has staged, under the names it will have once published. */
final class Staging {
    private final Store store;
    private final Path root;
    private final String runId;
    private final Optional<Staging> anew;

    private Staging(Store store, Path root, String runId, Optional<Staging> anew) {
        this.store = store;
        this.root = root;
        this.runId = runId;
        this.anew = anew;
    }

    /** All that a run has staged: its own rows, and those of earlier runs that it has written anew. */
    static Staging of(ControlFolder control, String runId) throws IOException {
        boolean isAnyAnew = control.store().exists(control.stagedAnew(runId));
        return new Staging(
                control.store(),
                control.staging(runId),
                runId,
                isAnyAnew ? Optional.of(own(control, StagedFiles.anew(runId))) : Optional.empty());
    }

    /** What was staged under one id. */
    static Staging own(ControlFolder control, String id) {
        return new Staging(control.store(), control.staging(id), id, Optional.empty());
    }

    /** A staged data file and its final path below the output. */
    record DataFile(Path staged, String published, long bytes) {}

    /**
     * Lists the data files: what Spark has committed. What committers leave behind (names with {@code _} or {@code .}) is
     * none, and neither is a file that no committed task has written; see {@link StagingCommitProtocol}.
     */
    List<DataFile> files() throws IOException {
        if (!store.exists(root)) {
            // a run without rows of its own may have written those of others anew
            return anew.orElseThrow(() -> new IllegalStateException("nothing was staged at " + root))
                    .files();
        }
        Path manifest = new Path(root, StagingCommitProtocol.COMMITTED);
        Optional<Set<String>> committed = store.exists(manifest)
                ? Optional.of(store.read(manifest).lines().collect(Collectors.toSet()))
                : Optional.empty();
        List<DataFile> found = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Store.File file : store.files(root)) {
            if (committed.map(listed -> listed.contains(file.name())).orElse(!isHidden(file.name()))) {
                String published = PublishedName.of(file.name(), runId);
                if (!names.add(published)) {
                    throw new IllegalStateException("two staged files would be published as " + published);
                }
                found.add(new DataFile(file.path(), published, file.bytes()));
            }
        }
        if (committed.isPresent() && committed.get().size() != found.size()) {
            throw new IOException("%d files were written to %s, and %d are there"
                    .formatted(committed.get().size(), Store.show(root), found.size()));
        }
        if (anew.isPresent()) {
            found.addAll(anew.get().files());
        }
        return found;
    }

    private static boolean isHidden(String name) {
        return Arrays.stream(name.split("/")).anyMatch(part -> Store.isHidden(new Path("/" + part)));
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
