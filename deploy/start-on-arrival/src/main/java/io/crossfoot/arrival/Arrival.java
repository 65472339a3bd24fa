package io.crossfoot.arrival;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file of sales that was written to S3.
 *
 * @param message the id of the queue's message that told of it
 * @param time when S3 took it, in whole seconds
 */
record Arrival(String message, Instant time) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Which objects are sales: those of a bucket whose keys begin with a prefix. */
    record Place(String bucket, String prefix) {
        /** Whether an object is a file that the job would read: no folder, and nothing that Spark takes for hidden. */
        boolean holds(String otherBucket, String key) {
            return otherBucket.equals(bucket)
                    && key.startsWith(prefix)
                    && !key.endsWith("/")
                    && Stream.of(key.substring(prefix.length()).split("/"))
                            .noneMatch(part -> part.startsWith("_") || part.startsWith("."));
        }
    }

    /** A message that is no event of EventBridge. */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1;

        UnreadableException(String reason) {
            super(reason);
        }
    }

    /**
     * Reads an event of EventBridge.
     *
     * @return nothing when it tells of something else than sales
     * @throws UnreadableException when it is no such event
     */
    static Optional<Arrival> read(String message, String body, Place place) throws UnreadableException {
        JsonNode event = parse(body);
        Instant time = time(event.path("time").asText());
        if (!event.path("source").asText().equals("aws.s3")
                || !event.path("detail-type").asText().equals("Object Created")) {
            return Optional.empty();
        }
        JsonNode detail = event.path("detail");
        // as S3 has it: unlike S3's own notifications, EventBridge does not encode the key
        String key = detail.path("object").path("key").asText();
        String bucket = detail.path("bucket").path("name").asText();
        if (key.isEmpty() || bucket.isEmpty()) {
            throw new UnreadableException("no object is named");
        }
        return Optional.of(new Arrival(message, time)).filter(arrival -> place.holds(bucket, key));
    }

    private static JsonNode parse(String body) throws UnreadableException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException broken) {
            throw new UnreadableException(broken.getOriginalMessage());
        }
    }

    private static Instant time(String text) throws UnreadableException {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException none) {
            throw new UnreadableException("its time is '%s'".formatted(text));
        }
    }
}
