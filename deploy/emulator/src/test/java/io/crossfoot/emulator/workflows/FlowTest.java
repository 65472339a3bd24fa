package io.crossfoot.emulator.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.http.Json;
import io.crossfoot.emulator.jobs.Starter;
import io.crossfoot.emulator.workflows.Predicate.Kind;
import io.crossfoot.emulator.workflows.WorkflowRun.Action;
import io.crossfoot.emulator.workflows.WorkflowRun.Status;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlowTest {
    private static final String CRAWL =
            "{'Name': 'start', 'Type': 'ON_DEMAND', 'WorkflowName': 'w', 'Actions': [{'CrawlerName': 'raw'}]}";
    private static final String THEN_JOB =
            "{'Name': 'then', 'Type': 'CONDITIONAL', 'State': 'ACTIVATED', 'WorkflowName': 'w',"
                    + "'Predicate': {'Conditions': [{'CrawlerName': 'raw', 'CrawlState': 'SUCCEEDED'}]}, 'Actions': [{'JobName': 'j'}]}";

    private final List<JsonNode> triggers = new ArrayList<>();
    private final List<String> did = new ArrayList<>();
    private final Flow flow = new Flow(region -> triggers, new Recorded(), () -> Instant.EPOCH);

    @Test
    void aWorkflowRunsFromItsFirstTriggerToItsLastAction() {
        define(CRAWL, THEN_JOB);

        WorkflowRun run = flow.start("r", "w", Map.of("k", "v"));
        assertThat(did).containsExactly("CRAWLER raw");
        flow.ended("r", new Action(Kind.CRAWLER, "raw", "1"), "SUCCEEDED");
        assertThat(did).containsExactly("CRAWLER raw", "JOB j");
        assertThat(run.status()).isEqualTo(Status.RUNNING);
        flow.ended("r", new Action(Kind.JOB, "j", "2"), "FAILED");

        assertThat(run.status()).isEqualTo(Status.COMPLETED);
        assertThat(run.json().path("Statistics").toString())
                .isEqualTo("{\"TotalActions\":2,\"RunningActions\":0,\"SucceededActions\":1,\"FailedActions\":1,"
                        + "\"TimeoutActions\":0,\"StoppedActions\":0}");
        assertThat(run.json().at("/WorkflowRunProperties/k").asText()).isEqualTo("v");
    }

    @Test
    void aConditionThatIsNotMetEndsTheRun() {
        define(CRAWL, THEN_JOB);
        WorkflowRun run = flow.start("r", "w", Map.of());

        flow.ended("r", new Action(Kind.CRAWLER, "raw", "1"), "FAILED");

        assertThat(run.status()).isEqualTo(Status.COMPLETED);
        assertThat(did).containsExactly("CRAWLER raw");
    }

    @Test
    void aTriggerThatIsNotActiveDoesNothing() {
        define(CRAWL, THEN_JOB.replace("ACTIVATED", "DEACTIVATED"));
        flow.start("r", "w", Map.of());

        flow.ended("r", new Action(Kind.CRAWLER, "raw", "1"), "SUCCEEDED");

        assertThat(did).containsExactly("CRAWLER raw");
    }

    @Test
    void stoppingARunStopsWhatItStarted() {
        define(CRAWL, THEN_JOB);
        WorkflowRun run = flow.start("r", "w", Map.of());

        flow.stop("r", run);
        flow.ended("r", new Action(Kind.CRAWLER, "raw", "1"), "CANCELLED");

        assertThat(did).containsExactly("CRAWLER raw", "stop raw");
        assertThat(run.status()).isEqualTo(Status.STOPPED);
        assertThatThrownBy(() -> flow.stop("r", run)).isInstanceOf(AwsError.class);
    }

    @Test
    void aTriggerOutsideWorkflowsWaitsForAllThatItNames() {
        define(
                "{'Name': 'both', 'Type': 'CONDITIONAL', 'State': 'ACTIVATED', 'Predicate': {'Logical': 'AND', 'Conditions':"
                        + " [{'JobName': 'a', 'State': 'SUCCEEDED'}, {'JobName': 'b', 'State': 'SUCCEEDED'}]},"
                        + " 'Actions': [{'JobName': 'c'}]}");
        flow.fire("r", json("{'Name': 'hand', 'Type': 'ON_DEMAND', 'Actions': [{'JobName': 'a'}, {'JobName': 'b'}]}"));

        flow.ended("r", new Action(Kind.JOB, "a", "1"), "SUCCEEDED");
        assertThat(did).containsExactly("JOB a", "JOB b");
        flow.ended("r", new Action(Kind.JOB, "b", "2"), "SUCCEEDED");

        assertThat(did).containsExactly("JOB a", "JOB b", "JOB c");
    }

    @Test
    void whatACallerStartedMakesNothingFire() {
        define(THEN_JOB.replace(", 'WorkflowName': 'w'", ""));

        flow.ended("r", new Action(Kind.CRAWLER, "raw", "1"), "SUCCEEDED");

        assertThat(did).isEmpty();
    }

    @Test
    void aWorkflowWithoutAFirstTriggerCannotStart() {
        define(THEN_JOB);

        assertThatThrownBy(() -> flow.start("r", "w", Map.of())).hasMessage("Workflow w has no start trigger");
    }

    private void define(String... texts) {
        for (String text : texts) {
            triggers.add(json(text));
        }
    }

    private static JsonNode json(String text) {
        return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private final class Recorded implements Flow.Work {
        @Override
        public Action start(String region, JsonNode action, Starter starter) {
            Kind kind = Flow.kind(action);
            String name =
                    action.path(kind == Kind.JOB ? "JobName" : "CrawlerName").asText();
            did.add(kind + " " + name);
            return new Action(kind, name, Integer.toString(did.size()));
        }

        @Override
        public void stop(String region, Action action) {
            did.add("stop " + action.name());
        }
    }
}
