package io.crossfoot.emulator.athena;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.athena.Execution.State;
import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.moto.Moto;
import io.crossfoot.emulator.moto.Objects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

/** All queries, each taken from its start to its end. */
final class Executions {
    private final List<Execution> executions = new CopyOnWriteArrayList<>();
    private final Moto moto;
    private final QueryEngine engine;
    private final Executor executor;
    private final InstantSource clock;
    private final Path work;

    Executions(Moto moto, QueryEngine engine, Executor executor, InstantSource clock, Path work) {
        this.moto = moto;
        this.engine = engine;
        this.executor = executor;
        this.clock = clock;
        this.work = work;
    }

    Execution start(Execution.Request request) {
        String id = UUID.randomUUID().toString();
        Execution execution = new Execution(id, request, work.resolve("queries").resolve(id), clock);
        executions.add(0, execution);
        executor.execute(() -> carry(execution));
        return execution;
    }

    /** Returns the query of an id. */
    Optional<Execution> find(String region, String id) {
        return executions.stream()
                .filter(execution -> execution.id().equals(id)
                        && execution.request().region().equals(region))
                .findFirst();
    }

    /** Returns the queries of a work group, the newest first. */
    List<Execution> list(String region, String workGroup) {
        return executions.stream()
                .filter(execution -> execution.request().region().equals(region)
                        && execution.request().workGroup().equals(workGroup))
                .toList();
    }

    void stop(Execution execution) {
        if (execution.end(State.CANCELLED, Optional.of("Query cancelled by user"))) {
            engine.cancel(execution.id());
        }
    }

    private void carry(Execution execution) {
        if (!execution.run()) {
            return;
        }
        Execution.Request request = execution.request();
        try {
            ObjectNode plan = new QueryPlan(moto, request.region(), request.database()).of(request.statement());
            plan.put("id", execution.id())
                    .put("folder", Files.createDirectories(execution.folder()).toString());
            request.scanLimit().ifPresent(limit -> plan.put("scanLimit", limit));
            JsonNode told = engine.run(plan).join();
            execution.outcome(told);
            finish(execution, told);
        } catch (AwsError refused) {
            execution.end(State.FAILED, Optional.of(refused.getMessage()));
        } catch (IOException | RuntimeException bug) {
            bug.printStackTrace();
            execution.end(State.FAILED, Optional.of("INTERNAL_ERROR: " + bug));
        }
    }

    private void finish(Execution execution, JsonNode told) {
        State state = State.valueOf(told.path("state").asText());
        if (state == State.SUCCEEDED && execution.state() == State.RUNNING) {
            store(execution);
        }
        execution.end(state, Optional.ofNullable(told.get("error")).map(JsonNode::asText));
    }

    private void store(Execution execution) {
        try {
            byte[] csv = Files.readAllBytes(execution.folder().resolve("result.csv"));
            new Objects(moto).store(execution.result(), csv, "application/octet-stream");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (AwsError refused) {
            throw AwsError.invalidRequest("Access denied when writing output to url: %s".formatted(execution.result()));
        }
    }
}
