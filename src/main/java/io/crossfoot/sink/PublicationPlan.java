package io.crossfoot.sink;

import io.crossfoot.sink.Unacknowledged.Witness;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
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

    List<Step> steps(WriteMode mode) throws IOException {
        List<Step> steps = new ArrayList<>();
        if (mode == WriteMode.OVERWRITE && !store.isObjectStore()) {
            replaceFolder(steps);
        } else {
            NavigableSet<String> published = moveFiles(steps);
            if (mode == WriteMode.OVERWRITE) {
                deleteOthers(control.output(), published, steps);
            }
        }
        if (mode == WriteMode.OVERWRITE) {
            forgetOtherRuns(steps);
            if (store.exists(control.unacknowledged())) {
                steps.add(new Step.Delete(control.unacknowledged().toString()));
            }
        }
        steps.add(new Step.Mark(control.publishedMark(runId).toString()));
        return steps;
    }

    /**
     * The steps that add, and note that the source has not been told yet.
     *
     * @param replaced what an earlier run has published of the same rows: it goes as the new files come
     */
    List<Step> unacknowledgedSteps(Optional<Witness> witness, Optional<Unacknowledged> replaced) throws IOException {
        List<Step> steps = new ArrayList<>();
        NavigableSet<String> published = moveFiles(steps);
        if (replaced.isPresent()) {
            NavigableSet<String> kept = filesBelow(control.output());
            replaced.get().files().forEach(file -> kept.remove(new Path(control.output(), file).toString()));
            kept.addAll(published);
            deleteOthers(control.output(), kept, steps);
            if (!replaced.get().run().equals(runId)) {
                steps.add(
                        new Step.Delete(control.quarantine(replaced.get().run()).toString()));
                steps.add(new Step.Delete(control.run(replaced.get().run()).toString()));
            }
        }
        List<String> files = new Staging(control, runId)
                .files().stream().map(Staging.DataFile::published).toList();
        steps.add(new Step.Note(
                control.unacknowledged().toString(),
                Unacknowledged.of(runId, witness, files).text()));
        steps.add(new Step.Mark(control.publishedMark(runId).toString()));
        return steps;
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
        new Staging(control, runId).tidy();
        steps.add(new Step.Replace(
                control.staging(runId).toString(),
                control.output().toString(),
                control.replaced(runId).toString()));
    }

    private NavigableSet<String> moveFiles(List<Step> steps) throws IOException {
        NavigableSet<String> published = new TreeSet<>();
        for (Staging.DataFile file : new Staging(control, runId).files()) {
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
