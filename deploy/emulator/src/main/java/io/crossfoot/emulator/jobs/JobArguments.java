package io.crossfoot.emulator.jobs;

import io.crossfoot.emulator.jobs.Starter.WorkflowRunName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the arguments of a run mean for Glue, and what of them its class sees. */
record JobArguments(JobRun run) {
    Optional<String> mainClass() {
        return value("--class").filter(name -> !name.isBlank());
    }

    List<String> extraJars() {
        return value("--extra-jars").stream()
                .flatMap(jars -> Stream.of(jars.split(",")))
                .map(String::trim)
                .filter(jar -> !jar.isEmpty())
                .toList();
    }

    boolean userJarsFirst() {
        return value("--user-jars-first").filter("true"::equals).isPresent();
    }

    /** Returns the settings in {@code --conf}, of which one value may chain many: {@code a=b --conf c=d}. */
    List<String> sparkSettings() {
        return value("--conf").stream()
                .flatMap(settings -> Stream.of(settings.split("\\s+--conf\\s+")))
                .map(String::trim)
                .filter(setting -> setting.startsWith("spark."))
                .toList();
    }

    /** Returns the command line: the reserved arguments that Glue adds, then all others, in pairs. */
    List<String> forMain() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("--JOB_NAME", run.settings().job());
        all.put(
                "--JOB_ID",
                "j_" + sha256(run.settings().region() + "/" + run.settings().job()));
        all.put("--JOB_RUN_ID", run.id());
        all.put("--job-bookmark-option", "job-bookmark-disable");
        run.starter().workflow().ifPresent(workflow -> addTo(all, workflow));
        all.putAll(run.settings().arguments());
        List<String> line = new ArrayList<>();
        all.forEach((name, value) -> line.addAll(List.of(name, value)));
        return line;
    }

    private static void addTo(Map<String, String> all, WorkflowRunName workflow) {
        all.put("--WORKFLOW_NAME", workflow.workflow());
        all.put("--WORKFLOW_RUN_ID", workflow.runId());
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(run.settings().arguments().get(name));
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
