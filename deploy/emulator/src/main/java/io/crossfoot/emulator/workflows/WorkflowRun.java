package io.crossfoot.emulator.workflows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.http.Json;
import io.crossfoot.emulator.workflows.Predicate.End;
import io.crossfoot.emulator.workflows.Predicate.Kind;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One run of a workflow: what it started, what of that has ended, and how. Guarded by {@link Flow}. */
final class WorkflowRun {
    /** How it stands. */
    enum Status {
        RUNNING,
        COMPLETED,
        STOPPING,
        STOPPED
    }

    /** Something that the run started: a job's run or a crawl. */
    record Action(Kind kind, String name, String id) {}

    private final String workflow;
    private final String id;
    private final Instant startedOn;
    private final Map<String, String> properties;
    private final Map<Action, Optional<String>> actions = new LinkedHashMap<>();
    private final Set<String> fired = new HashSet<>();
    private final Set<End> ends = new HashSet<>();
    private Status status = Status.RUNNING;
    private Optional<Instant> completedOn = Optional.empty();

    WorkflowRun(String workflow, String id, Instant startedOn, Map<String, String> properties) {
        this.workflow = workflow;
        this.id = id;
        this.startedOn = startedOn;
        this.properties = new LinkedHashMap<>(properties);
    }

    String workflow() {
        return workflow;
    }

    String id() {
        return id;
    }

    Status status() {
        return status;
    }

    Map<String, String> properties() {
        return properties;
    }

    /** Notes that a trigger fires; false when it has fired in this run already. */
    boolean fires(String trigger) {
        return fired.add(trigger);
    }

    void started(Action action) {
        actions.put(action, Optional.empty());
    }

    Set<End> ended(Action action, String state) {
        actions.put(action, Optional.of(state));
        ends.add(new End(action.kind(), action.name(), state));
        return ends;
    }

    Set<Action> active() {
        Set<Action> active = new HashSet<>(actions.keySet());
        active.removeIf(action -> actions.get(action).isPresent());
        return active;
    }

    void stop() {
        status = Status.STOPPING;
    }

    /** Ends the run once nothing of it is at work. */
    void endIfIdle(Instant now) {
        if (completedOn.isEmpty() && active().isEmpty()) {
            status = status == Status.STOPPING ? Status.STOPPED : Status.COMPLETED;
            completedOn = Optional.of(now);
        }
    }

    /** Returns it as GetWorkflowRun does. */
    ObjectNode json() {
        ObjectNode run = Json.object()
                .put("Name", workflow)
                .put("WorkflowRunId", id)
                .put("StartedOn", Json.seconds(startedOn))
                .put("Status", status.name());
        completedOn.ifPresent(moment -> run.put("CompletedOn", Json.seconds(moment)));
        properties.forEach(run.withObject("/WorkflowRunProperties")::put);
        run.putObject("Statistics")
                .put("TotalActions", actions.size())
                .put("RunningActions", active().size())
                .put("SucceededActions", count("SUCCEEDED"))
                .put("FailedActions", count("FAILED"))
                .put("TimeoutActions", count("TIMEOUT"))
                .put("StoppedActions", count("STOPPED") + count("CANCELLED"));
        return run;
    }

    private long count(String state) {
        return actions.values().stream().filter(Optional.of(state)::equals).count();
    }
}
