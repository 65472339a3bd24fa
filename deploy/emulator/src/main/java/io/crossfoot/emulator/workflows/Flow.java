package io.crossfoot.emulator.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.jobs.Starter;
import io.crossfoot.emulator.jobs.Starter.WorkflowRunName;
import io.crossfoot.emulator.workflows.Predicate.End;
import io.crossfoot.emulator.workflows.Predicate.Kind;
import io.crossfoot.emulator.workflows.WorkflowRun.Action;
import io.crossfoot.emulator.workflows.WorkflowRun.Status;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * What starts after what: triggers fire, what they start ends, and other triggers wait for that. One lock guards it all,
 * so that nothing can end before it is known who started it.
 */
final class Flow {
    private record Started(String region, Action action) {}

    private record TriggerName(String region, String trigger) {}

    private final Definition definitions;
    private final Work work;
    private final InstantSource clock;
    private final Map<Started, Starter> starters = new HashMap<>();
    private final Map<TriggerName, Set<End>> awaited = new HashMap<>();
    private final Map<String, List<WorkflowRun>> runs = new HashMap<>();

    /** Reads what is defined. */
    interface Definition {
        /** Returns all triggers of a region, as GetTriggers has them. */
        List<JsonNode> triggers(String region);
    }

    /** Starts what triggers name. */
    interface Work {
        /** Starts the job or the crawler of an action, and returns the id of its run. */
        Action start(String region, JsonNode action, Starter starter);

        /** Stops it. */
        void stop(String region, Action action);
    }

    Flow(Definition definitions, Work work, InstantSource clock) {
        this.definitions = definitions;
        this.work = work;
        this.clock = clock;
    }

    /** Fires a trigger; the first trigger of a workflow starts a run of it. */
    synchronized void fire(String region, JsonNode trigger) {
        if (trigger.hasNonNull("WorkflowName")) {
            begin(region, trigger.path("WorkflowName").asText(), trigger, Map.of());
        } else {
            startAll(region, trigger, Optional.empty());
        }
    }

    /**
     * Starts a run of a workflow.
     *
     * @throws AwsError when the workflow has no trigger to begin with
     */
    synchronized WorkflowRun start(String region, String workflow, Map<String, String> properties) {
        JsonNode first = definitions.triggers(region).stream()
                .filter(trigger -> trigger.path("WorkflowName").asText().equals(workflow))
                .filter(trigger -> !trigger.path("Type").asText().equals("CONDITIONAL"))
                .findFirst()
                .orElseThrow(() -> AwsError.of(
                        "IllegalWorkflowStateException", "Workflow %s has no start trigger".formatted(workflow)));
        return begin(region, workflow, first, properties);
    }

    private WorkflowRun begin(String region, String workflow, JsonNode trigger, Map<String, String> properties) {
        WorkflowRun run = new WorkflowRun(workflow, runId(), clock.instant(), properties);
        runs.computeIfAbsent(key(region, workflow), key -> new ArrayList<>()).add(0, run);
        run.fires(trigger.path("Name").asText());
        startAll(region, trigger, Optional.of(run));
        run.endIfIdle(clock.instant());
        return run;
    }

    private void startAll(String region, JsonNode trigger, Optional<WorkflowRun> run) {
        Starter starter = new Starter(
                Optional.of(trigger.path("Name").asText()), run.map(of -> new WorkflowRunName(of.workflow(), of.id())));
        for (JsonNode todo : trigger.path("Actions")) {
            try {
                Action action = work.start(region, todo, starter);
                starters.put(new Started(region, action), starter);
                run.ifPresent(of -> of.started(action));
            } catch (AwsError refused) {
                // as on AWS, a trigger fires whether or not what it names can start; here the reason is at least shown
                System.err.printf(
                        "emulate: trigger %s: %s%n", trigger.path("Name").asText(), refused.getMessage());
            }
        }
    }

    /** Takes note of an end. Only what a trigger started makes another trigger fire. */
    synchronized void ended(String region, Action action, String state) {
        Starter starter = starters.remove(new Started(region, action));
        if (starter == null) {
            return;
        }
        Optional<WorkflowRun> run = starter.workflow().flatMap(name -> find(region, name.workflow(), name.runId()));
        if (run.isPresent()) {
            endedInWorkflow(region, run.get(), action, state);
        } else {
            endedAlone(region, new End(action.kind(), action.name(), state));
        }
    }

    private void endedInWorkflow(String region, WorkflowRun run, Action action, String state) {
        Set<End> ends = run.ended(action, state);
        if (run.status() == Status.RUNNING) {
            waiting(region, run.workflow())
                    .filter(trigger -> Predicate.of(trigger).holds(ends))
                    .filter(trigger -> run.fires(trigger.path("Name").asText()))
                    .forEach(trigger -> startAll(region, trigger, Optional.of(run)));
        }
        run.endIfIdle(clock.instant());
    }

    private void endedAlone(String region, End end) {
        waiting(region, "")
                .filter(trigger -> Predicate.of(trigger).waitsFor(end))
                .forEach(trigger -> {
                    TriggerName name =
                            new TriggerName(region, trigger.path("Name").asText());
                    Set<End> ends = awaited.computeIfAbsent(name, key -> new HashSet<>());
                    ends.add(end);
                    if (Predicate.of(trigger).holds(ends)) {
                        awaited.remove(name);
                        startAll(region, trigger, Optional.empty());
                    }
                });
    }

    private Stream<JsonNode> waiting(String region, String workflow) {
        return definitions.triggers(region).stream()
                .filter(trigger -> trigger.path("Type").asText().equals("CONDITIONAL"))
                .filter(trigger -> trigger.path("State").asText().equals("ACTIVATED"))
                .filter(trigger -> trigger.path("WorkflowName").asText("").equals(workflow));
    }

    /** Stops what a run has at work. */
    synchronized void stop(String region, WorkflowRun run) {
        if (run.status() != Status.RUNNING) {
            throw AwsError.of(
                    "IllegalWorkflowStateException", "Workflow run %s is %s".formatted(run.id(), run.status()));
        }
        run.stop();
        run.active().forEach(action -> work.stop(region, action));
        run.endIfIdle(clock.instant());
    }

    /** Returns the runs of a workflow, the newest first. */
    synchronized List<WorkflowRun> list(String region, String workflow) {
        return List.copyOf(runs.getOrDefault(key(region, workflow), List.of()));
    }

    synchronized Optional<WorkflowRun> find(String region, String workflow, String id) {
        return list(region, workflow).stream()
                .filter(run -> run.id().equals(id))
                .findFirst();
    }

    synchronized void forget(String region, String workflow) {
        runs.remove(key(region, workflow));
    }

    private static String key(String region, String workflow) {
        return region + "/" + workflow;
    }

    private static String runId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "wr_%016x%016x%016x%016x"
                .formatted(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    /** Whether a kind of action is meant by an action of a trigger. */
    static Kind kind(JsonNode action) {
        return action.hasNonNull("CrawlerName") ? Kind.CRAWLER : Kind.JOB;
    }
}
