package io.crossfoot.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Reports as JSON: indented, names in snake_case, amounts as plain numbers with all their digits. */
public final class ReportJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final ObjectMapper LINES = MAPPER.copy().disable(SerializationFeature.INDENT_OUTPUT);

    private ReportJson() {}

    /** Returns a report as JSON text. */
    public static String write(RunReport report) {
        try {
            return MAPPER.writeValueAsString(report);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns what a history remembers of a run, as one line. */
    static String line(RunSummary run) {
        try {
            return LINES.writeValueAsString(run);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** @throws IllegalArgumentException when the line is none that {@link #line} wrote */
    static RunSummary summary(String line) {
        try {
            return LINES.readValue(line, RunSummary.class);
        } catch (JsonProcessingException damaged) {
            throw new IllegalArgumentException(damaged);
        }
    }

    /**
     * Reads a report that {@link #write} wrote.
     *
     * @throws IllegalArgumentException when the text is no report of this version
     */
    public static RunReport read(String json) {
        try {
            RunReport report = MAPPER.readValue(json, RunReport.class);
            if (report.version() != RunReport.VERSION) {
                throw new IllegalArgumentException(
                        "Cannot read the run report: its version is %d, this is Crossfoot's %d"
                                .formatted(report.version(), RunReport.VERSION));
            }
            return report;
        } catch (JsonProcessingException invalid) {
            throw new IllegalArgumentException("Cannot read the run report: " + invalid.getOriginalMessage(), invalid);
        }
    }
}
