package io.crossfoot.emulator.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.http.Json;
import io.crossfoot.emulator.quality.Evaluator.Evaluation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class EvaluationRunTest {
    private final CompletableFuture<JsonNode> work = new CompletableFuture<>();
    private final AtomicBoolean killed = new AtomicBoolean();

    @Test
    void hasAResultForEachRulesetWithItsScore() {
        EvaluationRun run = run("{'RulesetNames': ['a', 'b'], 'Role': 'glue', 'Timeout': 5, 'ClientToken': 't'}");
        assertThat(run.json().path("Status").asText()).isEqualTo("STARTING");
        work.complete(
                json("{'results': [[{'Result': 'PASS'}, {'Result': 'FAIL'}, {'Result': 'PASS'}, {'Result': 'PASS'}],"
                        + " [{'Result': 'FAIL'}]]}"));

        run.carry(Json.object(), this::launch);

        assertThat(run.results())
                .extracting(
                        result -> result.path("RulesetName").asText(),
                        result -> result.path("Score").asDouble())
                .containsExactly(tuple("a", 0.75), tuple("b", 0.0));
        assertThat(run.results()
                        .get(0)
                        .at("/AggregatedMetrics/TotalRulesFailed")
                        .asDouble())
                .isEqualTo(1);
        ObjectNode described = run.json();
        assertThat(described.path("Status").asText()).isEqualTo("SUCCEEDED");
        assertThat(described.path("ResultIds"))
                .hasSize(2)
                .first()
                .isEqualTo(run.results().get(0).path("ResultId"));
        assertThat(described.has("ClientToken")).isFalse();
    }

    @Test
    void failsWithTheErrorOfTheEvaluation() {
        EvaluationRun run = run("{'Timeout': 5}");
        work.complete(json("{'error': 'no rule RowCuont'}"));

        run.carry(Json.object(), this::launch);

        assertThat(run.json().path("Status").asText()).isEqualTo("FAILED");
        assertThat(run.json().path("ErrorString").asText()).isEqualTo("no rule RowCuont");
        assertThat(run.json().has("ResultIds")).isFalse();
    }

    @Test
    void failsWhenItCannotStart() {
        EvaluationRun run = run("{'Timeout': 5}");

        run.carry(Json.object(), (region, role, plan) -> {
            throw AwsError.entityNotFound("There is no role x");
        });

        assertThat(run.json().path("Status").asText()).isEqualTo("FAILED");
        assertThat(run.json().path("ErrorString").asText()).isEqualTo("There is no role x");
    }

    @Test
    void isStoppedWhenItIsCancelledHoweverItEnds() {
        EvaluationRun run = run("{'Timeout': 5}");
        run.cancel();
        assertThat(run.json().path("Status").asText()).isEqualTo("STOPPING");
        work.complete(json("{'results': [[{'Result': 'PASS'}]]}"));

        run.carry(Json.object(), this::launch);

        assertThat(killed).isTrue();
        assertThat(run.json().path("Status").asText()).isEqualTo("STOPPED");
        assertThat(run.json().has("ErrorString")).isFalse();
        assertThat(run.results()).isEmpty();
        run.cancel();
        assertThat(run.json().path("Status").asText()).isEqualTo("STOPPED");
    }

    @Test
    void isEndedAfterItsTimeout() {
        EvaluationRun run = run("{'Timeout': 0}");

        run.carry(Json.object(), this::launch);

        assertThat(killed).isTrue();
        assertThat(run.json().path("Status").asText()).isEqualTo("TIMEOUT");
    }

    private Evaluation launch(String region, String role, ObjectNode plan) {
        return new Evaluation() {
            @Override
            public CompletableFuture<JsonNode> end() {
                return work;
            }

            @Override
            public void kill() {
                killed.set(true);
            }
        };
    }

    private static EvaluationRun run(String input) {
        return new EvaluationRun("r", json(input), () -> Instant.EPOCH);
    }

    private static ObjectNode json(String text) {
        return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
