package io.crossfoot.emulator.athena;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.http.Json;
import io.crossfoot.emulator.moto.S3Path;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** One query from its start to its end. Safe for many threads. */
final class Execution {
    /** How it stands. */
    enum State {
        QUEUED,
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELLED;

        boolean isFinal() {
            return this == SUCCEEDED || this == FAILED || this == CANCELLED;
        }
    }

    /**
     * What a call asks for.
     *
     * @param output where the result goes
     * @param scanLimit bytes that the query may read, if that is limited
     */
    record Request(
            String region,
            Statement statement,
            String workGroup,
            Optional<String> database,
            S3Path output,
            Optional<Long> scanLimit) {}

    private final String id;
    private final Request request;
    private final Path folder;
    private final InstantSource clock;
    private final Instant submitted;
    private State state = State.QUEUED;
    private Optional<String> reason = Optional.empty();
    private Optional<Instant> started = Optional.empty();
    private Optional<Instant> completed = Optional.empty();
    private JsonNode outcome = Json.object();

    /** @param folder where the engine leaves the result */
    Execution(String id, Request request, Path folder, InstantSource clock) {
        this.id = id;
        this.request = request;
        this.folder = folder;
        this.clock = clock;
        this.submitted = clock.instant();
    }

    String id() {
        return id;
    }

    Request request() {
        return request;
    }

    Path folder() {
        return folder;
    }

    S3Path result() {
        return request.output().child(id + ".csv");
    }

    synchronized State state() {
        return state;
    }

    synchronized Optional<String> reason() {
        return reason;
    }

    /** Returns the columns of the result, as the engine told them. */
    synchronized JsonNode columns() {
        return outcome.path("columns");
    }

    /** Notes that the engine has it; false when it was stopped before. */
    synchronized boolean run() {
        if (state != State.QUEUED) {
            return false;
        }
        state = State.RUNNING;
        started = Optional.of(clock.instant());
        return true;
    }

    /** Notes what the engine did, unless the query was stopped. */
    synchronized void outcome(JsonNode told) {
        outcome = told;
    }

    /** Ends it, unless it has ended. */
    synchronized boolean end(State last, Optional<String> why) {
        if (state.isFinal()) {
            return false;
        }
        state = last;
        reason = why;
        completed = Optional.of(clock.instant());
        return true;
    }

    /** Returns it as GetQueryExecution does. */
    synchronized ObjectNode json() {
        ObjectNode execution = Json.object()
                .put("QueryExecutionId", id)
                .put("Query", request.statement().sql())
                .put("StatementType", "DML")
                .put("SubstatementType", "SELECT")
                .put("WorkGroup", request.workGroup());
        execution.putObject("ResultConfiguration").put("OutputLocation", result().toString());
        ObjectNode context = execution.putObject("QueryExecutionContext").put("Catalog", "awsdatacatalog");
        request.database().ifPresent(database -> context.put("Database", database));
        execution
                .putObject("EngineVersion")
                .put("SelectedEngineVersion", "AUTO")
                .put("EffectiveEngineVersion", "Athena engine version 3");
        ObjectNode status = execution
                .putObject("Status")
                .put("State", state.name())
                .put("SubmissionDateTime", Json.seconds(submitted));
        completed.ifPresent(moment -> status.put("CompletionDateTime", Json.seconds(moment)));
        reason.ifPresent(why -> status.put("StateChangeReason", why));
        if (state == State.FAILED) {
            status.putObject("AthenaError").put("ErrorCategory", 2).put("ErrorMessage", reason.orElse(""));
        }
        Instant end = completed.orElseGet(clock::instant);
        execution
                .putObject("Statistics")
                .put("DataScannedInBytes", outcome.path("scanned").asLong())
                .put("EngineExecutionTimeInMillis", millis(started.orElse(end), end))
                .put("QueryQueueTimeInMillis", millis(submitted, started.orElse(end)))
                .put("TotalExecutionTimeInMillis", millis(submitted, end));
        return execution;
    }

    private static long millis(Instant from, Instant to) {
        return Duration.between(from, to).toMillis();
    }
}
