package io.crossfoot.emulator.crawlers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One run of a crawler.
 *
 * @param end when it ended; nothing while it runs
 * @param error why it failed; nothing unless it did
 */
record Crawl(String id, String crawler, Instant start, Optional<Instant> end, Status status, Optional<String> error) {
    /** How it stands, in the words of LastCrawl. */
    enum Status {
        RUNNING,
        SUCCEEDED,
        CANCELLED,
        FAILED
    }

    static final String LOG_GROUP = "/aws-glue/crawlers";

    static Crawl begin(String id, String crawler, Instant start) {
        return new Crawl(id, crawler, start, Optional.empty(), Status.RUNNING, Optional.empty());
    }

    Crawl ended(Status status, Optional<String> error, Instant end) {
        return new Crawl(id, crawler, start, Optional.of(end), status, error);
    }

    Duration elapsed(Instant now) {
        return Duration.between(start, end.orElse(now));
    }

    /** Returns it as GetCrawler tells the last one. */
    ObjectNode lastCrawl() {
        ObjectNode last = Json.object()
                .put("Status", status.name())
                .put("LogGroup", LOG_GROUP)
                .put("LogStream", crawler)
                .put("MessagePrefix", id)
                .put("StartTime", Json.seconds(start));
        error.ifPresent(message -> last.put("ErrorMessage", message));
        return last;
    }

    /** Returns it as ListCrawls does, which has other words. */
    ObjectNode history() {
        String state = switch (status) {
            case RUNNING -> "RUNNING";
            case SUCCEEDED -> "COMPLETED";
            case CANCELLED -> "STOPPED";
            case FAILED -> "FAILED";
        };
        ObjectNode crawl = Json.object()
                .put("CrawlId", id)
                .put("State", state)
                .put("StartTime", Json.seconds(start))
                .put("LogGroup", LOG_GROUP)
                .put("LogStream", crawler)
                .put("MessagePrefix", id);
        end.ifPresent(moment -> crawl.put("EndTime", Json.seconds(moment)));
        error.ifPresent(message -> crawl.put("ErrorMessage", message));
        return crawl;
    }
}
