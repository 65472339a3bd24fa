package io.crossfoot.emulator.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.Installation;
import io.crossfoot.emulator.child.Surroundings;
import io.crossfoot.emulator.functions.RuntimeApi.Outcome;
import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.http.Json;
import io.crossfoot.emulator.logs.Logs;
import io.crossfoot.emulator.moto.Moto;
import io.crossfoot.emulator.moto.Objects;
import io.crossfoot.emulator.moto.Roles;
import io.crossfoot.emulator.moto.S3Path;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Lambda functions written in Java: moto keeps their configuration; their code is kept, and run, here. */
final class Functions {
    private record Name(String region, String function) {}

    private static final int DEFAULT_TIMEOUT_SECONDS = 3;

    private final Map<Name, Path> code = new ConcurrentHashMap<>();
    private final Map<Name, FunctionProcess> processes = new HashMap<>();
    private final Installation installation;
    private final Supplier<URI> endpoint;
    private final Path work;
    private final Moto moto;
    private final Logs logs;

    Functions(Installation installation, Supplier<URI> endpoint, Path work, Moto moto, Logs logs) {
        this.installation = installation;
        this.endpoint = endpoint;
        this.work = work;
        this.moto = moto;
        this.logs = logs;
    }

    /** Unpacks the code that CreateFunction or UpdateFunctionCode brings, and returns its folder. */
    Path unpack(JsonNode uploaded) {
        try {
            Path folder = Files.createDirectories(
                    work.resolve("functions").resolve(UUID.randomUUID().toString()));
            FunctionCode.unpack(bytes(uploaded, folder), folder);
            return folder;
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    /** Takes a folder for the code of a function; a running process of the old code ends. */
    synchronized void keep(String region, String function, Path folder) {
        Name name = new Name(region, function);
        code.put(name, folder);
        Optional.ofNullable(processes.remove(name)).ifPresent(FunctionProcess::close);
    }

    private byte[] bytes(JsonNode uploaded, Path folder) throws IOException {
        if (uploaded.hasNonNull("ZipFile")) {
            return Base64.getDecoder().decode(uploaded.path("ZipFile").asText());
        }
        Path zip = folder.resolveSibling(folder.getFileName() + ".zip");
        new Objects(moto)
                .fetch(
                        new S3Path(
                                uploaded.path("S3Bucket").asText(),
                                uploaded.path("S3Key").asText()),
                        zip);
        return Files.readAllBytes(zip);
    }

    /**
     * Invokes a function.
     *
     * @throws AwsError when there is none
     */
    Outcome invoke(String region, String function, byte[] event) throws InterruptedException {
        ObjectNode configuration = configuration(region, function);
        Duration timeout = Duration.ofSeconds(configuration.path("Timeout").asInt(DEFAULT_TIMEOUT_SECONDS));
        return process(new Name(region, function), configuration).invoke(event, timeout);
    }

    private ObjectNode configuration(String region, String function) {
        return moto.rest("lambda", region, "/2015-03-31/functions/" + function + "/configuration");
    }

    private synchronized FunctionProcess process(Name name, ObjectNode configuration) {
        FunctionProcess old = processes.get(name);
        if (old != null && old.isAlive()) {
            return old;
        }
        Path taskRoot = Optional.ofNullable(code.get(name))
                .orElseThrow(
                        () -> AwsError.of(404, "ResourceNotFoundException", "Function not found: " + name.function()));
        try {
            FunctionProcess started = FunctionProcess.start(
                    installation.lambdaRuntime(),
                    taskRoot,
                    configuration.path("FunctionArn").asText(),
                    configuration.path("Handler").asText(),
                    environment(name, configuration),
                    logs.open(
                            name.region(),
                            "/aws/lambda/" + name.function(),
                            UUID.randomUUID().toString()));
            processes.put(name, started);
            return started;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Map<String, String> environment(Name name, ObjectNode configuration) {
        Map<String, String> keys =
                new Roles(moto).assume(name.region(), configuration.path("Role").asText(), name.function());
        Map<String, String> environment = new HashMap<>(Surroundings.environment(endpoint.get(), name.region(), keys));
        environment.put("AWS_LAMBDA_FUNCTION_NAME", name.function());
        environment.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
        environment.put(
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                configuration.path("MemorySize").asText("128"));
        configuration
                .path("Environment")
                .path("Variables")
                .fields()
                .forEachRemaining(variable ->
                        environment.put(variable.getKey(), variable.getValue().asText()));
        return environment;
    }

    /** Returns the ARN of a function. */
    String arn(String region, String function) {
        return configuration(region, function).path("FunctionArn").asText();
    }

    /** Returns how long a function may work on an event. */
    int timeoutSeconds(String region, String function) {
        return configuration(region, function).path("Timeout").asInt(DEFAULT_TIMEOUT_SECONDS);
    }

    /** Returns the answer to an invocation that failed in the emulator itself. */
    static ObjectNode message(AwsError error) {
        return Json.object().put("Type", "User").put("Message", error.getMessage());
    }
}
