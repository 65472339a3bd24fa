package io.crossfoot.state;

import io.crossfoot.error.NearMiss;
import io.crossfoot.error.StorageException;
import io.crossfoot.error.StorageFault;
import io.crossfoot.error.UsageException;
import io.crossfoot.sink.ControlFolder;
import io.crossfoot.sink.PublishedFiles;
import io.crossfoot.sink.WholeFile;
import io.crossfoot.source.InputFile;
import io.crossfoot.state.ProcessedRun.Standing;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;

/**
 * Changes what counts as processed, each time in one step: a process that dies leaves the old state or the new one. The
 * output is not touched. To be used while holding the lock, with no publication half done.
 */
public final class StateEditor {
    private final ControlFolder control;
    private final StateFolder folder;
    private final StateFiles files;

    public StateEditor(ControlFolder control, Configuration hadoop, Consumer<String> progress) {
        this.control = control;
        this.folder = new StateFolder(control, hadoop, progress);
        this.files = new StateFiles(control, hadoop, progress);
    }

    /**
     * Goes back to where a run has published: what later ones have read is to be read again, by the next run, which takes
     * their place. The output stays as it is until then. To go forth again is to go back to a later run.
     *
     * @param runId the last run that is to count; empty for none
     * @return the runs that are to be done again, in the order in which they published
     * @throws UsageException if the output has no rows of such a run
     */
    public List<ProcessedRun> rewind(Optional<String> runId) {
        List<ProcessedRun> runs = folder.runs();
        long last = runId.map(wanted -> number(wanted, runs)).orElse(0L);
        replaceAll(
                "rewind",
                0,
                writer -> files.copy(
                        writer, run -> Optional.of(run.number() > last ? run.as(Standing.REWOUND) : run.counting())));
        return runs.stream().filter(run -> run.number() > last).toList();
    }

    private static long number(String wanted, List<ProcessedRun> runs) {
        List<String> names = runs.stream().map(ProcessedRun::run).toList();
        return runs.stream()
                .filter(run -> run.run().equals(wanted))
                .mapToLong(ProcessedRun::number)
                .max()
                .orElseThrow(() -> new UsageException("Cannot rewind to run %s: the output has no rows of such a run%s"
                        .formatted(wanted, NearMiss.hint(wanted, names))));
    }

    /** Writes the state as one text. */
    public void export(OutputStream out) {
        try {
            files.write(out, writer -> files.copy(writer, Optional::of));
        } catch (IOException failed) {
            throw StorageFault.writing(failed, "export the state", "");
        }
    }

    /**
     * Takes a text that {@link #export} wrote as the state. Which files hold the rows of a run may have changed since: that
     * stays as it is. Runs that the text does not know, or as others than they are, are to be done again, so that their
     * rows do not come twice; what was only said to count as processed is new again.
     *
     * @throws StorageException if it is no whole state of this output, or if rows of a run that it knows are gone from the
     *     output; nothing has changed then
     */
    public void replaceBy(WholeFile text) {
        List<ProcessedRun> before = folder.runs();
        List<ProcessedRun> imported = new ArrayList<>();
        read(text, run -> {
            imported.add(run);
            return object -> {};
        });
        requireRows(text, imported, before);
        long last = imported.stream().mapToLong(ProcessedRun::number).max().orElse(0);
        replaceAll("import", last, writer -> {
            files.copy(
                    writer,
                    run -> same(run, imported).isPresent() || run.standing() == Standing.SET
                            ? Optional.empty()
                            : Optional.of(run.as(Standing.REWOUND)));
            read(
                    text,
                    run -> merged(run, before)
                            .map(merged -> StateFiles.taker(writer, merged))
                            .orElse(object -> {}));
        });
    }

    private void read(WholeFile text, Function<ProcessedRun, Consumer<InputFile>> takers) {
        try {
            files.readText(text, takers);
        } catch (IOException failed) {
            throw new StorageException(
                    "Cannot import the state from %s: %s; the state is unchanged"
                            .formatted(text.path(), failed.getMessage()),
                    failed);
        }
    }

    /** Returns a run of a text as it is to be; empty where another run of that name has taken its place. */
    private static Optional<ProcessedRun> merged(ProcessedRun run, List<ProcessedRun> before) {
        Optional<ProcessedRun> now = same(run, before);
        boolean isDoneAnew = run.standing() != Standing.SET
                && before.stream().anyMatch(other -> other.run().equals(run.run()) && other.standing() != Standing.SET);
        return now.isEmpty() && isDoneAnew
                ? Optional.empty()
                : Optional.of(now.map(there -> run.in(there.files())).orElse(run));
    }

    /** A name says less than a key: a run that was done again under its name has perhaps read other objects. */
    private static Optional<ProcessedRun> same(ProcessedRun run, List<ProcessedRun> runs) {
        return runs.stream()
                .filter(other -> other.run().equals(run.run()) && other.key().equals(run.key()))
                .findFirst();
    }

    private void requireRows(WholeFile text, List<ProcessedRun> imported, List<ProcessedRun> before) {
        List<ProcessedRun> unknown = imported.stream()
                .filter(run -> same(run, before).isEmpty())
                .filter(run -> merged(run, before).isPresent())
                .filter(run -> !run.files().isEmpty())
                .toList();
        Set<String> there = unknown.isEmpty() ? Set.of() : new HashSet<>(PublishedFiles.of(control));
        for (ProcessedRun run : unknown) {
            run.files().stream()
                    .filter(file -> !there.contains(file))
                    .findFirst()
                    .ifPresent(gone -> {
                        throw new StorageException(
                                ("Cannot import the state from %s: the rows of run %s are gone from %s (first file: %s); import one that"
                                                + " was exported later; the state is unchanged")
                                        .formatted(text.path(), run.run(), control.output(), gone));
                    });
        }
    }

    /** Lets objects count as processed that no run has read: their rows are in the output, or are not wanted. */
    public void set(String runId, List<InputFile> found) {
        List<InputFile> objects = StateFiles.remembered(found);
        replaceAll("set", 0, writer -> {
            ProcessedRun run =
                    new ProcessedRun(runId, files.nextNumber(), RunKey.of(objects), Standing.SET, List.of(), List.of());
            objects.forEach(StateFiles.taker(writer, run));
            files.copy(writer, Optional::of);
        });
    }

    private void replaceAll(String what, long above, StateFiles.Writing writing) {
        try {
            files.replaceAll(what, Math.max(files.nextNumber(), above + 1), writing);
        } catch (IOException failed) {
            throw StorageFault.writing(failed, "write the state in " + control.state(), ", and start again");
        }
    }
}
