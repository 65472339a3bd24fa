package io.crossfoot.emulator.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.http.Json;
import io.crossfoot.emulator.moto.Moto;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** Event source mappings: queues whose messages functions get. moto's own would need Docker. */
final class EventSources {
    private final Map<String, QueuePoller> pollers = new ConcurrentHashMap<>();
    private final Moto moto;
    private final Functions functions;
    private final Executor executor;

    EventSources(Moto moto, Functions functions, Executor executor) {
        this.moto = moto;
        this.functions = functions;
        this.executor = executor;
    }

    /** Performs the operation that a method on a mapping, or on all, stands for. */
    JsonNode answer(String method, String region, String id, ObjectNode input) {
        return switch (method) {
            case "POST" -> create(region, input);
            case "GET" -> id.isEmpty() ? list(region) : find(id).json();
            case "PUT" -> find(id).update(input);
            case "DELETE" -> delete(id);
            default -> throw AwsError.notImplemented("Lambda has no such operation");
        };
    }

    private JsonNode create(String region, ObjectNode input) {
        String source = input.path("EventSourceArn").asText();
        if (!source.startsWith("arn:aws:sqs:")) {
            throw AwsError.notImplemented("The emulator feeds functions from SQS queues only, not from " + source);
        }
        String function = FunctionRoutes.name(input.path("FunctionName").asText());
        requireLongEnough(region, source, functions.timeoutSeconds(region, function));
        String id = UUID.randomUUID().toString();
        ObjectNode mapping = Json.object()
                .put("UUID", id)
                .put("EventSourceArn", source)
                .put("FunctionArn", functions.arn(region, function))
                .put("BatchSize", 10)
                .put("MaximumBatchingWindowInSeconds", 0)
                .put("State", "Enabled")
                .put("StateTransitionReason", "USER_INITIATED");
        QueuePoller poller = new QueuePoller(moto, functions, region, function, mapping);
        poller.update(input);
        pollers.put(id, poller);
        executor.execute(poller);
        return poller.json();
    }

    /** What a function still works on must not become visible again: Lambda refuses such a queue. */
    private void requireLongEnough(String region, String source, int timeoutSeconds) {
        String[] arn = source.split(":");
        ObjectNode input = Json.object().put("QueueUrl", moto.queueUrl(arn[4], arn[5]));
        input.putArray("AttributeNames").add("VisibilityTimeout");
        int visibility = moto.call(region, "AmazonSQS.GetQueueAttributes", input)
                .path("Attributes")
                .path("VisibilityTimeout")
                .asInt();
        if (visibility < timeoutSeconds) {
            throw AwsError.of(
                    "InvalidParameterValueException",
                    "Queue visibility timeout: %d seconds is less than Function timeout: %d seconds"
                            .formatted(visibility, timeoutSeconds));
        }
    }

    private JsonNode list(String region) {
        ObjectNode answer = Json.object();
        var all = answer.putArray("EventSourceMappings");
        pollers.values().stream()
                .filter(poller -> poller.region().equals(region))
                .forEach(poller -> all.add(poller.json()));
        return answer;
    }

    private JsonNode delete(String id) {
        QueuePoller poller = find(id);
        pollers.remove(id);
        poller.stop();
        return poller.json().put("State", "Deleting");
    }

    private QueuePoller find(String id) {
        QueuePoller found = pollers.get(id);
        if (found == null) {
            throw AwsError.of(404, "ResourceNotFoundException", "The resource you requested does not exist.");
        }
        return found;
    }
}
