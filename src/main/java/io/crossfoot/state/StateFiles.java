package io.crossfoot.state;

import io.crossfoot.error.StorageException;
import io.crossfoot.error.StorageFault;
import io.crossfoot.sink.ControlFolder;
import io.crossfoot.sink.WholeFile;
import io.crossfoot.source.InputFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The files of the state: which of them count, what passes when they are read, and how one takes the place of all. */
final class StateFiles {
    private static final Pattern NAME = Pattern.compile("(\\d{9})\\.(run|whole)\\.jsonl");

    private final ControlFolder control;
    private final Configuration hadoop;
    private final Consumer<String> progress;
    /** The last number that was given. */
    private long numbered;

    StateFiles(ControlFolder control, Configuration hadoop, Consumer<String> progress) {
        this.control = control;
        this.hadoop = hadoop;
        this.progress = progress;
    }

    /** What a file holds. */
    enum Kind {
        /** What one run has read. */
        RUN,
        /** All that counted; older files say nothing any more. */
        WHOLE
    }

    private record Part(WholeFile.Listed listed, long number, Kind kind) {
        WholeFile file() {
            return listed.file();
        }
    }

    boolean isEmpty() {
        return newestFirst().isEmpty();
    }

    /** Returns a hash of names, sizes and times of the files that count: while they are the same, so is what is written there. */
    String fingerprint() {
        Fingerprint fingerprint = new Fingerprint();
        fingerprint.add(StateText.VERSION, control.relativeOutput());
        for (Part part : newestFirst()) {
            WholeFile.Listed file = part.listed();
            fingerprint.add(file.file().path().getName(), file.bytes(), file.modified());
            if (part.kind() == Kind.WHOLE) {
                break;
            }
        }
        return fingerprint.text();
    }

    /** Returns the note that nothing is new. */
    NothingNew nothingNew() {
        return new NothingNew(new WholeFile(new Path(control.state(), "nothing-new.json"), hadoop));
    }

    /** Returns how many files hold what one run has read. */
    long runFiles() throws IOException {
        return parts().stream().filter(part -> part.kind() == Kind.RUN).count();
    }

    /** Returns a number that is above those of all files. */
    long nextNumber() throws IOException {
        numbered = newestNumber() + 1;
        return numbered;
    }

    /** Whether the newest file is the one that was numbered last, and not that of somebody who has taken over since. */
    boolean isNewestOurs() throws IOException {
        return newestNumber() == numbered;
    }

    private long newestNumber() throws IOException {
        List<Part> parts = parts();
        return parts.isEmpty() ? 0 : parts.get(parts.size() - 1).number();
    }

    Path place(long number, Kind kind) {
        return new Path(
                control.state(),
                String.format(Locale.ROOT, "%09d.%s.jsonl", number, kind == Kind.WHOLE ? "whole" : "run"));
    }

    /** Reads each run that was not replaced, newest first; returned is who takes its objects. */
    void pass(Function<ProcessedRun, Consumer<InputFile>> takers) {
        Set<String> replaced = new HashSet<>();
        for (Part part : newestFirst()) {
            Set<String> replacedByThese = new HashSet<>();
            read(part.file(), run -> {
                replacedByThese.addAll(run.replaces());
                return replaced.contains(run.run()) ? object -> {} : takers.apply(run);
            });
            replaced.addAll(replacedByThese);
            if (part.kind() == Kind.WHOLE) {
                return;
            }
        }
    }

    private void read(WholeFile file, Function<ProcessedRun, Consumer<InputFile>> takers) {
        try {
            readText(file, takers);
        } catch (IOException failed) {
            String remedy = failed instanceof StateText.OtherVersion
                    ? ""
                    : "; put a copy of it back, or run once with --mode overwrite, which reads all sales and begins a new"
                            + " state";
            throw new StorageException(
                    "Cannot go on from the state of %s: %s: %s%s"
                            .formatted(control.output(), file.path().getName(), failed.getMessage(), remedy),
                    failed);
        }
    }

    /**
     * Reads a text that need not be among these files.
     *
     * @throws IOException that says why it is no whole state of this output
     */
    void readText(WholeFile file, Function<ProcessedRun, Consumer<InputFile>> takers) throws IOException {
        try (InputStream in = file.open()) {
            StateText.Header header = new StateText.Reader(in).read(takers);
            if (!header.output().equals(control.relativeOutput())) {
                throw new IOException("it belongs to the output %s, and not to %s"
                        .formatted(header.output(), control.relativeOutput()));
            }
        }
    }

    /** Writes a state. */
    @FunctionalInterface
    interface Writing {
        void to(StateText.Writer writer) throws IOException;
    }

    /** Writes a state as one text. */
    void write(OutputStream out, Writing writing) throws IOException {
        StateText.Writer writer = new StateText.Writer(out, control.relativeOutput());
        try {
            writing.to(writer);
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
        writer.end();
    }

    /** Writes a file that takes the place of all others, in one step. */
    void replaceAll(String what, long number, Writing writing) throws IOException {
        progress.accept("state: " + what);
        new WholeFile(place(number, Kind.WHOLE), hadoop).write(out -> write(out, writing));
        progress.accept("state: written");
        removeOld();
    }

    /** Copies the runs as they are to be; empty for those that are to be forgotten. */
    void copy(StateText.Writer writer, Function<ProcessedRun, Optional<ProcessedRun>> change) {
        pass(run -> change.apply(run).map(changed -> taker(writer, changed)).orElse(object -> {}));
    }

    /** Returns objects as they are written, by the one spelling of their paths. */
    static List<InputFile> remembered(List<InputFile> objects) {
        return objects.stream()
                .map(ObjectPath::unified)
                .sorted(Comparator.comparing(InputFile::path))
                .toList();
    }

    /** Writes a run, and returns who writes its objects. */
    static Consumer<InputFile> taker(StateText.Writer writer, ProcessedRun run) {
        unchecked(() -> writer.run(run));
        return object -> unchecked(() -> writer.object(object));
    }

    /** Deletes the files that say nothing any more. */
    void removeOld() throws IOException {
        List<Part> parts = parts();
        long whole = parts.stream()
                .filter(part -> part.kind() == Kind.WHOLE)
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
        for (WholeFile.Listed file : WholeFile.in(control.state(), hadoop)) {
            Matcher name = NAME.matcher(file.file().path().getName());
            if (name.matches()) {
                Kind kind = name.group(2).equals("whole") ? Kind.WHOLE : Kind.RUN;
                parts.add(new Part(file, Long.parseLong(name.group(1)), kind));
            }
        }
        return parts;
    }

    @FunctionalInterface
    interface Step {
        void perform() throws IOException;
    }

    private static void unchecked(Step step) {
        try {
            step.perform();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
