package io.crossfoot.state;

import io.crossfoot.error.StorageException;
import io.crossfoot.error.StorageFault;
import io.crossfoot.sink.Change;
import io.crossfoot.sink.ControlFolder;
import io.crossfoot.sink.OutputFile;
import io.crossfoot.sink.WholeFile;
import io.crossfoot.sink.WriteMode;
import io.crossfoot.source.InputFile;
import io.crossfoot.state.ProcessedRun.Standing;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The state of one output, in its control folder. What it says is true once the last publication is finished: ask when
 * {@link io.crossfoot.sink.Publication#recover} has passed, and change it only while holding the lock.
 *
 * <p>Reading costs a pass over all objects that ever counted, about two microseconds each, and holds none of them.
 */
public final class StateFolder {
    private static final Pattern NAME = Pattern.compile("(\\d{9})\\.(run|whole)\\.jsonl");
    /** So many files of single runs are read as fast as one. */
    private static final int RUN_FILES = 64;

    private final ControlFolder control;
    private final Configuration hadoop;
    private final Consumer<String> progress;

    /** @param progress told before the folder changes */
    public StateFolder(ControlFolder control, Configuration hadoop, Consumer<String> progress) {
        this.control = control;
        this.hadoop = hadoop;
        this.progress = progress;
    }

    /** A file of this folder. */
    private record Part(WholeFile file, long number, boolean isWhole) {}

    /** Returns the runs whose rows are in the output, in the order in which they published. */
    public List<ProcessedRun> runs() {
        List<ProcessedRun> runs = new ArrayList<>();
        pass(run -> {
            runs.add(run);
            return object -> {};
        });
        runs.sort(Comparator.comparing(ProcessedRun::number));
        return runs;
    }

    /** Whether nobody has ever said what counts as processed. */
    public boolean isEmpty() {
        return newestFirst().isEmpty();
    }

    /** Whether a run is to be done again. */
    public boolean isRewound(String runId) {
        return runs().stream().anyMatch(run -> run.run().equals(runId) && run.standing() == Standing.REWOUND);
    }

    /**
     * Finds out what there is to do.
     *
     * @param found the objects that are there, by path
     * @param wanted which of them may be read
     */
    public Work work(List<InputFile> found, Predicate<InputFile> wanted) {
        Comparison comparison = new Comparison(found, wanted);
        pass(comparison::begin);
        return comparison.end();
    }

    /**
     * Stages what a run has read, and lets it take its place with the output of the run.
     *
     * @param objects what it has read, by path
     * @param written what it has staged
     * @param replaced whose place it takes, where it does not overwrite all
     */
    public Change keeping(
            WriteMode mode,
            String runId,
            List<InputFile> objects,
            List<OutputFile> written,
            List<ProcessedRun> replaced) {
        try {
            long number = nextNumber();
            ProcessedRun run = new ProcessedRun(
                    runId,
                    number,
                    RunKey.of(objects),
                    Standing.PUBLISHED,
                    written.stream().map(OutputFile::path).toList(),
                    replaced.stream().map(ProcessedRun::run).toList());
            WholeFile staged = new WholeFile(control.stagedState(runId), hadoop);
            staged.write(out -> {
                StateText.Writer writer = new StateText.Writer(out, control.relativeOutput());
                writer.run(run);
                for (InputFile object : objects) {
                    writer.object(object);
                }
                writer.end();
            });
            return Change.of(mode)
                    .replacing(replaced.stream().map(ProcessedRun::published).toList())
                    .filing(staged.path(), place(number, mode == WriteMode.OVERWRITE), staged.bytes());
        } catch (IOException failed) {
            throw StorageFault.writing(
                    failed, "stage the state of run " + runId, ", and start again; the previous output is untouched");
        }
    }

    /** Makes one file of many, and removes those that say nothing any more; the output is right without this. */
    public void tidy() {
        try {
            List<Part> parts = parts();
            if (parts.stream().filter(part -> !part.isWhole()).count() > RUN_FILES) {
                rewrite(run -> run);
            } else {
                removeBefore(parts);
            }
        } catch (IOException failed) {
            progress.accept("state: could not tidy up (%s)".formatted(failed.getMessage()));
        }
    }

    /** Writes a new whole state of the runs as they are to be, in one step. */
    private void rewrite(Function<ProcessedRun, ProcessedRun> change) throws IOException {
        progress.accept("state: rewrite");
        try {
            new WholeFile(place(nextNumber(), true), hadoop).write(out -> {
                StateText.Writer writer = new StateText.Writer(out, control.relativeOutput());
                pass(run -> {
                    unchecked(() -> writer.run(change.apply(run)));
                    return object -> unchecked(() -> writer.object(object));
                });
                writer.end();
            });
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
        progress.accept("state: rewritten");
        removeBefore(parts());
    }

    private void removeBefore(List<Part> parts) throws IOException {
        long whole = parts.stream()
                .filter(Part::isWhole)
                .mapToLong(Part::number)
                .max()
                .orElse(0);
        for (Part part : parts) {
            if (part.number() < whole) {
                progress.accept("state: delete " + part.file().path().getName());
                part.file().delete();
            }
        }
    }

    /** Reads each run that was not replaced, newest first; returned is who takes its objects. */
    private void pass(Function<ProcessedRun, Consumer<InputFile>> takers) {
        Set<String> replaced = new HashSet<>();
        for (Part part : newestFirst()) {
            Set<String> replacedByThese = new HashSet<>();
            read(part.file(), run -> {
                replacedByThese.addAll(run.replaces());
                return replaced.contains(run.run()) ? object -> {} : takers.apply(run);
            });
            replaced.addAll(replacedByThese);
            if (part.isWhole()) {
                return;
            }
        }
    }

    private void read(WholeFile file, Function<ProcessedRun, Consumer<InputFile>> takers) {
        try (InputStream in = file.open()) {
            StateText.Header header = new StateText.Reader(in).read(takers);
            if (!header.output().equals(control.relativeOutput())) {
                throw new IOException("it belongs to the output %s, and not to %s"
                        .formatted(header.output(), control.relativeOutput()));
            }
        } catch (IOException failed) {
            throw new StorageException(
                    ("Cannot go on from the state of %s: %s: %s; put a copy of it back, or run once without"
                                    + " --incremental, which reads all sales and begins a new state")
                            .formatted(control.output(), file.path().getName(), failed.getMessage()),
                    failed);
        }
    }

    private List<Part> newestFirst() {
        try {
            List<Part> parts = parts();
            Collections.reverse(parts);
            return parts;
        } catch (IOException failed) {
            throw StorageFault.reading(failed, "read the state in " + control.state(), "");
        }
    }

    private List<Part> parts() throws IOException {
        List<Part> parts = new ArrayList<>();
        for (WholeFile file : WholeFile.in(control.state(), hadoop)) {
            Matcher name = NAME.matcher(file.path().getName());
            if (name.matches()) {
                parts.add(new Part(
                        file, Long.parseLong(name.group(1)), name.group(2).equals("whole")));
            }
        }
        return parts;
    }

    private long nextNumber() throws IOException {
        List<Part> parts = parts();
        return parts.isEmpty() ? 1 : parts.get(parts.size() - 1).number() + 1;
    }

    private Path place(long number, boolean isWhole) {
        return new Path(control.state(), "%09d.%s.jsonl".formatted(number, isWhole ? "whole" : "run"));
    }

    @FunctionalInterface
    private interface Writing {
        void write() throws IOException;
    }

    private static void unchecked(Writing writing) {
        try {
            writing.write();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
