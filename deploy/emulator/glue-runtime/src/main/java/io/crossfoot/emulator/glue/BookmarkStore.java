package io.crossfoot.emulator.glue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The bookmarks of jobs, a file for each job. A bookmark is a history: the state after each run that has committed.
 *
 * @param folder where they are kept
 */
public record BookmarkStore(Path folder) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /**
     * What a source has read.
     *
     * @param until when it was last read, in milliseconds since 1970: older files are read
     * @param files those files near that time that are read, with the time of their last change
     */
    public record SourceState(long until, Map<String, Long> files) {}

    /**
     * The state after a run.
     *
     * @param sources by transformation context
     */
    public record RunState(String runId, Map<String, SourceState> sources) {}

    /**
     * The bookmark of a job.
     *
     * @param version rises with each change
     * @param runs oldest first
     */
    public record JobState(int version, List<RunState> runs) {
        /** Returns what the sources have read after the last run. */
        Map<String, SourceState> last() {
            return runs.isEmpty() ? Map.of() : runs.get(runs.size() - 1).sources();
        }

        /** Returns what the sources had read after a run. */
        Optional<Map<String, SourceState>> after(String runId) {
            return runs.stream()
                    .filter(run -> run.runId().equals(runId))
                    .map(RunState::sources)
                    .findFirst();
        }
    }

    /** Returns the bookmark of a job; one of no runs for a job that has none. */
    public JobState read(String jobName) {
        try {
            return JSON.readValue(Files.readString(file(jobName)), JobState.class);
        } catch (NoSuchFileException absent) {
            return new JobState(0, List.of());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * Adds the state after a run.
     *
     * @param expected the version that the run has begun with
     * @throws IllegalStateException when another run has changed the bookmark since
     */
    void add(String jobName, int expected, RunState run) {
        JobState now = read(jobName);
        if (now.version() != expected) {
            throw new IllegalStateException(
                    "VersionMismatchException: Continuation update failed due to version mismatch. Expected version %d but found version %d"
                            .formatted(expected, now.version()));
        }
        List<RunState> runs = new ArrayList<>(now.runs());
        runs.add(run);
        write(jobName, new JobState(expected + 1, runs));
    }

    /** Forgets all that a job has read, of all its sources. */
    public void reset(String jobName) {
        write(jobName, new JobState(read(jobName).version() + 1, List.of()));
    }

    /**
     * Goes back to the state after a run.
     *
     * @throws IllegalArgumentException when there was no such run
     */
    public void rewind(String jobName, String runId) {
        JobState now = read(jobName);
        int index = IntStream.range(0, now.runs().size())
                .filter(i -> now.runs().get(i).runId().equals(runId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("job %s has no run %s".formatted(jobName, runId)));
        write(jobName, new JobState(now.version() + 1, now.runs().subList(0, index + 1)));
    }

    private void write(String jobName, JobState state) {
        try {
            Files.createDirectories(folder);
            Path fresh = Files.writeString(folder.resolve(jobName + ".json.new"), JSON.writeValueAsString(state));
            Files.move(fresh, file(jobName), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Path file(String jobName) {
        return folder.resolve(jobName + ".json");
    }
}
