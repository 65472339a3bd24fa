package io.crossfoot.emulator.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.http.AwsError;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run of a job runs with: its definition, and what the call that started the run puts in its place.
 *
 * @param arguments merged as Glue merges them: the job's defaults, then the run's, then those that no run may change
 * @param timeoutMinutes when the run is ended
 * @param dpus processing units, all workers together
 * @param described what GetJobRun repeats of the definition
 */
record JobSettings(
        String job,
        String region,
        String role,
        String scriptLocation,
        String glueVersion,
        Map<String, String> arguments,
        int timeoutMinutes,
        int maxRetries,
        int maxConcurrentRuns,
        double dpus,
        ObjectNode described) {
    private static final String NEWEST_GLUE = "5.1";
    private static final int LONGEST_MINUTES = 480;
    private static final int LONGEST_MINUTES_BEFORE_GLUE_5 = 2_880;
    private static final Map<String, Double> DPUS = Map.ofEntries(
            Map.entry("Standard", 1.0),
            Map.entry("G.025X", 0.25),
            Map.entry("G.1X", 1.0),
            Map.entry("G.2X", 2.0),
            Map.entry("G.4X", 4.0),
            Map.entry("G.8X", 8.0),
            Map.entry("G.12X", 12.0),
            Map.entry("G.16X", 16.0),
            Map.entry("R.1X", 1.0),
            Map.entry("R.2X", 2.0),
            Map.entry("R.4X", 4.0),
            Map.entry("R.8X", 8.0));

    JobSettings {
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }

    /** Returns them for a run that is started with this input. */
    static JobSettings of(String region, ObjectNode job, ObjectNode start) {
        Map<String, String> arguments = new LinkedHashMap<>();
        putAll(arguments, job.path("DefaultArguments"));
        putAll(arguments, start.path("Arguments"));
        putAll(arguments, job.path("NonOverridableArguments"));
        ObjectNode described = described(job, start);
        String version = job.path("GlueVersion").asText(NEWEST_GLUE);
        int longest = version.compareTo("5") < 0 ? LONGEST_MINUTES_BEFORE_GLUE_5 : LONGEST_MINUTES;
        return new JobSettings(
                job.path("Name").asText(),
                region,
                job.path("Role").asText(),
                job.path("Command").path("ScriptLocation").asText(),
                version,
                arguments,
                described.path("Timeout").asInt(longest),
                job.path("MaxRetries").asInt(0),
                job.path("ExecutionProperty").path("MaxConcurrentRuns").asInt(1),
                dpus(described),
                described.put("GlueVersion", version));
    }

    /** The group of the job's logs; streams lie in {@code …/output} and {@code …/error}. */
    String logGroup() {
        return arguments.getOrDefault("--custom-logGroup-prefix", "/aws-glue/jobs");
    }

    /** Refuses a worker type that Glue has not. */
    static void requireKnownWorkers(JsonNode definition) {
        JsonNode type = definition.path("WorkerType");
        if (type.isTextual() && !DPUS.containsKey(type.asText())) {
            throw AwsError.invalidInput("Worker type %s is not one of %s"
                    .formatted(type.asText(), DPUS.keySet().stream().sorted().toList()));
        }
    }

    private static ObjectNode described(ObjectNode job, ObjectNode start) {
        ObjectNode described = job.objectNode();
        for (String field : new String[] {
            "Timeout", "WorkerType", "NumberOfWorkers", "MaxCapacity", "ExecutionClass", "SecurityConfiguration"
        }) {
            JsonNode value = start.hasNonNull(field) ? start.get(field) : job.path(field);
            if (!value.isNull() && !value.isMissingNode()) {
                described.set(field, value);
            }
        }
        return described;
    }

    private static double dpus(ObjectNode described) {
        if (described.has("WorkerType")) {
            return DPUS.getOrDefault(described.path("WorkerType").asText(), 1.0)
                    * described.path("NumberOfWorkers").asInt(10);
        }
        return described.path("MaxCapacity").asDouble(10);
    }

    private static void putAll(Map<String, String> arguments, JsonNode more) {
        more.fields()
                .forEachRemaining(
                        entry -> arguments.put(entry.getKey(), entry.getValue().asText()));
    }
}
