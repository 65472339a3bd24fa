package io.crossfoot.sink;

import io.crossfoot.error.StorageException;
import io.crossfoot.error.StorageFault;
import io.crossfoot.error.UsageException;
import io.crossfoot.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The folder of everything about an output that is not data, so that nothing but data lies under the output path.
 *
 * <p>It is {@code _crossfoot/<name of the output>} beside the output, unless the user moves it, and on the same file
 * system, because publishing renames from the one to the other. Its layout is stable:
 *
 * <pre>
 * output.txt                      the output that this folder belongs to
 * lock                            who is writing now
 * journal.json                    a publication that has begun and has not ended
 * unacknowledged.json             a publication that its source has not been told of for sure
 * new-table.txt                   an Iceberg table that is being made
 * state/                          what runs have read, see {@code io.crossfoot.state}
 * staging/&lt;run-id&gt;/               output that is not published yet
 * replaced/&lt;run-id&gt;/              the previous output, while a run takes its place
 * quarantine/&lt;run-id&gt;/            rows that broke the contract
 * runs/&lt;run-id&gt;/run-report.json   the account of a run
 * runs/&lt;run-id&gt;/report.html       the same for people
 * runs/&lt;run-id&gt;/lineage.jsonl     the same as OpenLineage events, if asked for
 * index.html                      an index of all runs, if asked for
 * history.jsonl                   what later runs remember of earlier ones
 * runs/&lt;run-id&gt;/published.json    that the output of this run was published
 * </pre>
 */
public final class ControlFolder {
    private static final String OWNER = "output.txt";
    static final int LONGEST_RUN_ID = 100;
    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0," + (LONGEST_RUN_ID - 1) + "}");

    private final Store store;
    private final Path output;
    private final Path root;

    private ControlFolder(Store store, Path output, Path root) {
        this.store = store;
        this.output = output;
        this.root = root;
    }

    /**
     * Names the control folder of an output; touches no storage.
     *
     * @param control where the user wants it; empty for the place beside the output
     * @throws UsageException if the output is a root or a bucket, if its file system is unknown, or if the control
     *     folder is on another one, or inside or above the output
     */
    public static ControlFolder of(Path output, Optional<String> control, Configuration configuration) {
        Store store = Store.of(output, configuration);
        Path target = store.qualified(output);
        if (target.getParent() == null || target.getName().isEmpty()) {
            throw new UsageException("Cannot write to %s: it is the root of a file system; name a folder in it"
                    .formatted(Store.show(target)));
        }
        Path root = control.map(text -> chosen(text, configuration))
                .map(folder -> sameSpelling(folder, target))
                .orElseGet(() -> new Path(new Path(target.getParent(), "_crossfoot"), target.getName()));
        refuseBadPlace(root, target);
        return new ControlFolder(store, target, root);
    }

    /**
     * Returns a control folder that a run has made.
     *
     * @throws UsageException if the folder is none
     */
    public static ControlFolder existing(Path folder, Configuration configuration) {
        Store store = Store.of(folder, configuration);
        Path root = store.qualified(folder);
        Path owner = new Path(root, OWNER);
        try {
            if (store.exists(owner)) {
                java.nio.file.Path here = java.nio.file.Path.of(root.toUri().getPath());
                String output =
                        here.resolve(store.read(owner).strip()).normalize().toString();
                return new ControlFolder(store, store.qualified(new Path(output)), root);
            }
        } catch (IOException unreadable) {
            throw StorageFault.reading(unreadable, "read " + Store.show(owner), "");
        }
        throw new UsageException(
                "Cannot use %s as the control folder: no run has made it; name the folder that holds %s"
                        .formatted(Store.show(root), OWNER));
    }

    private static Path chosen(String text, Configuration configuration) {
        try {
            Path path = new Path(text);
            return Store.of(path, configuration).qualified(path);
        } catch (IllegalArgumentException notAPath) {
            throw new UsageException("Cannot use '%s' as the control folder: %s; name a folder with --control"
                    .formatted(text, notAPath.getMessage()));
        }
    }

    /** One bucket may be called {@code s3://} here and {@code s3a://} there. */
    private static Path sameSpelling(Path folder, Path output) {
        boolean same = Storage.isS3(folder.toUri())
                && Storage.isS3(output.toUri())
                && folder.toUri().getAuthority().equals(output.toUri().getAuthority());
        return same ? Storage.under(output.toUri(), folder) : folder;
    }

    private static void refuseBadPlace(Path root, Path output) {
        String place = "Cannot use %s as the control folder of %s: ".formatted(Store.show(root), Store.show(output));
        if (!root.toUri().resolve("/").equals(output.toUri().resolve("/"))) {
            throw new UsageException(place + "they are on two file systems; name a folder beside it with --control");
        }
        if (contains(output, root)) {
            throw new UsageException(place + "readers would take it for data; name a folder beside it with --control");
        }
        if (contains(root, output)) {
            throw new UsageException(place + "it contains the output; name a folder beside it with --control");
        }
    }

    private static boolean contains(Path outer, Path inner) {
        String prefix = outer.isRoot() ? "/" : outer.toUri().getPath() + "/";
        return (inner.toUri().getPath() + "/").startsWith(prefix);
    }

    /** Returns the output that this folder belongs to, with scheme and authority. */
    public Path output() {
        return output;
    }

    public Path root() {
        return root;
    }

    /** Returns the class by which Spark should commit what it writes here, where its own is not to be used. */
    public Optional<String> commitProtocol() {
        return store.isObjectStore() ? Optional.of(StagingCommitProtocol.class.getName()) : Optional.empty();
    }

    /** Returns where a run writes its output before it is published. */
    public Path staging(String runId) {
        return new Path(staging(), safe(runId));
    }

    /** Returns where a run writes rows of earlier ones anew, which are published with its own. */
    public Path stagedAnew(String runId) {
        return new Path(staging(), StagedFiles.anew(safe(runId)));
    }

    /** Returns where a run leaves what it has read, until its output is published. */
    public Path stagedState(String runId) {
        return new Path(staging(), safe(runId) + ".state");
    }

    /** Returns the folder of what published runs have read. */
    public Path state() {
        return new Path(root, "state");
    }

    public Path quarantine(String runId) {
        return new Path(quarantine(), safe(runId));
    }

    Path quarantine() {
        return new Path(root, "quarantine");
    }

    public Path runReport(String runId) {
        return new Path(run(runId), "run-report.json");
    }

    /** Returns where the page lies that shows the account of a run. */
    public Path reportPage(String runId) {
        return new Path(run(runId), "report.html");
    }

    public Path lineageEvents(String runId) {
        return new Path(run(runId), "lineage.jsonl");
    }

    public Path index() {
        return new Path(root, "index.html");
    }

    public Path history() {
        return new Path(root, "history.jsonl");
    }

    public Path journal() {
        return new Path(root, "journal.json");
    }

    public Path lockFile() {
        return new Path(root, "lock");
    }

    /** Returns where the previous output waits to be deleted. */
    public Path replaced(String runId) {
        return new Path(replaced(), safe(runId));
    }

    /** Returns where an {@link Unacknowledged} publication is noted. */
    public Path unacknowledged() {
        return new Path(root, "unacknowledged.json");
    }

    /** Returns where a {@link NewTable} is noted. */
    Path newTable() {
        return new Path(root, "new-table.txt");
    }

    Path publishedMark(String runId) {
        return new Path(run(runId), "published.json");
    }

    Path staging() {
        return new Path(root, "staging");
    }

    Path replaced() {
        return new Path(root, "replaced");
    }

    Store store() {
        return store;
    }

    /** Returns the folder that has a folder for each run. */
    public Path runs() {
        return new Path(root, "runs");
    }

    Path run(String runId) {
        return new Path(runs(), safe(runId));
    }

    static boolean isRunId(String text) {
        return RUN_ID.matcher(text).matches();
    }

    /** Whether a run has made this folder. */
    public boolean isMade() {
        try {
            return store.exists(new Path(root, OWNER));
        } catch (IOException unreadable) {
            throw StorageFault.reading(unreadable, "look for " + Store.show(root), "");
        }
    }

    private static String safe(String runId) {
        if (!isRunId(runId)) {
            throw new UsageException(
                    "Cannot use '%s' as a run id: it names files; take 1 to 100 of A-Z a-z 0-9 . _ -,".formatted(runId)
                            + " the first a letter or a digit");
        }
        return runId;
    }

    /**
     * Makes the folder and proves that it can be written; the output is not touched.
     *
     * @throws StorageException if the folder cannot be written, or if there is a file where the output should be
     * @throws UsageException if both are local and on different disks, between which no folder can be renamed
     */
    public void create() {
        try {
            store.makeFolder(root);
            // always the same name: what one run could not delete, the next one does
            Path proof = new Path(root, "writable");
            store.write(proof, "");
            store.delete(proof);
            claim();
        } catch (IOException denied) {
            throw StorageFault.writing(
                    denied, "write the control folder " + Store.show(root), ", or move it with --control");
        }
        try {
            refuseFileAsOutput();
            if (store.isLocal()) {
                refuseOtherDisk();
            }
        } catch (IOException unreadable) {
            throw StorageFault.writing(unreadable, "look at " + Store.show(output), ", and start again");
        }
    }

    /** A control folder belongs to one output, wherever both are moved: what it says is published is published there. */
    private void claim() throws IOException {
        Path owner = new Path(root, OWNER);
        java.nio.file.Path here = java.nio.file.Path.of(root.toUri().getPath());
        String relative = relativeOutput();
        String place = "Cannot use %s as the control folder of %s: ".formatted(Store.show(root), Store.show(output));
        String owned = store.exists(owner) ? store.read(owner).strip() : "";
        if (!owned.isEmpty()) {
            if (!owned.equals(relative)) {
                String other = here.resolve(owned).normalize().toString();
                throw new UsageException(place + "it belongs to %s; name another with --control".formatted(other));
            }
        } else if (isNew()) {
            // of two runs that start together one creates it; one that died while it wrote has left it empty
            if (store.create(owner, relative + "\n") == Store.Creation.REFUSED) {
                store.write(owner, relative + "\n");
            }
        } else {
            throw new UsageException(place + "it holds other things; name a new folder with --control");
        }
    }

    /** Whether there is nothing but what runs leave that start just now. */
    private boolean isNew() throws IOException {
        return store.children(root).stream()
                .allMatch(child -> child.getPath().getName().matches("output\\.txt|writable|lock(-.*)?"));
    }

    /** Returns where the output lies, from this folder: the same wherever both are moved. */
    public String relativeOutput() {
        java.nio.file.Path here = java.nio.file.Path.of(root.toUri().getPath());
        return here.relativize(java.nio.file.Path.of(output.toUri().getPath())).toString();
    }

    void refuseFileAsOutput() throws IOException {
        if (store.isFile(output)) {
            throw new StorageException("Cannot write to %s: it is a file; name a folder, or move the file away"
                    .formatted(Store.show(output)));
        }
    }

    private void refuseOtherDisk() throws IOException {
        java.nio.file.Path place = Store.local(output);
        while (!Files.exists(place)) {
            place = place.getParent();
        }
        if (!Files.getFileStore(place).equals(Files.getFileStore(Store.local(root)))) {
            throw new UsageException(
                    "Cannot use %s as the control folder of %s: they are on two disks; write to a folder"
                                    .formatted(Store.show(root), Store.show(output))
                            + " inside the mounted one, or name a folder on its disk with --control");
        }
    }
}
