package io.crossfoot.emulator.logs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.http.Json;
import io.crossfoot.emulator.moto.Moto;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** One stream of CloudWatch Logs, written to each second and at its end. */
public final class LogStream implements AutoCloseable {
    private static final int EVENTS_PER_CALL = 5_000;
    private static final int LONGEST_EVENT = 200_000;

    private final Moto moto;
    private final String region;
    private final String group;
    private final String stream;
    private final InstantSource clock;
    private final ScheduledFuture<?> flushing;
    private List<ObjectNode> waiting = new ArrayList<>();

    LogStream(
            Moto moto,
            String region,
            String group,
            String stream,
            InstantSource clock,
            ScheduledExecutorService timer) {
        this.moto = moto;
        this.region = region;
        this.group = group;
        this.stream = stream;
        this.clock = clock;
        this.flushing = timer.scheduleWithFixedDelay(this::flush, 1, 1, TimeUnit.SECONDS);
    }

    /** Takes a line. */
    public synchronized void write(String line) {
        String text = line.isEmpty() ? " " : line.substring(0, Math.min(line.length(), LONGEST_EVENT));
        waiting.add(Json.object().put("timestamp", clock.millis()).put("message", text));
    }

    private void flush() {
        List<ObjectNode> lines = take();
        for (int from = 0; from < lines.size(); from += EVENTS_PER_CALL) {
            ObjectNode input = Json.object().put("logGroupName", group).put("logStreamName", stream);
            ArrayNode events = input.putArray("logEvents");
            events.addAll(lines.subList(from, Math.min(lines.size(), from + EVENTS_PER_CALL)));
            try {
                moto.call(region, "Logs_20140328.PutLogEvents", input);
            } catch (AwsError deleted) {
                // somebody removed the group while the job ran: as on AWS, the lines are lost
                return;
            }
        }
    }

    private synchronized List<ObjectNode> take() {
        List<ObjectNode> lines = waiting;
        waiting = new ArrayList<>();
        return lines;
    }

    @Override
    public void close() {
        flushing.cancel(false);
        flush();
    }
}
