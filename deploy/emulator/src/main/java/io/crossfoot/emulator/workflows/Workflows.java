package io.crossfoot.emulator.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.crawlers.Crawlers;
import io.crossfoot.emulator.http.Call;
import io.crossfoot.emulator.http.Json;
import io.crossfoot.emulator.http.Operations;
import io.crossfoot.emulator.jobs.Jobs;
import io.crossfoot.emulator.jobs.Starter;
import io.crossfoot.emulator.moto.Moto;
import io.crossfoot.emulator.workflows.EventBatches.Due;
import io.crossfoot.emulator.workflows.Predicate.Kind;
import io.crossfoot.emulator.workflows.WorkflowRun.Action;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;

/** Triggers and workflows that start what they name. */
public final class Workflows {
    private final Set<String> regions = ConcurrentHashMap.newKeySet();
    private final EventBatches batches = new EventBatches();
    private final Moto moto;
    private final InstantSource clock;
    private final Flow flow;
    private final TriggerOperations triggers;
    private final WorkflowOperations workflows;
    private final WorkflowTargets targets;

    public Workflows(Moto moto, Jobs jobs, Crawlers crawlers, InstantSource clock) {
        this.moto = moto;
        this.clock = clock;
        this.flow = new Flow(this::triggers, new Starting(jobs, crawlers, moto), clock);
        this.triggers = new TriggerOperations(moto, flow, regions);
        this.workflows = new WorkflowOperations(moto, flow);
        this.targets = new WorkflowTargets(moto, this::event);
        jobs.onEnd((region, job, run, starter) -> flow.ended(
                region,
                new Action(Kind.JOB, job, origin(run.path("Id").asText())),
                run.path("JobRunState").asText()));
        crawlers.onEnd((region, crawler, crawl, status) ->
                flow.ended(region, new Action(Kind.CRAWLER, crawler, crawl), status));
    }

    public void addTo(Operations operations) {
        triggers.addTo(operations);
        workflows.addTo(operations);
        targets.addTo(operations);
    }

    /** Returns what fires scheduled triggers, once in a while. */
    public Timetable timetable() {
        return new Timetable(regions, this::triggers, flow::fire, clock.instant());
    }

    /** Takes an event for a workflow; its event trigger fires when the batch is full. */
    private void event(String region, String workflow) {
        triggers(region).stream()
                .filter(trigger -> trigger.path("WorkflowName").asText().equals(workflow))
                .filter(trigger -> trigger.path("Type").asText().equals("EVENT"))
                .forEach(
                        trigger -> batches.add(region, trigger, clock.instant()).ifPresent(this::fire));
    }

    /** Takes what EventBridge has sent to workflows, and fires the event triggers whose window has ended. */
    public void takeEvents() {
        targets.deliver();
        batches.due(clock.instant()).forEach(this::fire);
    }

    private void fire(Due due) {
        flow.fire(due.region(), due.trigger());
    }

    private List<JsonNode> triggers(String region) {
        JsonNode answer = moto.call(region, "AWSGlue.GetTriggers", Json.object());
        return StreamSupport.stream(answer.path("Triggers").spliterator(), false)
                .toList();
    }

    /** A run that was tried again is known by its first attempt. */
    private static String origin(String run) {
        return run.replaceFirst("_attempt_\\d+$", "");
    }

    private record Starting(Jobs jobs, Crawlers crawlers, Moto moto) implements Flow.Work {
        @Override
        public Action start(String region, JsonNode action, Starter starter) {
            if (Flow.kind(action) == Kind.CRAWLER) {
                String name = action.path("CrawlerName").asText();
                return new Action(Kind.CRAWLER, name, crawlers.start(region, name));
            }
            ObjectNode input = action.deepCopy();
            String run = jobs.start(new Call(region, "AWSGlue.StartJobRun", input), starter);
            return new Action(Kind.JOB, action.path("JobName").asText(), run);
        }

        @Override
        public void stop(String region, Action action) {
            if (action.kind() == Kind.CRAWLER) {
                crawlers.stop(region, action.name());
            } else {
                jobs.stop(region, action.name(), action.id());
            }
        }
    }
}
