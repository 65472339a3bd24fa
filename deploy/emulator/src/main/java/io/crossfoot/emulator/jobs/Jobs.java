package io.crossfoot.emulator.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.Installation;
import io.crossfoot.emulator.http.Call;
import io.crossfoot.emulator.http.Operations;
import io.crossfoot.emulator.logs.Logs;
import io.crossfoot.emulator.moto.Moto;
import io.crossfoot.emulator.moto.Roles;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Glue's jobs. */
public final class Jobs {
    /** Tells the end of a run. */
    @FunctionalInterface
    public interface EndListener {
        void ended(String region, String job, ObjectNode run, Starter starter);
    }

    private final JobRuns runs;
    private final JobOperations definitions;
    private final JobRunOperations operations;
    private final BookmarkOperations bookmarks;

    public Jobs(
            Installation installation,
            Supplier<URI> endpoint,
            Path work,
            Moto moto,
            Logs logs,
            InstantSource clock,
            Executor executor) {
        JobLauncher launcher = new GlueLauncher(installation, endpoint, work, moto, logs);
        Bookmarks kept = new BookmarkFiles(work.resolve("bookmarks"));
        this.runs = new JobRuns(launcher, executor, clock, Duration.ofMinutes(1));
        this.definitions = new JobOperations(moto, new Roles(moto), runs, kept);
        this.operations = new JobRunOperations(moto, runs);
        this.bookmarks = new BookmarkOperations(kept);
    }

    public void addTo(Operations all) {
        definitions.addTo(all);
        operations.addTo(all);
        bookmarks.addTo(all);
    }

    /** Starts a run for somebody else than a caller, with the input of StartJobRun, and returns its id. */
    public String start(Call call, Starter starter) {
        return operations.start(call, starter).id();
    }

    /** Stops a run, or the attempt that it is at; one that has ended stays as it is. */
    public void stop(String region, String job, String id) {
        runs.list(region, job).stream().filter(run -> run.id().startsWith(id)).forEach(JobRun::stop);
    }

    public void onEnd(EndListener listener) {
        runs.onEnd(run -> listener.ended(run.settings().region(), run.settings().job(), run.json(), run.starter()));
    }
}
