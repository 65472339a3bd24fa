package io.crossfoot;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.error.StorageException;
import io.crossfoot.error.StorageFault;
import io.crossfoot.error.UsageException;
import io.crossfoot.sink.ControlFolder;
import io.crossfoot.sink.WholeFile;
import io.crossfoot.source.InputFile;
import io.crossfoot.state.Grain;
import io.crossfoot.state.ProcessedRun;
import io.crossfoot.state.StateEditor;
import io.crossfoot.state.StateFolder;
import io.crossfoot.state.StateFolder.Account;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What counts as processed for an output: shown, and changed while no run is writing. The output itself is not touched.
 * Where no run has written it, that can be set and imported, and all else is refused with a {@link UsageException}.
 *
 * @param runId names who holds the lock meanwhile
 */
public record OutputState(ControlFolder control, Configuration hadoop, String runId) {
    /**
     * Names the state of an output; touches no storage.
     *
     * @throws UsageException if there can be no such output
     */
    public static OutputState of(String output, Optional<String> control, Configuration hadoop, String runId) {
        return new OutputState(ControlFolder.of(new Path(output), control, hadoop), hadoop, runId);
    }

    /** Returns the runs whose rows are in the output, and how much each has read. */
    public List<Account> accounts() {
        requireMade("show");
        return new StateFolder(control, hadoop, point -> {}).accounts();
    }

    /** Writes the state as one text, which {@link #replaceBy} takes. */
    public void export(OutputStream out) {
        requireMade("export");
        editor().export(out);
    }

    /** Writes the state to a file, which {@link #replaceBy} takes. */
    public void export(String file) {
        requireMade("export");
        try {
            new WholeFile(new Path(file), hadoop).write((WholeFile.Content) this::export);
        } catch (IOException failed) {
            throw StorageFault.writing(failed, "export the state to " + file, "");
        }
    }

    /**
     * Goes back to where a run has published; see {@link StateEditor#rewind}.
     *
     * @return the runs that the next incremental run does again
     */
    public List<ProcessedRun> rewind(Optional<String> toRun) {
        requireMade("rewind");
        return locked(() -> editor().rewind(toRun));
    }

    /** Takes an exported state; see {@link StateEditor#replaceBy}. */
    public void replaceBy(String file) {
        WholeFile text = new WholeFile(new Path(file), hadoop);
        try {
            text.bytes();
        } catch (FileNotFoundException absent) {
            throw new StorageException(
                    "Cannot import the state from %s: there is no such file".formatted(file), absent);
        } catch (IOException failed) {
            throw StorageFault.reading(failed, "import the state from " + file, "");
        }
        locked(() -> {
            editor().replaceBy(text);
            return file;
        });
    }

    /**
     * Lets the sales that the configuration selects count as processed, those aside that do so already.
     *
     * @return the files that do so now
     */
    public List<InputFile> set(EnrichConfig config) {
        Sources sources = Sources.of(config);
        sources.requireFiles();
        return locked(() -> {
            List<InputFile> found = sources.listSales(hadoop);
            List<InputFile> added = new StateFolder(control, hadoop, point -> {})
                    .work(found, config.filter().requireFolders(found), Grain.RUN)
                    .added();
            if (!added.isEmpty()) {
                editor().set(runId, added);
            }
            return added;
        });
    }

    /** Who mistypes the output is told so, and leaves no control folder of an output that there is not. */
    private void requireMade(String deed) {
        if (!control.isMade()) {
            throw new UsageException(
                    ("Cannot %s the state of %s: no run has written it, or its control folder is not %s; name another with"
                                    + " --output, or that with --control")
                            .formatted(deed, control.output(), control.root()));
        }
    }

    private <T> T locked(Supplier<T> work) {
        control.create();
        return new Exclusively(control, runId).perform("change the state of", work);
    }

    private StateEditor editor() {
        return new StateEditor(control, hadoop, point -> {});
    }
}
