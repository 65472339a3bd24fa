package io.crossfoot.glue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.report.RunReport;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The numbers of a run as one line of CloudWatch's embedded metric format: where such a line is logged, CloudWatch makes
 * metrics of it, without a call and without a right to make one.
 */
final class JobMetrics {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAMESPACE = "Crossfoot";
    private static final String DIMENSION = "JobName";

    private JobMetrics() {}

    /** @param now milliseconds since 1970 */
    static String line(String jobName, RunReport report, long now) {
        ObjectNode line = JSON.createObjectNode();
        ObjectNode aws = line.putObject("_aws");
        aws.put("Timestamp", now);
        ObjectNode directive = aws.putArray("CloudWatchMetrics").addObject();
        directive.put("Namespace", NAMESPACE);
        directive.putArray("Dimensions").addArray().add(DIMENSION);
        ArrayNode metrics = directive.putArray("Metrics");
        numbers(report).forEach((name, number) -> {
            metrics.addObject().put("Name", name).put("Unit", name.equals("Elapsed") ? "Milliseconds" : "Count");
            line.put(name, number);
        });
        line.put(DIMENSION, jobName);
        line.put("RunId", report.runId());
        return line.toString();
    }

    private static Map<String, Long> numbers(RunReport report) {
        Map<String, Long> numbers = new LinkedHashMap<>();
        numbers.put("SalesRead", report.balance().read());
        numbers.put("RowsPublished", report.published() ? report.balance().written() : 0);
        numbers.put("RowsQuarantined", report.balance().quarantined());
        numbers.put("RowsMatched", report.balance().matched());
        numbers.put("RowsUnmatched", report.balance().unmatched());
        numbers.put("FilesPublished", report.published() ? report.files().size() : 0L);
        numbers.put("Refused", report.published() ? 0L : 1L);
        numbers.put("Elapsed", report.elapsedMillis());
        return numbers;
    }
}
