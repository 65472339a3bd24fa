package io.crossfoot.emulator.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.glue.BookmarkStore;
import io.crossfoot.emulator.glue.BookmarkStore.JobState;
import io.crossfoot.emulator.glue.BookmarkStore.RunState;
import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.http.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Bookmarks in the files of the stand-in runtime, a folder for each region. */
record BookmarkFiles(Path folder) implements Bookmarks {
    @Override
    public Optional<ObjectNode> entry(String region, String job, Optional<String> run) {
        JobState state = store(region).read(job);
        List<RunState> runs = state.runs();
        int index = run.isPresent() ? indexOf(runs, run.get()) : runs.size() - 1;
        return index < 0 ? Optional.empty() : Optional.of(json(job, state, index));
    }

    @Override
    public ObjectNode reset(String region, String job, Optional<String> run) {
        BookmarkStore store = store(region);
        if (run.isEmpty()) {
            store.reset(job);
            return Json.object()
                    .put("JobName", job)
                    .put("Version", store.read(job).version())
                    .put("Run", 0)
                    .put("Attempt", 0);
        }
        if (indexOf(store.read(job).runs(), run.get()) < 0) {
            throw AwsError.entityNotFound("Run %s of job %s has left no bookmark".formatted(run.get(), job));
        }
        store.rewind(job, run.get());
        return entry(region, job, run).orElseThrow();
    }

    @Override
    public void delete(String region, String job) {
        store(region).reset(job);
    }

    private BookmarkStore store(String region) {
        return new BookmarkStore(folder.resolve(region));
    }

    private static int indexOf(List<RunState> runs, String id) {
        return IntStream.range(0, runs.size())
                .filter(index -> runs.get(index).runId().equals(id))
                .findFirst()
                .orElse(-1);
    }

    private static ObjectNode json(String job, JobState state, int index) {
        ObjectNode entry = Json.object()
                .put("JobName", job)
                .put("Version", state.version())
                .put("Run", index + 1)
                .put("Attempt", 0)
                .put("RunId", state.runs().get(index).runId());
        if (index > 0) {
            entry.put("PreviousRunId", state.runs().get(index - 1).runId());
        }
        return entry.put("JobBookmark", Json.text(state.runs().get(index).sources()));
    }
}
