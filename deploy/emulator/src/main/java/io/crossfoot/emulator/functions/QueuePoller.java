package io.crossfoot.emulator.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.functions.RuntimeApi.Outcome;
import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.http.Json;
import io.crossfoot.emulator.moto.Moto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Hands the messages of a queue to a function, in batches, until it is stopped. What the function takes is deleted; what
 * it fails on comes back when its visibility ends, and goes to the dead-letter queue as the queue's redrive policy says.
 */
final class QueuePoller implements Runnable {
    private static final int MOST_AT_ONCE = 10;
    private static final int PAUSE_MILLIS = 500;

    private final Moto moto;
    private final Functions functions;
    private final String region;
    private final String function;
    private final ObjectNode mapping;
    private volatile boolean stopped;

    QueuePoller(Moto moto, Functions functions, String region, String function, ObjectNode mapping) {
        this.moto = moto;
        this.functions = functions;
        this.region = region;
        this.function = function;
        this.mapping = mapping;
    }

    String region() {
        return region;
    }

    void stop() {
        stopped = true;
    }

    synchronized ObjectNode json() {
        return mapping.deepCopy();
    }

    /** Takes what a call changes. */
    synchronized ObjectNode update(ObjectNode input) {
        for (String field : List.of("BatchSize", "MaximumBatchingWindowInSeconds", "FunctionResponseTypes")) {
            if (input.hasNonNull(field)) {
                mapping.set(field, input.get(field));
            }
        }
        if (input.hasNonNull("Enabled")) {
            mapping.put("State", input.path("Enabled").asBoolean() ? "Enabled" : "Disabled");
        }
        return mapping.deepCopy();
    }

    @Override
    public void run() {
        while (!stopped) {
            try {
                ObjectNode settings = json();
                List<JsonNode> batch =
                        settings.path("State").asText().equals("Enabled") ? receive(settings) : List.of();
                if (batch.isEmpty()) {
                    Thread.sleep(PAUSE_MILLIS);
                } else {
                    hand(settings, batch);
                }
            } catch (AwsError missing) {
                System.err.printf(
                        "emulate: queue %s: %s%n",
                        mapping.path("EventSourceArn").asText(), missing.getMessage());
                stopped = missing.code().endsWith("QueueDoesNotExist")
                        || missing.code().equals("ResourceNotFoundException");
            } catch (InterruptedException ending) {
                stopped = true;
            }
        }
    }

    /** Gathers messages until the batch is full or its window, which the first one opens, has ended. */
    private List<JsonNode> receive(ObjectNode settings) throws InterruptedException {
        int size = settings.path("BatchSize").asInt();
        long window = settings.path("MaximumBatchingWindowInSeconds").asLong() * 1_000;
        // by id: one that becomes visible again while the window is open comes twice, and its newest receipt counts
        Map<String, JsonNode> batch = new LinkedHashMap<>();
        long opened = System.currentTimeMillis();
        while (!stopped && batch.size() < size) {
            ObjectNode input = Json.object()
                    .put("QueueUrl", queue())
                    .put("MaxNumberOfMessages", Math.min(MOST_AT_ONCE, size - batch.size()));
            input.putArray("AttributeNames").add("All");
            input.putArray("MessageAttributeNames").add("All");
            JsonNode messages =
                    moto.call(region, "AmazonSQS.ReceiveMessage", input).path("Messages");
            messages.forEach(message -> batch.put(message.path("MessageId").asText(), message));
            boolean over = System.currentTimeMillis() - opened >= window;
            if (batch.isEmpty() || messages.isEmpty() && over) {
                break;
            }
            if (messages.isEmpty()) {
                Thread.sleep(PAUSE_MILLIS);
            }
        }
        return new ArrayList<>(batch.values());
    }

    private void hand(ObjectNode settings, List<JsonNode> batch) throws InterruptedException {
        ObjectNode event = Json.object();
        var records = event.putArray("Records");
        batch.forEach(message -> records.add(record(message)));
        Outcome outcome = functions.invoke(region, function, Json.bytes(event));
        if (outcome.error().isPresent()) {
            return;
        }
        Set<String> failed = failures(settings, outcome);
        List<JsonNode> taken = batch.stream()
                .filter(message -> !failed.contains(message.path("MessageId").asText()))
                .toList();
        for (int from = 0; from < taken.size(); from += MOST_AT_ONCE) {
            delete(taken.subList(from, Math.min(from + MOST_AT_ONCE, taken.size())));
        }
    }

    private void delete(List<JsonNode> messages) {
        ObjectNode input = Json.object().put("QueueUrl", queue());
        var entries = input.putArray("Entries");
        messages.forEach(message -> entries.addObject()
                .put("Id", message.path("MessageId").asText())
                .put("ReceiptHandle", message.path("ReceiptHandle").asText()));
        moto.call(region, "AmazonSQS.DeleteMessageBatch", input);
    }

    private static Set<String> failures(ObjectNode settings, Outcome outcome) {
        Set<String> failed = new HashSet<>();
        if (settings.path("FunctionResponseTypes").toString().contains("ReportBatchItemFailures")
                && outcome.payload().length > 0
                && outcome.payload()[0] == '{') {
            Json.parse(outcome.payload())
                    .path("batchItemFailures")
                    .forEach(
                            failure -> failed.add(failure.path("itemIdentifier").asText()));
        }
        return failed;
    }

    private ObjectNode record(JsonNode message) {
        ObjectNode record = Json.object()
                .put("messageId", message.path("MessageId").asText())
                .put("receiptHandle", message.path("ReceiptHandle").asText())
                .put("body", message.path("Body").asText())
                .put("md5OfBody", message.path("MD5OfBody").asText())
                .put("eventSource", "aws:sqs")
                .put("eventSourceARN", mapping.path("EventSourceArn").asText())
                .put("awsRegion", region);
        record.set("attributes", message.path("Attributes"));
        ObjectNode attributes = record.putObject("messageAttributes");
        message.path("MessageAttributes")
                .fields()
                .forEachRemaining(attribute -> attributes
                        .putObject(attribute.getKey())
                        .put("dataType", attribute.getValue().path("DataType").asText())
                        .put(
                                "stringValue",
                                attribute.getValue().path("StringValue").asText()));
        return record;
    }

    private String queue() {
        String[] parts = mapping.path("EventSourceArn").asText().split(":");
        return moto.queueUrl(parts[4], parts[5]);
    }
}
