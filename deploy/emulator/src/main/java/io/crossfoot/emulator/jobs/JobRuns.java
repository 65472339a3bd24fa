package io.crossfoot.emulator.jobs;

import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.jobs.JobLauncher.LaunchException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** All runs of all jobs, each taken from its start to its end on a thread of its own. */
final class JobRuns {
    private record JobName(String region, String job) {}

    private final Map<JobName, List<JobRun>> runs = new ConcurrentHashMap<>();
    private final List<Consumer<JobRun>> listeners = new CopyOnWriteArrayList<>();
    private final SecureRandom random = new SecureRandom();
    private final JobLauncher launcher;
    private final Executor executor;
    private final InstantSource clock;
    private final Duration minute;

    /** @param minute how long a minute of a job's timeout is */
    JobRuns(JobLauncher launcher, Executor executor, InstantSource clock, Duration minute) {
        this.launcher = launcher;
        this.executor = executor;
        this.clock = clock;
        this.minute = minute;
    }

    /** Tells of each run that ends and is not tried again. */
    void onEnd(Consumer<JobRun> listener) {
        listeners.add(listener);
    }

    /**
     * Starts a run.
     *
     * @throws AwsError when as many runs are active as the job allows
     */
    JobRun start(JobSettings settings, Starter starter) {
        return begin(JobRun.first("jr_" + HexFormat.of().formatHex(bytes()), settings, starter, clock));
    }

    /** Starts a run that tries an earlier one again. */
    JobRun again(JobRun earlier) {
        return begin(earlier.next());
    }

    private JobRun begin(JobRun run) {
        JobSettings settings = run.settings();
        List<JobRun> others = runsOf(settings.region(), settings.job());
        synchronized (others) {
            long active =
                    others.stream().filter(other -> !other.state().isFinal()).count();
            if (active >= settings.maxConcurrentRuns()) {
                throw AwsError.of("ConcurrentRunsExceededException", "Concurrent runs exceeded for " + settings.job());
            }
            others.add(0, run);
        }
        executor.execute(() -> carry(run));
        return run;
    }

    /** Returns the runs of a job, the newest first. */
    List<JobRun> list(String region, String job) {
        List<JobRun> all = runsOf(region, job);
        synchronized (all) {
            return new ArrayList<>(all);
        }
    }

    Optional<JobRun> find(String region, String job, String id) {
        return list(region, job).stream().filter(run -> run.id().equals(id)).findFirst();
    }

    /** Stops what runs, and forgets the job. */
    void forget(String region, String job) {
        list(region, job).forEach(JobRun::stop);
        runs.remove(new JobName(region, job));
    }

    private void carry(JobRun run) {
        try {
            JobProcess process = launcher.launch(run);
            if (run.run(process)) {
                await(run, process);
            } else {
                process.kill();
            }
        } catch (LaunchException refused) {
            run.end(JobRunState.FAILED, Optional.of(refused.getMessage()));
        } catch (RuntimeException | ExecutionException bug) {
            run.end(JobRunState.FAILED, Optional.of("The emulator failed: " + bug));
            bug.printStackTrace();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            run.stop();
        }
        if (run.state() == JobRunState.FAILED && run.attempt() < run.settings().maxRetries()) {
            begin(run.next());
        } else {
            listeners.forEach(listener -> listener.accept(run));
        }
    }

    private void await(JobRun run, JobProcess process) throws InterruptedException, ExecutionException {
        Duration limit = minute.multipliedBy(run.settings().timeoutMinutes());
        try {
            Optional<String> error = process.end().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            run.end(error.isPresent() ? JobRunState.FAILED : JobRunState.SUCCEEDED, error);
        } catch (TimeoutException late) {
            process.kill();
            run.end(
                    JobRunState.TIMEOUT,
                    Optional.of("Job run exceeded its timeout of %d minutes"
                            .formatted(run.settings().timeoutMinutes())));
        }
    }

    private List<JobRun> runsOf(String region, String job) {
        return runs.computeIfAbsent(new JobName(region, job), name -> new ArrayList<>());
    }

    private byte[] bytes() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return bytes;
    }
}
