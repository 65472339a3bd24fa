package io.crossfoot.sink;

import io.crossfoot.error.StorageException;
import io.crossfoot.error.StorageFault;
import io.crossfoot.sink.Unacknowledged.Witness;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Turns what a run has staged into the output, so that a kill at any point is put right by the next {@link #recover}.
 *
 * <p>All steps are written to a journal first; from then on the publication can only go forward. Published files carry
 * the run id in their names. Partition folders are kept, hidden files (names with {@code _} or {@code .}) are not
 * published. Each method is called while holding the {@link RunLock} of the control folder.
 *
 * <p><b>What readers see.</b> Overwriting is two folder renames: a reader sees the previous output, for a moment none,
 * then the new one, never some of each. An object store cannot rename folders: there the new files appear one by one
 * and the previous ones are then deleted, so that a reader by path can see both for a moment (a reader through a catalog
 * table that points to a new place does not). Appended files appear one by one, each whole. Where files of some earlier
 * runs are replaced, and others stay, a local disk does it by two folder renames, too; elsewhere a reader by path can see
 * both for a moment.
 *
 * <p>Costs one rename for each file; on an object store a rename copies the file.
 */
public final class Publication {
    private final ControlFolder control;
    private final Store store;
    private final Consumer<String> progress;
    private final BiConsumer<String, Optional<CommitMark>> completed;
    private final Predicate<CommitMark> isCommitted;

    /**
     * Returns one for an output of files: a publication to a table that is half done is not its to finish.
     *
     * @param progress told before and after each change, in words, never twice at a time but from any thread; what it
     *     throws cuts the publication short there
     */
    public Publication(ControlFolder control, Consumer<String> progress) {
        this(control, progress, run -> {});
    }

    /**
     * @param completed told the run whose output readers see now, while the journal still stands: what it does is done
     *     again after a kill, so that it is done at least once
     */
    public Publication(ControlFolder control, Consumer<String> progress, Consumer<String> completed) {
        this(control, progress, (run, commit) -> completed.accept(run), mark -> {
            throw new StorageException(
                    "Cannot go on: run %s has died while it was committing to %s; start it again, which finds out how far it came"
                            .formatted(mark.run(), mark.table()));
        });
    }

    /**
     * @param completed told the run whose output readers see now, and its commit where that went to a table, as above
     * @param isCommitted whether a table has a commit, for the publications that wait for one
     */
    public Publication(
            ControlFolder control,
            Consumer<String> progress,
            BiConsumer<String, Optional<CommitMark>> completed,
            Predicate<CommitMark> isCommitted) {
        this.control = control;
        this.store = control.store();
        this.completed = completed;
        this.isCommitted = isCommitted;
        Object turn = new Object();
        this.progress = said -> {
            synchronized (turn) {
                progress.accept(said);
            }
        };
    }

    /**
     * Publishes what the run has staged.
     *
     * <p>{@link WriteMode#OVERWRITE} removes everything that lay under the output before, whoever wrote it.
     * {@link WriteMode#APPEND} adds, and adds nothing when the run is {@link #published} already.
     *
     * @throws StorageException if the output is a file, or if storage fails: the previous output is then untouched, or
     *     the next {@link #recover} finishes this publication
     */
    public void publish(WriteMode mode, String runId) {
        if (mode == WriteMode.APPEND && published(runId)) {
            requireNoneHalfDone();
            removeLeftOvers();
        } else {
            publish(Change.of(mode), runId);
        }
    }

    /**
     * Publishes what the run has staged, and changes what is to change with it. Where that goes to a table, the journal
     * comes first, then the commit, then all else: whoever finds the journal asks the table whether the commit took place.
     *
     * @throws StorageException as {@link #publish(WriteMode, String)} does
     */
    public void publish(Change change, String runId) {
        publish(runId, change.commit(), plan -> change);
    }

    /**
     * Adds what the run has staged, of a source that hands its rows out again until it was told that they were used:
     * until {@link #acknowledged} says so, {@link #unacknowledged} tells of this publication.
     *
     * @param witness a file of which the run has read rows; empty where the source does not say
     * @param replaced an earlier publication of the same rows
     * @throws StorageException as {@link #publish(WriteMode, String)} does
     */
    public void publishUnacknowledged(String runId, Optional<Witness> witness, Optional<Unacknowledged> replaced) {
        publish(
                runId,
                Optional.empty(),
                plan -> Change.of(WriteMode.APPEND)
                        .replacing(Change.of(replaced))
                        .noting(
                                control.unacknowledged(),
                                Unacknowledged.of(runId, witness, plan.published())
                                        .text()));
    }

    private void publish(String runId, Optional<TableCommit> awaited, Planner planner) {
        requireNoneHalfDone();
        Journal journal = begin(runId, awaited.map(TableCommit::mark), planner);
        awaited.ifPresent(commit -> {
            progress.accept("publish: commit to " + commit.mark().table());
            commit.perform();
            progress.accept("committed: " + commit.mark().table());
        });
        finish(journal);
        removeLeftOvers();
    }

    /** Returns the publication that its source has not been told of for sure; to be called after {@link #recover}. */
    public Optional<Unacknowledged> unacknowledged() {
        try {
            return Unacknowledged.read(store, control.unacknowledged());
        } catch (IOException failed) {
            throw StorageFault.writing(
                    failed, "look for earlier runs in " + Store.show(control.root()), ", and start again");
        }
    }

    /** Notes that the source will not hand out again what was published. */
    public void acknowledged() {
        try {
            progress.accept("acknowledged: delete " + Store.show(control.unacknowledged()));
            store.delete(control.unacknowledged());
        } catch (IOException failed) {
            throw StorageFault.writing(
                    failed, "delete " + Store.show(control.unacknowledged()), ", or delete it by hand");
        }
    }

    private void requireNoneHalfDone() {
        if (readJournal().isPresent()) {
            throw new IllegalStateException("a publication is half done: recover() comes before staging");
        }
    }

    /** Returns the run that has died while it was publishing; {@link #recover} finishes what it has begun. */
    public Optional<String> halfDone() {
        return readJournal().map(Journal::run);
    }

    /** Whether any run has published to the output, so that what lies there is ours to replace. */
    public boolean anyPublished() {
        try {
            for (FileStatus run : store.children(control.runs())) {
                if (store.exists(control.publishedMark(run.getPath().getName()))) {
                    return true;
                }
            }
            return false;
        } catch (IOException failed) {
            throw StorageFault.writing(failed, "look for runs in " + Store.show(control.root()), ", and start again");
        }
    }

    /** Whether nothing lies where readers look for the output. */
    public boolean isOutputGone() {
        try {
            return store.children(control.output()).isEmpty();
        } catch (IOException failed) {
            throw StorageFault.reading(failed, "look through " + output(), "");
        }
    }

    /** Returns a file of the output that a run has written, as its name tells; empty where there is none. */
    public Optional<String> anyFileOfARun() {
        return PublishedFiles.any(control, PublishedFiles::isOfRun);
    }

    /** Whether a publication of this run is complete, be it reported or not. */
    public boolean published(String runId) {
        try {
            return isMarked(runId) && store.exists(control.output());
        } catch (IOException failed) {
            throw StorageFault.writing(
                    failed, "look for run " + runId + " in " + Store.show(control.root()), ", and start again");
        }
    }

    /** Returns the first of {@code name}, {@code name-2}, {@code name-3} … that no run is called of which something is left. */
    public String unusedName(String name) {
        try {
            String unused = name;
            for (int number = 2; store.exists(control.run(unused)); number++) {
                String suffix = "-" + number;
                unused = name.substring(0, Math.min(name.length(), ControlFolder.LONGEST_RUN_ID - suffix.length()))
                        + suffix;
            }
            return unused;
        } catch (IOException failed) {
            throw StorageFault.reading(failed, "look for runs in " + Store.show(control.root()), "");
        }
    }

    /** Whether this run has published, and no later one has overwritten that, wherever its output is by now. */
    public boolean isMarked(String runId) {
        try {
            return store.exists(control.publishedMark(runId));
        } catch (IOException failed) {
            throw StorageFault.writing(
                    failed, "look for run " + runId + " in " + Store.show(control.root()), ", and start again");
        }
    }

    /**
     * Finishes the publication that a dead run has left half done, if there is one, and removes whatever else dead runs
     * have left: to be called before staging anything. One that waited for a commit which never took place is given up.
     *
     * @throws StorageException if storage fails, or if the journal cannot be understood
     */
    public Recovery recover() {
        Optional<Journal> journal = readJournal();
        Optional<Journal> begun = journal.filter(found -> found.commit() == null || isCommitted.test(found.commit()));
        begun.ifPresent(this::finish);
        if (begun.isEmpty()) {
            journal.ifPresent(this::giveUp);
        }
        return new Recovery(begun.map(Journal::run), removeLeftOvers());
    }

    private void giveUp(Journal journal) {
        try {
            progress.accept("give up: run %s has not committed to %s"
                    .formatted(journal.run(), journal.commit().table()));
            store.delete(control.journal());
        } catch (IOException failed) {
            throw StorageFault.writing(failed, "delete " + Store.show(control.journal()), ", and start again");
        }
    }

    private Optional<Journal> readJournal() {
        try {
            return Journal.read(store, control.journal());
        } catch (IOException failed) {
            throw StorageFault.writing(failed, "finish the last publication to " + output(), ", and start again");
        }
    }

    /** Decides what changes, in the light of what was staged. */
    @FunctionalInterface
    private interface Planner {
        Change change(PublicationPlan plan) throws IOException;
    }

    private Journal begin(String runId, Optional<CommitMark> commit, Planner planner) {
        try {
            control.refuseFileAsOutput();
            // an earlier publication under this run id says nothing about this one
            store.delete(control.publishedMark(runId));
            store.delete(control.replaced(runId));
            PublicationPlan plan = new PublicationPlan(control, runId);
            Journal journal = Journal.of(runId, commit, plan.steps(planner.change(plan)));
            progress.accept("publish: begin " + journal.steps().size() + " steps");
            journal.write(store, control.journal());
            return journal;
        } catch (IOException failed) {
            throw StorageFault.writing(
                    failed, "publish to " + output(), ", and start again; the previous output is untouched");
        }
    }

    private void finish(Journal journal) {
        int from = 0;
        while (from < journal.steps().size()) {
            from = performAlike(journal.steps(), from);
        }
        try {
            // an output of no files is an output, too
            store.makeFolder(control.output());
            completed.accept(journal.run(), Optional.ofNullable(journal.commit()));
            progress.accept("publish: end of run " + journal.run());
            if (journal.commit() != null) {
                store.delete(control.newTable());
            }
            store.delete(control.journal());
        } catch (IOException failed) {
            throw unfinished(failed, "");
        }
    }

    /** Performs the steps of one kind that follow each other: they touch different files. Returns where others begin. */
    private int performAlike(List<Step> steps, int from) {
        List<Callable<Step>> alike = new ArrayList<>();
        int next = from;
        while (next < steps.size()
                && steps.get(next).getClass() == steps.get(from).getClass()) {
            Step step = steps.get(next++);
            alike.add(() -> perform(step));
        }
        try {
            SideBySide.call(alike);
        } catch (IOException interrupted) {
            throw unfinished(interrupted, "");
        }
        return next;
    }

    private Step perform(Step step) {
        try {
            step.perform(store, progress);
            return step;
        } catch (IOException failed) {
            throw unfinished(failed, " (" + step.describe() + ")");
        }
    }

    private StorageException unfinished(IOException cause, String where) {
        String what = "publish to " + output() + where;
        return StorageFault.writing(cause, what, ", and start again: the next run first finishes this one");
    }

    /** The output is right without this: what cannot be removed now is removed by a later run. */
    private List<String> removeLeftOvers() {
        List<String> removed = new ArrayList<>();
        for (Path folder : List.of(control.staging(), control.replaced(), Store.part(control.journal()))) {
            try {
                for (FileStatus leftOver : store.children(folder)) {
                    progress.accept("clean: delete " + Store.show(leftOver.getPath()));
                    store.delete(leftOver.getPath());
                    removed.add(Store.show(leftOver.getPath()));
                }
                store.delete(folder);
            } catch (IOException failed) {
                progress.accept("clean: could not delete %s (%s)".formatted(Store.show(folder), failed.getMessage()));
            }
        }
        return removed;
    }

    private String output() {
        return Store.show(control.output());
    }
}
