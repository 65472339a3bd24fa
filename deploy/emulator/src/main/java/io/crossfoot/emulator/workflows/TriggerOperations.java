package io.crossfoot.emulator.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.http.Call;
import io.crossfoot.emulator.http.Json;
import io.crossfoot.emulator.http.Operations;
import io.crossfoot.emulator.moto.Definitions;
import io.crossfoot.emulator.moto.Moto;
import io.crossfoot.emulator.schedule.Schedule;
import java.util.Set;

/** Triggers: moto keeps them and knows which are active; firing is ours. */
final class TriggerOperations {
    private static final Set<String> TYPES = Set.of("ON_DEMAND", "SCHEDULED", "CONDITIONAL", "EVENT");

    private final Moto moto;
    private final Definitions definitions;
    private final Flow flow;
    private final Set<String> regions;

    /** @param regions takes the names of regions that have triggers */
    TriggerOperations(Moto moto, Flow flow, Set<String> regions) {
        this.moto = moto;
        this.definitions = new Definitions(moto, "Trigger");
        this.flow = flow;
        this.regions = regions;
    }

    void addTo(Operations operations) {
        operations
                .real("AWSGlue.CreateTrigger", this::create)
                .real("AWSGlue.UpdateTrigger", this::update)
                .real("AWSGlue.StartTrigger", this::start)
                .real("AWSGlue.StopTrigger", this::stop)
                .passedOn("AWSGlue", "BatchGetTriggers", "DeleteTrigger", "GetTrigger", "GetTriggers", "ListTriggers");
    }

    private JsonNode create(Call call) {
        call.required("Name");
        requireValid(call.input());
        regions.add(call.region());
        return moto.call(call.with(complete(call.input())));
    }

    /** As Glue says: it overwrites the definition, and what is not given again is gone. */
    private JsonNode update(Call call) {
        String name = call.required("Name");
        ObjectNode old = definitions.find(call.region(), name);
        ObjectNode updated = call.object("TriggerUpdate").deepCopy();
        updated.setAll(old.deepCopy().retain("Type", "WorkflowName"));
        requireValid(updated);
        boolean active = old.path("State").asText().equals("ACTIVATED");
        definitions.replace(call.region(), name, complete(updated).put("StartOnCreation", active));
        return Json.object().set("Trigger", definitions.find(call.region(), name));
    }

    private JsonNode start(Call call) {
        String name = call.required("Name");
        ObjectNode trigger = definitions.find(call.region(), name);
        if (!isOnDemand(trigger)) {
            return moto.call(call);
        }
        if (trigger.hasNonNull("WorkflowName")) {
            throw AwsError.invalidInput("Trigger %s belongs to a workflow: start that".formatted(name));
        }
        flow.fire(call.region(), trigger);
        return Json.object().put("Name", name);
    }

    private JsonNode stop(Call call) {
        if (isOnDemand(definitions.find(call.region(), call.required("Name")))) {
            throw AwsError.invalidInput("A trigger of type ON_DEMAND cannot be stopped");
        }
        return moto.call(call);
    }

    private static void requireValid(ObjectNode trigger) {
        String type = trigger.path("Type").asText();
        if (!TYPES.contains(type)) {
            throw AwsError.invalidInput("Trigger type '%s' is not one of %s"
                    .formatted(type, TYPES.stream().sorted().toList()));
        }
        if (trigger.path("Actions").isEmpty()) {
            throw AwsError.invalidInput("A trigger needs at least one action");
        }
        if (type.equals("SCHEDULED")) {
            Schedule.parse(trigger.path("Schedule").asText());
        }
        if (type.equals("CONDITIONAL")
                && trigger.path("Predicate").path("Conditions").isEmpty()) {
            throw AwsError.invalidInput("A conditional trigger needs a predicate");
        }
        if (type.equals("EVENT") && !trigger.hasNonNull("WorkflowName")) {
            throw AwsError.invalidInput("An event trigger must belong to a workflow");
        }
    }

    /** Returns it with the default that moto does not know. */
    private static ObjectNode complete(ObjectNode trigger) {
        ObjectNode complete = trigger.deepCopy();
        if (complete.get("Predicate") instanceof ObjectNode predicate && !predicate.hasNonNull("Logical")) {
            predicate.put("Logical", "AND");
        }
        return complete;
    }

    private static boolean isOnDemand(ObjectNode trigger) {
        return trigger.path("Type").asText().equals("ON_DEMAND");
    }
}
