package io.crossfoot.emulator.glue;

import io.crossfoot.emulator.glue.BookmarkStore.JobState;
import io.crossfoot.emulator.glue.BookmarkStore.RunState;
import io.crossfoot.emulator.glue.BookmarkStore.SourceState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;

/**
 * The bookmark during a run, as AWS documents it: files are new by the time of their last change, not by their name;
 * those of the last minutes are remembered one by one, since storage may list them late; nothing is remembered until the
 * job commits, and then all at once.
 */
public final class JobBookmark {
    private static final long BAND_MILLIS = 900_000;
    private static final int MOST_FILES_IN_BAND = 1000;

    /** What the bookmark does. */
    private enum Option {
        DISABLED,
        ENABLED,
        PAUSED
    }

    private final BookmarkStore store;
    private final String jobName;
    private final String runId;
    private final Option option;
    private final JobState begun;
    private final Map<String, SourceState> from;
    private final Map<String, SourceState> to;
    private final Map<String, SourceState> read;

    private JobBookmark(
            BookmarkStore store,
            String jobName,
            String runId,
            Option option,
            JobState begun,
            Map<String, SourceState> from,
            Map<String, SourceState> to) {
        this.store = store;
        this.jobName = jobName;
        this.runId = runId;
        this.option = option;
        this.begun = begun;
        this.from = from;
        this.to = to;
        this.read = new HashMap<>(begun.last());
    }

    /** A bookmark that does nothing. */
    public static JobBookmark disabled() {
        JobState none = new JobState(0, List.of());
        return new JobBookmark(null, "", "", Option.DISABLED, none, Map.of(), Map.of());
    }

    /**
     * Begins a run.
     *
     * @param arguments as {@code GlueArgParser} resolves them
     */
    public static JobBookmark of(BookmarkStore store, String jobName, Map<String, String> arguments) {
        Option option = switch (arguments.getOrDefault("job_bookmark_option", "")) {
            case "job-bookmark-enable" -> Option.ENABLED;
            case "job-bookmark-pause" -> Option.PAUSED;
            default -> Option.DISABLED;
        };
        JobState begun = store.read(jobName);
        Map<String, SourceState> from = begun.last();
        Map<String, SourceState> to = Map.of();
        if (arguments.containsKey("job_bookmark_from")) {
            from = begun.after(arguments.get("job_bookmark_from")).orElse(Map.of());
            to = begun.after(arguments.get("job_bookmark_to")).orElseThrow();
        }
        String runId = arguments.getOrDefault("JOB_RUN_ID", "");
        return new JobBookmark(store, jobName, runId, option, begun, from, to);
    }

    /** Returns those of the files of a source that this run reads; without a context it reads them all. */
    public List<FileStatus> select(String context, List<FileStatus> files) {
        if (option == Option.DISABLED || context.isEmpty()) {
            return files;
        }
        long now = System.currentTimeMillis();
        List<FileStatus> selected = new ArrayList<>();
        Map<String, Long> band = new HashMap<>();
        List<FileStatus> oldestFirst = files.stream()
                .sorted(Comparator.comparingLong(FileStatus::getModificationTime))
                .toList();
        for (FileStatus file : oldestFirst) {
            boolean inBand = file.getModificationTime() > now - BAND_MILLIS;
            if (inBand && band.size() == MOST_FILES_IN_BAND) {
                // the next run reads it
                continue;
            }
            if (inBand) {
                band.put(file.getPath().toString(), file.getModificationTime());
            }
            if (isNew(file, from.get(context)) && !(to.containsKey(context) && isNew(file, to.get(context)))) {
                selected.add(file);
            }
        }
        read.put(context, new SourceState(now, band));
        return selected;
    }

    private static boolean isNew(FileStatus file, SourceState state) {
        return state == null
                || file.getModificationTime() > state.until() - BAND_MILLIS
                        && !Long.valueOf(file.getModificationTime())
                                .equals(state.files().get(file.getPath().toString()));
    }

    /** Remembers what was read; a pausing run does not. */
    public void commit() {
        if (option == Option.ENABLED) {
            store.add(jobName, begun.version(), new RunState(runId, read));
        }
    }
}
