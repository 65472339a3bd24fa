package io.crossfoot.emulator.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.http.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobRunsTest {
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final ControlledWork work = new ControlledWork();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final JobRuns runs = new JobRuns(work, executor, () -> now, Duration.ofHours(1));

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Test
    void goesFromStartingToSucceeded() {
        JobRun run = runs.start(settings("{}"), Starter.CALLER);
        awaitState(run, JobRunState.RUNNING);
        now = now.plusMillis(2_500);

        work.started.get(0).succeed();

        awaitState(run, JobRunState.SUCCEEDED);
        ObjectNode json = run.json();
        assertThat(json.path("ExecutionTime").asInt()).isEqualTo(3);
        assertThat(json.path("DPUSeconds").asDouble()).isEqualTo(5.0);
        assertThat(json.has("ErrorMessage")).isFalse();
        assertThat(json.path("Id").asText()).matches("jr_[0-9a-f]{64}");
    }

    @Test
    void failsWithTheErrorOfItsWork() {
        JobRun run = runs.start(settings("{}"), Starter.CALLER);
        awaitState(run, JobRunState.RUNNING);

        work.started.get(0).fail("Exception in User Class: x : y");

        awaitState(run, JobRunState.FAILED);
        assertThat(run.json().path("ErrorMessage").asText()).isEqualTo("Exception in User Class: x : y");
    }

    @Test
    void failsWhenItCannotStart() {
        work.refusal = Optional.of("LAUNCH ERROR | File Not Found: s3://b/x.jar");

        JobRun run = runs.start(settings("{}"), Starter.CALLER);

        awaitState(run, JobRunState.FAILED);
        assertThat(run.json().path("ErrorMessage").asText()).startsWith("LAUNCH ERROR");
        assertThat(run.json().path("ExecutionTime").asInt()).isZero();
    }

    @Test
    void isTriedAgainAsOftenAsTheJobSays() {
        List<JobRun> told = new CopyOnWriteArrayList<>();
        runs.onEnd(told::add);
        work.refusal = Optional.of("no");

        JobRun first = runs.start(settings("{\"MaxRetries\": 2}"), Starter.CALLER);

        await().until(() -> told.size() == 1);
        assertThat(runs.list("eu-west-1", "nightly"))
                .extracting(JobRun::id)
                .containsExactly(first.id() + "_attempt_2", first.id() + "_attempt_1", first.id());
        assertThat(told.get(0).json().path("PreviousRunId").asText()).isEqualTo(first.id() + "_attempt_1");
        assertThat(told.get(0).json().path("Attempt").asInt()).isEqualTo(2);
    }

    @Test
    void endsWorkThatTakesTooLong() {
        JobRuns impatient = new JobRuns(work, executor, () -> now, Duration.ofMillis(20));

        JobRun run = impatient.start(settings("{\"Timeout\": 1, \"MaxRetries\": 1}"), Starter.CALLER);

        awaitState(run, JobRunState.TIMEOUT);
        assertThat(work.started.get(0).killed()).isTrue();
        assertThat(run.json().path("ErrorMessage").asText()).isEqualTo("Job run exceeded its timeout of 1 minutes");
        assertThat(impatient.list("eu-west-1", "nightly")).hasSize(1);
    }

    @Test
    void stopsWorkForGood() {
        JobRun run = runs.start(settings("{\"MaxRetries\": 1}"), Starter.CALLER);
        awaitState(run, JobRunState.RUNNING);

        assertThat(run.stop()).isTrue();

        awaitState(run, JobRunState.STOPPED);
        assertThat(work.started.get(0).killed()).isTrue();
        assertThat(run.stop()).isFalse();
        assertThat(runs.list("eu-west-1", "nightly")).hasSize(1);
    }

    @Test
    void refusesMoreRunsAtOnceThanTheJobAllows() {
        JobRun run = runs.start(settings("{}"), Starter.CALLER);
        awaitState(run, JobRunState.RUNNING);

        assertThatThrownBy(() -> runs.start(settings("{}"), Starter.CALLER))
                .isInstanceOfSatisfying(
                        AwsError.class, error -> assertThat(error.code()).isEqualTo("ConcurrentRunsExceededException"))
                .hasMessage("Concurrent runs exceeded for nightly");

        work.started.get(0).succeed();
        awaitState(run, JobRunState.SUCCEEDED);
        assertThat(runs.start(settings("{}"), Starter.CALLER).id()).isNotEqualTo(run.id());
    }

    private static void awaitState(JobRun run, JobRunState state) {
        await().pollInterval(Duration.ofMillis(5)).until(() -> run.state() == state);
    }

    private static JobSettings settings(String more) {
        ObjectNode job =
                Json.object().put("Name", "nightly").put("WorkerType", "G.1X").put("NumberOfWorkers", 2);
        job.setAll(Json.parse(more.getBytes(StandardCharsets.UTF_8)));
        return JobSettings.of("eu-west-1", job, Json.object());
    }
}
