package io.crossfoot.emulator.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.http.Call;
import io.crossfoot.emulator.http.Json;
import io.crossfoot.emulator.http.Operations;
import io.crossfoot.emulator.moto.Moto;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Workflows as targets of EventBridge rules, which moto drops: in moto the target is a queue of the emulator's own, and
 * what arrives there is told to the workflow.
 */
final class WorkflowTargets {
    private static final Pattern WORKFLOW = Pattern.compile("arn:aws:glue:([a-z0-9-]+):(\\d+):workflow/(.+)");
    private static final int MOST_AT_ONCE = 10;

    private record Name(String region, String rule, String id) {}

    private record Watch(String region, String account, String workflow, ObjectNode target) {
        String queue() {
            return "crossfoot-workflow-" + Integer.toHexString((region + "/" + workflow).hashCode());
        }
    }

    private final Map<Name, Watch> watches = new ConcurrentHashMap<>();
    private final Moto moto;
    private final BiConsumer<String, String> event;

    /** @param event takes region and workflow of each event */
    WorkflowTargets(Moto moto, BiConsumer<String, String> event) {
        this.moto = moto;
        this.event = event;
    }

    void addTo(Operations operations) {
        operations
                .real("AWSEvents.PutTargets", this::put)
                .real("AWSEvents.ListTargetsByRule", this::list)
                .real("AWSEvents.RemoveTargets", this::remove);
    }

    private JsonNode put(Call call) {
        String rule = call.required("Rule");
        ObjectNode input = call.input().deepCopy();
        ArrayNode targets = input.putArray("Targets");
        for (JsonNode target : call.input().path("Targets")) {
            Matcher workflow = WORKFLOW.matcher(target.path("Arn").asText());
            targets.add(workflow.matches() ? watched(call.region(), rule, (ObjectNode) target, workflow) : target);
        }
        return moto.call(call.with(input));
    }

    private ObjectNode watched(String region, String rule, ObjectNode target, Matcher workflow) {
        Watch watch = new Watch(workflow.group(1), workflow.group(2), workflow.group(3), target.deepCopy());
        String id = target.path("Id").asText();
        moto.call(region, "AmazonSQS.CreateQueue", Json.object().put("QueueName", watch.queue()));
        watches.put(new Name(region, rule, id), watch);
        String arn = "arn:aws:sqs:%s:%s:%s".formatted(region, watch.account(), watch.queue());
        return Json.object().put("Id", id).put("Arn", arn);
    }

    private JsonNode list(Call call) {
        ObjectNode answer = moto.call(call);
        ArrayNode targets = Json.array();
        answer.path("Targets").forEach(target -> {
            Watch watch = watches.get(new Name(
                    call.region(), call.required("Rule"), target.path("Id").asText()));
            targets.add(watch == null ? target : watch.target());
        });
        return answer.set("Targets", targets);
    }

    private JsonNode remove(Call call) {
        JsonNode answer = moto.call(call);
        for (String id : call.texts("Ids")) {
            Watch watch = watches.remove(new Name(call.region(), call.required("Rule"), id));
            if (watch != null
                    && watches.values().stream()
                            .noneMatch(other -> other.queue().equals(watch.queue()))) {
                moto.call(call.region(), "AmazonSQS.DeleteQueue", Json.object().put("QueueUrl", url(watch)));
            }
        }
        return answer;
    }

    /** Tells the workflows what has arrived for them. */
    void deliver() {
        watches.forEach((name, watch) -> {
            try {
                deliver(name.region(), watch);
            } catch (AwsError removed) {
                // the queue went between two looks
            }
        });
    }

    private void deliver(String region, Watch watch) {
        ObjectNode input = Json.object().put("QueueUrl", url(watch)).put("MaxNumberOfMessages", MOST_AT_ONCE);
        for (JsonNode message :
                moto.call(region, "AmazonSQS.ReceiveMessage", input).path("Messages")) {
            event.accept(region, watch.workflow());
            moto.call(
                    region,
                    "AmazonSQS.DeleteMessage",
                    Json.object()
                            .put("QueueUrl", url(watch))
                            .put("ReceiptHandle", message.path("ReceiptHandle").asText()));
        }
    }

    private String url(Watch watch) {
        return moto.queueUrl(watch.account(), watch.queue());
    }
}
