package io.crossfoot.emulator.athena;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.Installation;
import io.crossfoot.emulator.child.ChildJvm;
import io.crossfoot.emulator.child.JvmPlan;
import io.crossfoot.emulator.child.Surroundings;
import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Spark SQL in one child process, which starts with the first query and again after it died. It is spoken to in lines of
 * JSON.
 */
final class SparkEngine implements QueryEngine {
    private static final String GLUE_VERSION = "5.1";
    private static final String MAIN = "io.crossfoot.emulator.engine.QueryServer";

    private final Map<String, CompletableFuture<JsonNode>> running = new ConcurrentHashMap<>();
    private final Installation installation;
    private final Supplier<URI> endpoint;
    private final Path work;
    private Optional<ChildJvm> child = Optional.empty();

    SparkEngine(Installation installation, Supplier<URI> endpoint, Path work) {
        this.installation = installation;
        this.endpoint = endpoint;
        this.work = work;
    }

    @Override
    public CompletableFuture<JsonNode> run(ObjectNode plan) {
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        String id = plan.path("id").asText();
        running.put(id, answer);
        answer.whenComplete((told, failure) -> running.remove(id));
        try {
            send(plan).exit().thenRun(() -> answer.complete(lost("INTERNAL_ERROR: the query engine died")));
        } catch (IOException | AwsError failed) {
            answer.complete(lost("INTERNAL_ERROR: the query engine does not start: " + failed.getMessage()));
        }
        return answer;
    }

    @Override
    public void cancel(String id) {
        try {
            send(Json.object().put("cancel", id));
        } catch (IOException gone) {
            // then so is the query
        }
    }

    /** Returns the process that it was sent to: one that has just died is not known to have yet, but takes nothing more. */
    private synchronized ChildJvm send(ObjectNode line) throws IOException {
        if (child.filter(ChildJvm::isAlive).isPresent()) {
            try {
                return write(line, child.get());
            } catch (IOException died) {
                // another takes its place
            }
        }
        ChildJvm begun = start();
        child = Optional.of(begun);
        return write(line, begun);
    }

    private static ChildJvm write(ObjectNode line, ChildJvm child) throws IOException {
        child.input().write(new String(Json.bytes(line), StandardCharsets.UTF_8) + "\n");
        child.input().flush();
        return child;
    }

    private ChildJvm start() throws IOException {
        List<Path> classPath = installation
                .spark(GLUE_VERSION)
                .orElseThrow(() -> AwsError.of("InternalServerException", "there is no Spark; run mvn package"));
        classPath.add(installation.emulatorJar());
        List<String> flags = installation.flags(installation.archiveOfSpark());
        flags.add("-Xmx1g");
        flags.addAll(Surroundings.sparkFlags(endpoint.get(), "us-east-1"));
        flags.add("-Dspark.app.name=athena");
        flags.add("-Dspark.sql.session.timeZone=UTC");
        JvmPlan plan = new JvmPlan(
                classPath,
                flags,
                MAIN,
                List.of(),
                Surroundings.environment(endpoint.get(), "us-east-1", Surroundings.accountKeys()));
        Path folder = Files.createDirectories(work.resolve("engine"));
        return ChildJvm.start(plan, folder, this::answer, new EngineLog(folder.resolve("spark.log")));
    }

    private void answer(String line) {
        JsonNode told = Json.parse(line.getBytes(StandardCharsets.UTF_8));
        Optional.ofNullable(running.get(told.path("id").asText())).ifPresent(answer -> answer.complete(told));
    }

    private static JsonNode lost(String why) {
        return Json.object().put("state", "FAILED").put("error", why);
    }

    /** Keeps what Spark says of itself, for whoever looks for a fault. */
    private record EngineLog(Path file) implements Consumer<String> {
        @Override
        public void accept(String line) {
            try {
                Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException full) {
                throw new UncheckedIOException(full);
            }
        }
    }
}
