package io.crossfoot.emulator.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** One run of a job, from the call that started it to its end. Safe for many threads. */
final class JobRun {
    private final String id;
    private final int attempt;
    private final Optional<String> previous;
    private final JobSettings settings;
    private final Starter starter;
    private final InstantSource clock;
    private final Instant startedOn;

    private JobRunState state = JobRunState.STARTING;
    private Optional<JobProcess> process = Optional.empty();
    private Optional<Instant> runningSince = Optional.empty();
    private Optional<Instant> completedOn = Optional.empty();
    private Optional<String> error = Optional.empty();
    private Instant modifiedOn;

    private JobRun(
            String id,
            int attempt,
            Optional<String> previous,
            JobSettings settings,
            Starter starter,
            InstantSource clock) {
        this.id = id;
        this.attempt = attempt;
        this.previous = previous;
        this.settings = settings;
        this.starter = starter;
        this.clock = clock;
        this.startedOn = clock.instant();
        this.modifiedOn = startedOn;
    }

    static JobRun first(String id, JobSettings settings, Starter starter, InstantSource clock) {
        return new JobRun(id, 0, Optional.empty(), settings, starter, clock);
    }

    /** Returns the run that tries this one again. */
    JobRun next() {
        String origin = id.replaceFirst("_attempt_\\d+$", "");
        int number = attempt + 1;
        return new JobRun("%s_attempt_%d".formatted(origin, number), number, Optional.of(id), settings, starter, clock);
    }

    String id() {
        return id;
    }

    int attempt() {
        return attempt;
    }

    JobSettings settings() {
        return settings;
    }

    Starter starter() {
        return starter;
    }

    synchronized JobRunState state() {
        return state;
    }

    /** Notes that its process has begun; false when the run was stopped before. */
    synchronized boolean run(JobProcess begun) {
        if (state != JobRunState.STARTING) {
            return false;
        }
        process = Optional.of(begun);
        runningSince = Optional.of(clock.instant());
        become(JobRunState.RUNNING);
        return true;
    }

    /** Ends the run, unless it has ended; a run that is being stopped ends as stopped. */
    synchronized void end(JobRunState last, Optional<String> message) {
        if (state.isFinal()) {
            return;
        }
        boolean stopped = state == JobRunState.STOPPING;
        error = stopped ? Optional.empty() : message;
        become(stopped ? JobRunState.STOPPED : last);
        completedOn = Optional.of(modifiedOn);
    }

    /** Begins to stop it; false when it has ended or is stopping already. */
    synchronized boolean stop() {
        if (state.isFinal() || state == JobRunState.STOPPING) {
            return false;
        }
        become(JobRunState.STOPPING);
        process.ifPresentOrElse(JobProcess::kill, () -> end(JobRunState.STOPPED, Optional.empty()));
        return true;
    }

    /** Returns the run as GetJobRun does. */
    synchronized ObjectNode json() {
        ObjectNode run = settings.described().deepCopy();
        run.put("Id", id).put("Attempt", attempt).put("JobName", settings.job());
        previous.ifPresent(earlier -> run.put("PreviousRunId", earlier));
        starter.trigger().ifPresent(trigger -> run.put("TriggerName", trigger));
        run.put("JobMode", "SCRIPT").put("JobRunState", state.name());
        run.put("StartedOn", Json.seconds(startedOn)).put("LastModifiedOn", Json.seconds(modifiedOn));
        completedOn.ifPresent(moment -> run.put("CompletedOn", Json.seconds(moment)));
        error.ifPresent(message -> run.put("ErrorMessage", message));
        settings.arguments().forEach(run.withObject("/Arguments")::put);
        run.putArray("PredecessorRuns");
        Duration worked = worked();
        run.put("Timeout", settings.timeoutMinutes())
                .put("MaxCapacity", settings.dpus())
                .put("AllocatedCapacity", (int) Math.ceil(settings.dpus()))
                .put("ExecutionTime", (worked.toMillis() + 999) / 1_000)
                .put("DPUSeconds", worked.toMillis() / 1_000.0 * settings.dpus())
                .put("LogGroupName", settings.logGroup());
        return run;
    }

    private Duration worked() {
        return runningSince
                .map(from -> Duration.between(from, completedOn.orElseGet(clock::instant)))
                .orElse(Duration.ZERO);
    }

    private void become(JobRunState next) {
        state = next;
        modifiedOn = clock.instant();
    }
}
