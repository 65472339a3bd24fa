package io.crossfoot.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfoot.error.LockedException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Who holds a lock, as the lock file tells it.
 *
 * @param token tells apart two holders that are the same in all else
 */
record LockHolder(String run, long process, String host, String since, String output, String token) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static LockHolder self(ControlFolder control, String runId) {
        // refuses a run id that names no files, before anything is written
        control.staging(runId);
        return new LockHolder(
                runId,
                ProcessHandle.current().pid(),
                nameOfThisHost(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                Store.show(control.output()),
                UUID.randomUUID().toString());
    }

    private static String nameOfThisHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "unknown";
        }
    }

    /** Reads a lock file; one that is being written just now, or by another program, tells nothing. */
    static LockHolder parse(String json, ControlFolder control) {
        try {
            return JSON.readValue(json, LockHolder.class);
        } catch (JsonProcessingException unfinished) {
            return new LockHolder("unknown", 0, "unknown", "now", Store.show(control.output()), "");
        }
    }

    /** Whether the file told nothing. */
    boolean isUnknown() {
        return token.isEmpty();
    }

    String json() {
        try {
            return JSON.writeValueAsString(this) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    LockedException refusal() {
        return refusal("Cannot start");
    }

    LockedException refusal(String what) {
        return new LockedException("%s: run %s (process %d on host %s, since %s) is writing to %s; wait for it to end"
                .formatted(what, run, process, host, since, output));
    }
}
