package io.crossfoot.state;

import io.crossfoot.error.StorageException;
import io.crossfoot.error.StorageFault;
import io.crossfoot.sink.Change;
import io.crossfoot.sink.Change.PublishedRun;
import io.crossfoot.sink.ControlFolder;
import io.crossfoot.sink.OutputFile;
import io.crossfoot.sink.WholeFile;
import io.crossfoot.sink.WriteMode;
import io.crossfoot.source.InputFile;
import io.crossfoot.state.ProcessedRun.Standing;
import io.crossfoot.state.StateFiles.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * The state of one output, in its control folder. What it says is true once the last publication is finished: ask when
 * {@link io.crossfoot.sink.Publication#recover} has passed, and change it only while holding the lock.
 *
 * <p>Reading costs a pass over all objects that ever counted, a few microseconds each, and holds none of them.
 */
public final class StateFolder {
    /** So many files of single runs are read about as fast as one. */
    private static final int RUN_FILES = 64;

    private final ControlFolder control;
    private final Configuration hadoop;
    private final Consumer<String> progress;
    private final StateFiles files;
    /** The state of which was noted last that nothing is new, here or by an earlier run. */
    private String settled = "";

    /** @param progress told before the folder changes */
    public StateFolder(ControlFolder control, Configuration hadoop, Consumer<String> progress) {
        this.control = control;
        this.hadoop = hadoop;
        this.progress = progress;
        this.files = new StateFiles(control, hadoop, progress);
    }

    /**
     * A run, and how much it has read.
     *
     * @param objects how many objects
     * @param bytes their size
     */
    public record Account(ProcessedRun run, long objects, long bytes) {}

    /** Returns the key of a run that has read these objects, however their paths are spelled. */
    public static String key(List<InputFile> read) {
        return RunKey.of(StateFiles.remembered(read));
    }

    /**
     * Returns the key of customers that lie in these files.
     *
     * @param readBy all else that decides what their rows become
     */
    public static String customersKey(List<InputFile> files, Object... readBy) {
        Fingerprint key = new Fingerprint();
        StateFiles.remembered(files).forEach(key::add);
        key.add(readBy);
        return key.text();
    }

    /** Whether nobody has ever said what counts as processed. */
    public boolean isEmpty() {
        return files.isEmpty();
    }

    /** Returns the runs whose rows are in the output, in the order in which they published. */
    public List<ProcessedRun> runs() {
        return accounts().stream().map(Account::run).toList();
    }

    /** Returns the same with how much each has read. */
    public List<Account> accounts() {
        Map<ProcessedRun, long[]> sums = new HashMap<>();
        files.pass(run -> {
            long[] sum = sums.computeIfAbsent(run, first -> new long[2]);
            return object -> {
                sum[0]++;
                sum[1] += object.bytes();
            };
        });
        List<Account> accounts = new ArrayList<>();
        sums.forEach((run, sum) -> accounts.add(new Account(run, sum[0], sum[1])));
        accounts.sort(Comparator.comparing(account -> account.run().number()));
        return accounts;
    }

    /** Returns the runs that have read the objects with this {@link #key}, and no others. */
    public List<ProcessedRun> runs(String key) {
        return runs().stream().filter(run -> run.key().equals(key)).toList();
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
     * @param grain what takes the place of what
     */
    public Work work(List<InputFile> found, Predicate<InputFile> wanted, Grain grain) {
        String listing = listing(found, wanted, grain);
        return noted(files.fingerprint(), listing).orElseGet(() -> compared(found, wanted, grain, listing));
    }

    /** Returns the same, and notes it where it is nothing, so that the next run need not find it out again. */
    public Work settle(List<InputFile> found, Predicate<InputFile> wanted, Grain grain) {
        String listing = listing(found, wanted, grain);
        settled = files.fingerprint();
        String state = settled;
        return noted(state, listing).orElseGet(() -> {
            Work work = compared(found, wanted, grain, listing);
            if (work.isNothing()) {
                note(() -> files.nothingNew().write(state, work));
            }
            return work;
        });
    }

    /** Notes that nothing is left of work which a run has done and published. */
    public void done(Work work) {
        work.afterwards()
                .ifPresent(nothing -> noteOfOurs(() -> {
                    settled = files.fingerprint();
                    files.nothingNew().write(settled, nothing);
                }));
    }

    /** Does what changes files of the state and nothing that they say of objects: what was noted goes on to hold. */
    public void keepingNote(Runnable change) {
        String before = files.fingerprint();
        change.run();
        noteOfOurs(() -> {
            settled = files.fingerprint();
            files.nothingNew().move(before, settled);
        });
    }

    /** Whether it is noted that all rows have met the customers of this key. */
    public boolean haveMet(String customersKey) {
        try {
            return files.nothingNew().isMet(files.fingerprint(), customersKey);
        } catch (IOException unreadable) {
            // who does not know looks
            return false;
        }
    }

    /** Whether it is noted of rows, those of this snapshot where they are a table's. */
    public boolean haveMet(String customersKey, Optional<Long> snapshot) {
        try {
            return files.nothingNew().isMet(files.fingerprint(), customersKey, snapshot);
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** Notes, beside that nothing is new, that all rows have met the customers of this key. */
    public void met(String customersKey, Optional<Long> snapshot) {
        note(() -> files.nothingNew().met(settled, customersKey, snapshot));
    }

    /**
     * Forgets which customers all rows have met: there will be rows that have met others.
     *
     * @throws StorageException if the note would go on to say so
     */
    public void forgetCustomers() {
        try {
            files.nothingNew().forgetCustomers(files.fingerprint());
        } catch (IOException failed) {
            throw StorageFault.writing(
                    failed, "change the state in " + control.state(), ", and start again; the output is untouched");
        }
    }

    private Work compared(List<InputFile> found, Predicate<InputFile> wanted, Grain grain, String listing) {
        Comparison comparison = new Comparison(found, wanted, grain);
        files.pass(comparison::begin);
        return comparison.end(listing);
    }

    private static String listing(List<InputFile> found, Predicate<InputFile> wanted, Grain grain) {
        Fingerprint listing = new Fingerprint();
        listing.add(grain);
        for (InputFile object : found) {
            listing.add(object);
            listing.add(wanted.test(object));
        }
        return listing.text();
    }

    private Optional<Work> noted(String state, String listing) {
        try {
            return files.nothingNew().read(state, listing);
        } catch (IOException unreadable) {
            // the state says the same
            return Optional.empty();
        }
    }

    /** Notes what holds of a state that this has written, unless somebody else has changed it since. */
    private void noteOfOurs(StateFiles.Step noting) {
        note(() -> {
            if (files.isNewestOurs()) {
                noting.perform();
            }
        });
    }

    private void note(StateFiles.Step noting) {
        try {
            noting.perform();
        } catch (IOException | StorageException failed) {
            progress.accept("state: could not note that nothing is new (%s)".formatted(failed.getMessage()));
        }
    }

    /**
     * Stages what a run has read, and lets it take its place with the output of the run.
     *
     * @param read what it has read
     * @param written what it has staged
     * @param replaced whose place it takes, where it does not overwrite all
     * @param instead for each file of other runs that it has written anew, those that hold its rows from then on
     */
    public Change keeping(
            WriteMode mode,
            String runId,
            List<InputFile> read,
            List<OutputFile> written,
            List<ProcessedRun> replaced,
            Map<String, List<String>> instead) {
        try {
            long number = files.nextNumber();
            List<InputFile> objects = StateFiles.remembered(read);
            ProcessedRun run = new ProcessedRun(
                    runId,
                    number,
                    RunKey.of(objects),
                    Standing.PUBLISHED,
                    written.stream().map(OutputFile::path).toList(),
                    replaced.stream().map(ProcessedRun::run).toList());
            WholeFile staged = new WholeFile(control.stagedState(runId), hadoop);
            boolean isAnyMoved = !instead.isEmpty();
            staged.write(out -> files.write(out, writer -> {
                objects.forEach(StateFiles.taker(writer, run));
                if (isAnyMoved) {
                    files.copy(
                            writer,
                            other -> replaced.contains(other)
                                    ? Optional.empty()
                                    : Optional.of(other.in(moved(other.files(), instead))));
                }
            }));
            List<PublishedRun> going = new ArrayList<>(
                    replaced.stream().map(ProcessedRun::published).toList());
            if (isAnyMoved) {
                going.add(new PublishedRun(runId, List.copyOf(instead.keySet())));
            }
            boolean isAll = isAnyMoved || mode == WriteMode.OVERWRITE;
            return Change.of(mode)
                    .replacing(going)
                    .filing(staged.path(), files.place(number, isAll ? Kind.WHOLE : Kind.RUN), staged.bytes());
        } catch (IOException failed) {
            throw StorageFault.writing(
                    failed, "stage the state of run " + runId, ", and start again; the previous output is untouched");
        }
    }

    /**
     * Stages the state in which other files hold the rows of runs; it takes its place as they do.
     *
     * @param runId who has staged these files
     * @param instead for each file that goes, those that hold its rows from then on
     */
    public Change regrouping(String runId, Map<String, List<String>> instead) {
        try {
            long number = files.nextNumber();
            WholeFile staged = new WholeFile(control.stagedState(runId), hadoop);
            staged.write(out -> files.write(
                    out, writer -> files.copy(writer, run -> Optional.of(run.in(moved(run.files(), instead))))));
            return Change.of(WriteMode.APPEND)
                    .replacing(List.of(new PublishedRun(runId, List.copyOf(instead.keySet()))))
                    .filing(staged.path(), files.place(number, Kind.WHOLE), staged.bytes());
        } catch (IOException failed) {
            throw StorageFault.writing(
                    failed, "stage the state of run " + runId, ", and start again; the output is untouched");
        }
    }

    /**
     * Stages the state in which more files hold rows of a run, some that it had set apart: they go when what it has read
     * is read again. Where nothing is known of that run, nothing changes.
     *
     * @param runId who has staged these files
     * @param origin the run whose rows they hold
     */
    public Change adding(String runId, String origin, List<OutputFile> written) {
        if (runs().stream().noneMatch(run -> run.run().equals(origin))) {
            return Change.of(WriteMode.APPEND);
        }
        try {
            long number = files.nextNumber();
            WholeFile staged = new WholeFile(control.stagedState(runId), hadoop);
            staged.write(out -> files.write(
                    out,
                    writer -> files.copy(
                            writer,
                            run -> Optional.of(run.run().equals(origin) ? run.in(with(run.files(), written)) : run))));
            return Change.of(WriteMode.APPEND).filing(staged.path(), files.place(number, Kind.WHOLE), staged.bytes());
        } catch (IOException failed) {
            throw StorageFault.writing(
                    failed, "stage the state of run " + runId, ", and start again; the output is untouched");
        }
    }

    private static List<String> with(List<String> files, List<OutputFile> more) {
        return Stream.concat(files.stream(), more.stream().map(OutputFile::path))
                .sorted()
                .toList();
    }

    private static List<String> moved(List<String> files, Map<String, List<String>> instead) {
        return files.stream()
                .flatMap(file -> instead.getOrDefault(file, List.of(file)).stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** Makes one file of many, and removes those that say nothing any more; the output is right without this. */
    public void tidy() {
        try {
            if (files.runFiles() > RUN_FILES) {
                String before = files.fingerprint();
                files.replaceAll("one file of many", files.nextNumber(), writer -> files.copy(writer, Optional::of));
                noteOfOurs(() -> files.nothingNew().move(before, files.fingerprint()));
            } else {
                files.removeOld();
            }
        } catch (IOException | StorageException failed) {
            progress.accept("state: could not tidy up (%s)".formatted(failed.getMessage()));
        }
    }
}
