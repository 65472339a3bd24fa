package io.crossfoot.emulator.quality;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.http.Json;
import io.crossfoot.emulator.quality.Evaluator.Evaluation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One evaluation of rulesets on a table, from its start to its end. Safe for many threads. */
final class EvaluationRun {
    /** How it stands. */
    enum Status {
        STARTING,
        RUNNING,
        STOPPING,
        STOPPED,
        SUCCEEDED,
        FAILED,
        TIMEOUT
    }

    private final String id = "dqrun-" + UUID.randomUUID().toString().replace("-", "");
    private final String region;
    private final ObjectNode input;
    private final InstantSource clock;
    private final Instant started;
    private final List<ObjectNode> results = new ArrayList<>();
    private Status status = Status.STARTING;
    private Optional<Instant> completed = Optional.empty();
    private Optional<String> error = Optional.empty();
    private Optional<Evaluation> evaluation = Optional.empty();

    /** @param input what the call asks for, with a number of workers and a timeout */
    EvaluationRun(String region, ObjectNode input, InstantSource clock) {
        this.region = region;
        this.input = input;
        this.clock = clock;
        this.started = clock.instant();
    }

    String id() {
        return id;
    }

    String region() {
        return region;
    }

    ObjectNode input() {
        return input;
    }

    Instant started() {
        return started;
    }

    /** Carries it out, and returns when it has ended. */
    void carry(ObjectNode plan, Evaluator evaluator) {
        try {
            Evaluation begun = evaluator.launch(region, input.path("Role").asText(), plan);
            began(begun);
            finish(begun.end().get(input.path("Timeout").asLong(), TimeUnit.MINUTES));
        } catch (TimeoutException late) {
            end(Status.TIMEOUT, Optional.of("The run took longer than its timeout"));
            evaluation.ifPresent(Evaluation::kill);
        } catch (AwsError refused) {
            end(Status.FAILED, Optional.of(refused.getMessage()));
        } catch (InterruptedException | CancellationException stopping) {
            end(Status.FAILED, Optional.of("The emulator is stopping"));
        } catch (ExecutionException | CompletionException | IllegalStateException bug) {
            bug.printStackTrace();
            end(Status.FAILED, Optional.of("Internal Service Exception: " + bug));
        }
    }

    private synchronized void began(Evaluation begun) {
        evaluation = Optional.of(begun);
        if (status == Status.STOPPING) {
            begun.kill();
        } else {
            status = Status.RUNNING;
        }
    }

    private synchronized void finish(JsonNode answer) {
        if (answer.has("error")) {
            end(Status.FAILED, Optional.of(answer.path("error").asText()));
            return;
        }
        if (status == Status.RUNNING) {
            for (int i = 0; i < answer.path("results").size(); i++) {
                results.add(result(input.path("RulesetNames").path(i).asText(), (ArrayNode)
                        answer.path("results").path(i)));
            }
        }
        end(Status.SUCCEEDED, Optional.empty());
    }

    /** What was to be stopped is stopped, however it ended. */
    private synchronized void end(Status last, Optional<String> why) {
        boolean isStopped = status == Status.STOPPING;
        status = isStopped ? Status.STOPPED : last;
        error = isStopped ? Optional.empty() : why;
        completed = Optional.of(clock.instant());
    }

    private ObjectNode result(String ruleset, ArrayNode rules) {
        int passed = 0;
        for (JsonNode rule : rules) {
            passed += rule.path("Result").asText().equals("PASS") ? 1 : 0;
        }
        ObjectNode result = Json.object()
                .put("ResultId", "dqresult-" + UUID.randomUUID().toString().replace("-", ""))
                .put("Score", rules.isEmpty() ? 1.0 : (double) passed / rules.size())
                .put("RulesetName", ruleset)
                .put("StartedOn", Json.seconds(started))
                .put("CompletedOn", Json.seconds(clock.instant()))
                .put("RulesetEvaluationRunId", id);
        result.set("DataSource", input.path("DataSource"));
        result.set("RuleResults", rules);
        result.putObject("AggregatedMetrics")
                .put("TotalRulesProcessed", (double) rules.size())
                .put("TotalRulesPassed", (double) passed)
                .put("TotalRulesFailed", (double) rules.size() - passed);
        return result;
    }

    /** Begins to stop it; one that has ended stays as it is. */
    synchronized void cancel() {
        if (status == Status.STARTING || status == Status.RUNNING) {
            status = Status.STOPPING;
            evaluation.ifPresent(Evaluation::kill);
        }
    }

    synchronized List<ObjectNode> results() {
        return List.copyOf(results);
    }

    /** Returns it as GetDataQualityRulesetEvaluationRun does. */
    synchronized ObjectNode json() {
        ObjectNode run = input.deepCopy();
        run.remove("ClientToken");
        Instant end = completed.orElseGet(clock::instant);
        run.put("RunId", id)
                .put("Status", status.name())
                .put("StartedOn", Json.seconds(started))
                .put("LastModifiedOn", Json.seconds(end))
                .put("ExecutionTime", Duration.between(started, end).toSeconds());
        completed.ifPresent(moment -> run.put("CompletedOn", Json.seconds(moment)));
        error.ifPresent(why -> run.put("ErrorString", why));
        if (!results.isEmpty()) {
            ArrayNode ids = run.putArray("ResultIds");
            results.forEach(result -> ids.add(result.path("ResultId").asText()));
        }
        return run;
    }
}
