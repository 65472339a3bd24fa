package io.crossfoot.sink;

import io.crossfoot.error.StorageException;
import io.crossfoot.sink.Change.PublishedRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Decides by which steps a run's staged files become the output, from what lies there before the first of them. */
final class PublicationPlan {
    private final ControlFolder control;
    private final Store store;
    private final String runId;

    PublicationPlan(ControlFolder control, String runId) {
        this.control = control;
        this.store = control.store();
        this.runId = runId;
    }

    List<Step> steps(Change change) throws IOException {
        List<Step> steps = new ArrayList<>();
        if (change.commit().isPresent()) {
            forget(change, steps);
        } else if (change.mode() == WriteMode.OVERWRITE) {
            replaceAll(steps);
        } else {
            add(change.replaced(), steps);
        }
        steps.addAll(change.beside());
        steps.add(new Step.Mark(control.publishedMark(runId).toString()));
        return steps;
    }

    /** Returns what the run will have published, below the output. */
    List<String> published() throws IOException {
        return Staging.of(control, runId).files().stream()
                .map(Staging.DataFile::published)
                .toList();
    }

    private void replaceAll(List<Step> steps) throws IOException {
        if (store.isObjectStore()) {
            deleteOthers(control.output(), moveFiles(steps), steps);
        } else {
            replaceFolder(steps);
        }
        forgetAll(steps);
    }

    /** Nothing lies below the output that is not the table's to move: what was said of runs goes all the same. */
    private void forget(Change change, List<Step> steps) throws IOException {
        if (change.mode() == WriteMode.OVERWRITE) {
            forgetAll(steps);
        } else {
            forgetReplaced(change.replaced(), steps);
        }
    }

    private void forgetAll(List<Step> steps) throws IOException {
        forgetOtherRuns(steps);
        if (store.exists(control.unacknowledged())) {
            steps.add(new Step.Delete(control.unacknowledged().toString()));
        }
    }

    private void add(List<PublishedRun> replaced, List<Step> steps) throws IOException {
        if (replaced.isEmpty()) {
            moveFiles(steps);
            return;
        }
        NavigableSet<String> kept = filesBelow(control.output());
        requireAll(replaced, kept);
        for (PublishedRun earlier : replaced) {
            earlier.files().forEach(file -> kept.remove(new Path(control.output(), file).toString()));
        }
        if (store.isLocal()) {
            replaceFolderKeeping(kept, steps);
        } else {
            kept.addAll(moveFiles(steps));
            deleteOthers(control.output(), kept, steps);
        }
        forgetReplaced(replaced, steps);
    }

    /** Where a file is gone, another may hold its rows; where no file is there, none does. */
    private void requireAll(List<PublishedRun> replaced, NavigableSet<String> there) {
        if (there.isEmpty()) {
            return;
        }
        for (PublishedRun earlier : replaced) {
            for (String file : earlier.files()) {
                if (!there.contains(new Path(control.output(), file).toString())) {
                    throw new StorageException(
                            ("Cannot publish to %s: %s is to be replaced and is not there, and its rows would come twice if another"
                                            + " file holds them; put it back, or replace the whole output by a run over all sales; the"
                                            + " previous output is untouched")
                                    .formatted(Store.show(control.output()), file));
                }
            }
        }
    }

    private void forgetReplaced(List<PublishedRun> replaced, List<Step> steps) {
        for (PublishedRun earlier : replaced) {
            if (!earlier.run().equals(runId)) {
                steps.add(new Step.Delete(control.quarantine(earlier.run()).toString()));
                steps.add(new Step.Delete(control.run(earlier.run()).toString()));
            }
        }
    }

    /** A file can have two names on a local disk: so what stays is in the new folder, too, before it takes its place. */
    private void replaceFolderKeeping(NavigableSet<String> kept, List<Step> steps) throws IOException {
        replaceFolder(steps);
        Path staged = control.staging(runId);
        int below = control.output().toString().length() + 1;
        for (String file : kept) {
            Path second = new Path(staged, file.substring(below));
            // what is staged under the name of another takes its place, as it does where files are moved one by one
            if (!store.exists(second)) {
                store.link(new Path(file), second);
            }
        }
    }

    private NavigableSet<String> filesBelow(Path folder) throws IOException {
        NavigableSet<String> files = new TreeSet<>();
        for (FileStatus child : store.children(folder)) {
            if (child.isDirectory()) {
                files.addAll(filesBelow(child.getPath()));
            } else {
                files.add(child.getPath().toString());
            }
        }
        return files;
    }

    /** What other runs have published is gone: one of them that is repeated must publish again. */
    private void forgetOtherRuns(List<Step> steps) throws IOException {
        for (FileStatus run : store.children(control.runs())) {
            Path mark = control.publishedMark(run.getPath().getName());
            if (!mark.equals(control.publishedMark(runId)) && store.exists(mark)) {
                steps.add(new Step.Delete(mark.toString()));
            }
        }
    }

    private void replaceFolder(List<Step> steps) throws IOException {
        // a kill in between leaves a staging folder without a journal, which is thrown away
        Staging.of(control, runId).tidy();
        steps.add(new Step.Replace(
                control.staging(runId).toString(),
                control.output().toString(),
                control.replaced(runId).toString()));
    }

    private NavigableSet<String> moveFiles(List<Step> steps) throws IOException {
        NavigableSet<String> published = new TreeSet<>();
        for (Staging.DataFile file : Staging.of(control, runId).files()) {
            String to = new Path(control.output(), file.published()).toString();
            steps.add(new Step.Move(file.staged().toString(), to, file.bytes()));
            published.add(to);
        }
        return published;
    }

    /** Whole folders where nothing new comes, so that no empty partition stays. */
    private void deleteOthers(Path folder, NavigableSet<String> published, List<Step> steps) throws IOException {
        for (FileStatus old : store.children(folder)) {
            String path = old.getPath().toString();
            String next = published.ceiling(path + "/");
            if (next != null && next.startsWith(path + "/")) {
                deleteOthers(old.getPath(), published, steps);
            } else if (!published.contains(path)) {
                steps.add(new Step.Delete(path));
            }
        }
    }
}
