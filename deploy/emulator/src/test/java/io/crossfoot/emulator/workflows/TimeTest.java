package io.crossfoot.emulator.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfoot.emulator.http.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:30Z");

    @Test
    void aScheduledTriggerFiresOnceForEachMomentThatItNames() {
        JsonNode active =
                json("{'Name': 't', 'Type': 'SCHEDULED', 'State': 'ACTIVATED', 'Schedule': 'cron(0/5 * * * ? *)'}");
        JsonNode idle =
                json("{'Name': 'u', 'Type': 'SCHEDULED', 'State': 'DEACTIVATED', 'Schedule': 'cron(* * * * ? *)'}");
        List<String> fired = new ArrayList<>();
        Timetable timetable = new Timetable(
                List.of("r"),
                region -> List.of(active, idle),
                (region, trigger) -> fired.add(trigger.path("Name").asText()),
                START);

        for (int second = 0; second <= 601; second++) {
            timetable.advance(START.plusSeconds(second));
        }

        assertThat(fired).containsExactly("t", "t");
    }

    @Test
    void anEventTriggerFiresWhenItsBatchIsFull() {
        JsonNode trigger = json("{'Name': 't', 'EventBatchingCondition': {'BatchSize': 3, 'BatchWindow': 60}}");
        EventBatches batches = new EventBatches();

        assertThat(batches.add("r", trigger, START)).isEmpty();
        assertThat(batches.add("r", trigger, START)).isEmpty();
        assertThat(batches.add("r", trigger, START)).isPresent();
        assertThat(batches.due(START.plusSeconds(100))).isEmpty();
    }

    @Test
    void orWhenItsWindowHasEnded() {
        JsonNode trigger = json("{'Name': 't', 'EventBatchingCondition': {'BatchSize': 3, 'BatchWindow': 60}}");
        EventBatches batches = new EventBatches();
        batches.add("r", trigger, START);
        batches.add("r", trigger, START.plusSeconds(50));

        assertThat(batches.due(START.plusSeconds(59))).isEmpty();
        assertThat(batches.due(START.plusSeconds(60))).hasSize(1);
        assertThat(batches.due(START.plusSeconds(61))).isEmpty();
    }

    private static JsonNode json(String text) {
        return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
