package io.crossfoot.emulator.functions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The Lambda Runtime API, which AWS's own runtime client in a function's process speaks. */
final class RuntimeApi extends Handler.Abstract {
    private static final Pattern PATH = Pattern.compile(
            "/2018-06-01/runtime/(?:invocation/(next)|invocation/([\\w-]+)/(response|error)|(init)/error)");

    /**
     * What became of an invocation.
     *
     * @param error how it failed, as the header X-Amz-Function-Error says it; nothing unless it did
     */
    record Outcome(byte[] payload, Optional<String> error) {
        static Outcome unhandled(String type, String message) {
            ObjectNode payload = Json.object().put("errorMessage", message).put("errorType", type);
            return new Outcome(Json.bytes(payload), Optional.of("Unhandled"));
        }
    }

    private record Invocation(String id, byte[] event, long deadline, CompletableFuture<Outcome> outcome) {}

    private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
    private final Map<String, Invocation> open = new ConcurrentHashMap<>();
    private final String functionArn;

    RuntimeApi(String functionArn) {
        this.functionArn = functionArn;
    }

    /** Hands an event to the function, when it asks for one. */
    CompletableFuture<Outcome> invoke(byte[] event, long deadline) {
        Invocation invocation =
                new Invocation(UUID.randomUUID().toString(), event, deadline, new CompletableFuture<>());
        open.put(invocation.id(), invocation);
        waiting.add(invocation);
        return invocation.outcome().whenComplete((outcome, failure) -> open.remove(invocation.id()));
    }

    /** Ends what is open: the process is gone. */
    void fail(Outcome outcome) {
        open.values().forEach(invocation -> invocation.outcome().complete(outcome));
        waiting.clear();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Matcher path = PATH.matcher(request.getHttpURI().getPath());
        if (!path.matches()) {
            return false;
        }
        if (path.group(1) != null) {
            next(response, callback);
        } else {
            finish(path, body(request));
            response.setStatus(202);
            callback.succeeded();
        }
        return true;
    }

    private void next(Response response, Callback callback) throws InterruptedException {
        Invocation invocation = waiting.take();
        response.getHeaders().put("Lambda-Runtime-Aws-Request-Id", invocation.id());
        response.getHeaders().put("Lambda-Runtime-Deadline-Ms", Long.toString(invocation.deadline()));
        response.getHeaders().put("Lambda-Runtime-Invoked-Function-Arn", functionArn);
        response.getHeaders().put("Content-Type", "application/json");
        response.getHeaders().put("Content-Length", invocation.event().length);
        response.write(true, ByteBuffer.wrap(invocation.event()), callback);
    }

    private void finish(Matcher path, byte[] body) {
        if (path.group(4) != null) {
            fail(new Outcome(body, Optional.of("Unhandled")));
            return;
        }
        Optional<String> error = path.group(3).equals("error") ? Optional.of("Unhandled") : Optional.empty();
        Optional.ofNullable(open.get(path.group(2)))
                .ifPresent(invocation -> invocation.outcome().complete(new Outcome(body, error)));
    }

    private static byte[] body(Request request) throws IOException {
        try (InputStream body = Content.Source.asInputStream(request)) {
            return body.readAllBytes();
        }
    }
}
