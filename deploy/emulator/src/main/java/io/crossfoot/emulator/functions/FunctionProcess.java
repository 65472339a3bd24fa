package io.crossfoot.emulator.functions;

import io.crossfoot.emulator.child.ChildJvm;
import io.crossfoot.emulator.child.JvmPlan;
import io.crossfoot.emulator.functions.RuntimeApi.Outcome;
import io.crossfoot.emulator.http.Endpoint;
import io.crossfoot.emulator.logs.LogStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A function at work: its class in a JVM of its own, with AWS's runtime client around it. One event at a time. */
final class FunctionProcess implements AutoCloseable {
    private static final String RUNTIME = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
    private static final Duration INITIALISATION = Duration.ofSeconds(30);

    private final RuntimeApi api;
    private final Endpoint endpoint;
    private final ChildJvm child;

    private FunctionProcess(RuntimeApi api, Endpoint endpoint, ChildJvm child) {
        this.api = api;
        this.endpoint = endpoint;
        this.child = child;
    }

    /**
     * Starts it.
     *
     * @param runtime AWS's runtime client
     * @param taskRoot the unpacked code
     */
    static FunctionProcess start(
            List<Path> runtime,
            Path taskRoot,
            String arn,
            String handler,
            Map<String, String> environment,
            LogStream log)
            throws IOException {
        RuntimeApi api = new RuntimeApi(arn);
        Endpoint endpoint = Endpoint.open(0, api);
        Map<String, String> all = new HashMap<>(environment);
        all.put("AWS_LAMBDA_RUNTIME_API", endpoint.address().getAuthority());
        all.put("_HANDLER", handler);
        all.put("LAMBDA_TASK_ROOT", taskRoot.toString());
        JvmPlan plan = new JvmPlan(
                runtime, List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"), RUNTIME, List.of(handler), all);
        try {
            ChildJvm child = ChildJvm.start(plan, taskRoot, log::write, log::write);
            child.exit().thenAcceptAsync(code -> {
                api.fail(Outcome.unhandled("Runtime.ExitError", "Runtime exited with exit status " + code));
                log.close();
            });
            return new FunctionProcess(api, endpoint, child);
        } catch (IOException | RuntimeException failed) {
            endpoint.close();
            throw failed;
        }
    }

    /** Whether it can take an event. */
    boolean isAlive() {
        return !child.exit().isDone();
    }

    /** Hands it an event, and returns what it made of it; one that takes too long is killed. */
    synchronized Outcome invoke(byte[] event, Duration timeout) throws InterruptedException {
        long deadline = System.currentTimeMillis() + timeout.toMillis();
        try {
            // the first event waits for the process to begin
            return api.invoke(event, deadline).get(timeout.plus(INITIALISATION).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            close();
            return Outcome.unhandled(
                    "Sandbox.Timedout", "Task timed out after %d.00 seconds".formatted(timeout.toSeconds()));
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        child.close();
        endpoint.close();
    }
}
