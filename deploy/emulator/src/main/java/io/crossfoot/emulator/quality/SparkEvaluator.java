package io.crossfoot.emulator.quality;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.Installation;
import io.crossfoot.emulator.child.ChildJvm;
import io.crossfoot.emulator.child.JvmPlan;
import io.crossfoot.emulator.child.Surroundings;
import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.http.Json;
import io.crossfoot.emulator.moto.Moto;
import io.crossfoot.emulator.moto.Roles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Evaluates in a JVM with Spark and this project's library, in the role of the run. */
record SparkEvaluator(Installation installation, Supplier<URI> endpoint, Path work, Moto moto) implements Evaluator {
    private static final String GLUE_VERSION = "5.1";
    private static final String MAIN = "io.crossfoot.emulator.engine.RulesetEvaluation";

    /** @param said what the process said last */
    private record Running(ChildJvm child, AtomicReference<String> said, AtomicReference<String> complaint)
            implements Evaluation {
        @Override
        public CompletableFuture<JsonNode> end() {
            return child.exit().thenApply(code -> {
                if (code == 0 && said.get() != null) {
                    return Json.parse(said.get().getBytes(StandardCharsets.UTF_8));
                }
                return Json.object()
                        .put("error", "The evaluation ended with exit code %d: %s".formatted(code, complaint.get()));
            });
        }

        @Override
        public void kill() {
            child.close();
        }
    }

    @Override
    public Evaluation launch(String region, String role, ObjectNode plan) {
        List<Path> classPath = new ArrayList<>(List.of(installation.jobJar()));
        classPath.addAll(installation
                .spark(GLUE_VERSION)
                .orElseThrow(
                        () -> AwsError.of("InternalServiceException", "The emulator finds no Spark; run mvn package")));
        classPath.add(installation.emulatorJar());
        List<String> flags = installation.flags(installation.archiveOfJobJar());
        flags.add("-Xmx1g");
        flags.addAll(Surroundings.sparkFlags(endpoint.get(), region));
        flags.add("-Dspark.app.name=data-quality");
        flags.add("-Dspark.sql.session.timeZone=UTC");
        JvmPlan jvm = new JvmPlan(
                classPath,
                flags,
                MAIN,
                List.of(),
                Surroundings.environment(
                        endpoint.get(), region, new Roles(moto).assume(region, role, "AWS-Glue-DataQuality")));
        AtomicReference<String> said = new AtomicReference<>();
        AtomicReference<String> complaint = new AtomicReference<>("");
        try {
            Path folder = Files.createDirectories(work.resolve("evaluations"));
            ChildJvm child = ChildJvm.start(jvm, folder, said::set, complaint::set);
            try (Writer input = child.input()) {
                input.write(new String(Json.bytes(plan), StandardCharsets.UTF_8));
            }
            return new Running(child, said, complaint);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
