package io.crossfoot.emulator.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfoot.emulator.schedule.Schedule;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Fires scheduled triggers. Schedules know minutes, so moto is asked once in each. */
public final class Timetable {
    private final Collection<String> regions;
    private final Function<String, List<JsonNode>> triggers;
    private final BiConsumer<String, JsonNode> fire;
    private Instant seen;

    Timetable(
            Collection<String> regions,
            Function<String, List<JsonNode>> triggers,
            BiConsumer<String, JsonNode> fire,
            Instant now) {
        this.regions = regions;
        this.triggers = triggers;
        this.fire = fire;
        this.seen = now;
    }

    /** Fires what became due since the last call. */
    public synchronized void advance(Instant now) {
        if (!now.truncatedTo(ChronoUnit.MINUTES).isAfter(seen)) {
            return;
        }
        Instant from = seen;
        seen = now;
        for (String region : regions) {
            triggers.apply(region).stream()
                    .filter(trigger -> trigger.path("Type").asText().equals("SCHEDULED"))
                    .filter(trigger -> trigger.path("State").asText().equals("ACTIVATED"))
                    .filter(trigger ->
                            Schedule.parse(trigger.path("Schedule").asText()).dueBetween(from, now))
                    .forEach(trigger -> fire.accept(region, trigger));
        }
    }
}
