package io.crossfoot.emulator.logs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.http.Json;
import io.crossfoot.emulator.moto.Moto;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;

/** CloudWatch Logs, as the services that write there use it. */
public final class Logs {
    private final Moto moto;
    private final InstantSource clock;
    private final ScheduledExecutorService timer;

    public Logs(Moto moto, InstantSource clock, ScheduledExecutorService timer) {
        this.moto = moto;
        this.clock = clock;
        this.timer = timer;
    }

    /** Opens a stream to append to, creating it and its group where they are missing. */
    public LogStream open(String region, String group, String stream) {
        ObjectNode names = Json.object().put("logGroupName", group);
        create(region, "CreateLogGroup", names);
        create(region, "CreateLogStream", names.deepCopy().put("logStreamName", stream));
        return new LogStream(moto, region, group, stream, clock, timer);
    }

    private void create(String region, String operation, ObjectNode input) {
        try {
            moto.call(region, "Logs_20140328." + operation, input);
        } catch (AwsError error) {
            if (!error.code().equals("ResourceAlreadyExistsException")) {
                throw error;
            }
        }
    }
}
