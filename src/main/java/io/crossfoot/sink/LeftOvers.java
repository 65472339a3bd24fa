package io.crossfoot.sink;

import io.crossfoot.error.StorageFault;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * What runs have left in a control folder, or under its output, and no later run needs. A run that is under way has such
 * things, too: remove them while holding the {@link RunLock}, with no publication half done.
 */
public final class LeftOvers {
    /** Small files of a process that died while it wrote one, or made sure that it could. */
    private static final Pattern SCRAP = Pattern.compile("writable|lock-[0-9a-f-]{36}|.*\\.part");

    private final ControlFolder control;
    private final Store store;
    private final Predicate<String> isPublished;

    /** @param isPublished whether a run has ever published, so that what it has left is an account of something */
    public LeftOvers(ControlFolder control, Predicate<String> isPublished) {
        this.control = control;
        this.store = control.store();
        this.isPublished = isPublished;
    }

    /** Why something is left over. */
    public enum Kind {
        STAGED("staged by a run that has not published it"),
        REPLACED("replaced by a later run"),
        QUARANTINED("set apart by a run that has not published"),
        REPORTED("report of a run that has not published"),
        ORPHANED("data of a run whose publication was given up"),
        EXPIRED("snapshot of the table, older than is kept, and the files that it alone has"),
        UNREFERENCED("no snapshot of the table has it"),
        UNFINISHED("left by a process that died while it wrote");

        private final String why;

        Kind(String why) {
            this.why = why;
        }

        /** Returns the reason in words. */
        public String why() {
            return why;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A file or folder.
     *
     * @param path where it lies; of a snapshot, by which name it is read
     * @param files how many files it is or has; of a snapshot, data and delete files
     * @param bytes their size
     * @param written when the newest of them was written, by the clock of the store
     */
    public record LeftOver(Kind kind, String path, long files, long bytes, Instant written) {}

    /**
     * Finds what was written before a time; lists folders, and opens no data.
     *
     * @throws io.crossfoot.error.StorageException if a folder cannot be listed
     */
    public List<LeftOver> before(Instant time) {
        try {
            List<LeftOver> found = new ArrayList<>();
            addAll(Kind.STAGED, store.children(control.staging()), found);
            addAll(Kind.REPLACED, store.children(control.replaced()), found);
            Set<String> unpublished = new HashSet<>();
            addAll(Kind.QUARANTINED, ofUnpublished(control.quarantine(), unpublished), found);
            addAll(Kind.REPORTED, ofUnpublished(control.runs(), unpublished), found);
            addOrphans(unpublished, found);
            addScraps(control.root(), found);
            addScraps(control.state(), found);
            found.removeIf(leftOver -> !leftOver.written().isBefore(time));
            return List.copyOf(found);
        } catch (IOException failed) {
            throw StorageFault.reading(failed, "look through " + Store.show(control.root()), "");
        }
    }

    /** Deletes it; what is gone already is fine. */
    public void remove(LeftOver leftOver) {
        try {
            store.delete(store.recorded(leftOver.path()));
        } catch (IOException failed) {
            throw StorageFault.writing(failed, "delete " + leftOver.path(), ", and clean again");
        }
    }

    private void addAll(Kind kind, List<FileStatus> there, List<LeftOver> found) throws IOException {
        for (FileStatus one : there) {
            found.add(measured(kind, one));
        }
    }

    private List<FileStatus> ofUnpublished(Path folder, Set<String> unpublished) throws IOException {
        List<FileStatus> found = new ArrayList<>();
        for (FileStatus run : store.children(folder)) {
            String name = run.getPath().getName();
            if (run.isDirectory() && ControlFolder.isRunId(name) && !isPublished.test(name)) {
                unpublished.add(name);
                found.add(run);
            }
        }
        return found;
    }

    /** Whoever deletes a journal by hand leaves the files that were published until then. */
    private void addOrphans(Set<String> unpublished, List<LeftOver> found) throws IOException {
        if (unpublished.isEmpty()) {
            return;
        }
        for (Store.File file : store.files(control.output())) {
            if (PublishedName.runOf(file.name()).filter(unpublished::contains).isPresent()) {
                found.add(measured(Kind.ORPHANED, store.status(file.path())));
            }
        }
    }

    private void addScraps(Path folder, List<LeftOver> found) throws IOException {
        List<FileStatus> there = store.children(folder);
        Set<String> names = new HashSet<>();
        there.forEach(file -> names.add(file.getPath().getName()));
        for (FileStatus file : there) {
            String name = file.getPath().getName();
            Matcher scrap = SCRAP.matcher(name);
            // the new text of a file whose old one is gone is all that there is of it
            boolean isNeeded = name.endsWith(".part") && !names.contains(name.replaceFirst("\\.part$", ""));
            if (file.isFile() && scrap.matches() && !isNeeded) {
                found.add(measured(Kind.UNFINISHED, file));
            }
        }
    }

    private LeftOver measured(Kind kind, FileStatus there) throws IOException {
        List<Store.File> files = there.isFile() ? List.of() : store.files(there.getPath());
        long bytes = there.isFile()
                ? there.getLen()
                : files.stream().mapToLong(Store.File::bytes).sum();
        long modified = files.stream()
                .map(Store.File::modified)
                .max(Comparator.naturalOrder())
                .orElse(there.getModificationTime());
        return new LeftOver(
                kind,
                Store.show(there.getPath()),
                there.isFile() ? 1 : files.size(),
                bytes,
                Instant.ofEpochMilli(modified));
    }
}
