package io.crossfoot.emulator.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Events that wait for an event trigger's batch to be full, or for its window to end. */
final class EventBatches {
    private static final int DEFAULT_WINDOW_SECONDS = 900;

    private record Batch(JsonNode trigger, int events, Instant first) {}

    private record Name(String region, String trigger) {}

    /** A trigger that is due. */
    record Due(String region, JsonNode trigger) {}

    private final Map<Name, Batch> batches = new HashMap<>();

    /** Adds an event; returns the trigger when its batch is now full. */
    synchronized Optional<Due> add(String region, JsonNode trigger, Instant now) {
        Name name = new Name(region, trigger.path("Name").asText());
        Batch old = batches.getOrDefault(name, new Batch(trigger, 0, now));
        Batch batch = new Batch(trigger, old.events() + 1, old.first());
        if (batch.events() >= condition(trigger).path("BatchSize").asInt(1)) {
            batches.remove(name);
            return Optional.of(new Due(region, trigger));
        }
        batches.put(name, batch);
        return Optional.empty();
    }

    /** Returns, and empties, the batches whose window has ended. */
    synchronized List<Due> due(Instant now) {
        List<Name> names = batches.keySet().stream()
                .filter(name -> ended(batches.get(name), now))
                .toList();
        return names.stream()
                .map(name -> new Due(name.region(), batches.remove(name).trigger()))
                .toList();
    }

    private static boolean ended(Batch batch, Instant now) {
        Duration window = Duration.ofSeconds(
                condition(batch.trigger()).path("BatchWindow").asInt(DEFAULT_WINDOW_SECONDS));
        return !batch.first().plus(window).isAfter(now);
    }

    private static JsonNode condition(JsonNode trigger) {
        return trigger.path("EventBatchingCondition");
    }
}
