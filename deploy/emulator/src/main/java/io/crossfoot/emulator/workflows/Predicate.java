package io.crossfoot.emulator.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** What a conditional trigger waits for. */
final class Predicate {
    /** Something that ended: a job's run or a crawl, and how. */
    record End(Kind kind, String name, String state) {}

    /** What can be waited for. */
    enum Kind {
        JOB,
        CRAWLER
    }

    private final List<End> conditions;
    private final boolean any;

    private Predicate(List<End> conditions, boolean any) {
        this.conditions = conditions;
        this.any = any;
    }

    static Predicate of(JsonNode trigger) {
        JsonNode predicate = trigger.path("Predicate");
        List<End> conditions = StreamSupport.stream(predicate.path("Conditions").spliterator(), false)
                .map(Predicate::condition)
                .toList();
        return new Predicate(conditions, predicate.path("Logical").asText().equals("ANY"));
    }

    private static End condition(JsonNode condition) {
        return condition.has("CrawlerName")
                ? new End(
                        Kind.CRAWLER,
                        condition.path("CrawlerName").asText(),
                        condition.path("CrawlState").asText())
                : new End(
                        Kind.JOB,
                        condition.path("JobName").asText(),
                        condition.path("State").asText());
    }

    boolean waitsFor(End end) {
        return conditions.contains(end);
    }

    /** Whether these ends, and no later one of the same name, satisfy it. */
    boolean holds(Set<End> ends) {
        Set<End> met = new HashSet<>(conditions);
        met.retainAll(ends);
        return any ? !met.isEmpty() : met.size() == new HashSet<>(conditions).size() && !met.isEmpty();
    }
}
