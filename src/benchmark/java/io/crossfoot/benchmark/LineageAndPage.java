package io.crossfoot.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * How long a run waits for its lineage, and for the page with its numbers. Most of both is made while the sales pass.
 *
 * @param seconds of the stages that are for them alone, and from the last writing of the report to that of the page
 */
record LineageAndPage(double seconds) {
    private static final Set<String> STAGES = Set.of("lineage", "revenue");

    /** @param run the folder of the run in the control folder, which nobody has written to since */
    static LineageAndPage of(Path run) throws IOException {
        Path report = run.resolve("run-report.json");
        double seconds = 0;
        for (JsonNode stage : new ObjectMapper().readTree(report.toFile()).path("stages")) {
            if (STAGES.contains(stage.path("stage").asText())) {
                seconds += stage.path("millis").asLong() / 1000.0;
            }
        }
        Duration page = Duration.between(
                Files.getLastModifiedTime(report).toInstant(),
                Files.getLastModifiedTime(run.resolve("report.html")).toInstant());
        return new LineageAndPage(seconds + page.toMillis() / 1000.0);
    }
}
