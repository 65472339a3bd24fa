package io.crossfoot.emulator.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.functions.RuntimeApi.Outcome;
import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.http.Json;
import io.crossfoot.emulator.http.Signature;
import io.crossfoot.emulator.moto.Moto;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Lambda's operations that need the code of functions to run; hands all other requests to the next. */
final class FunctionRoutes extends Handler.Wrapper {
    private static final String API = "/2015-03-31";
    private static final Pattern CODE = Pattern.compile(API + "/functions(?:/([^/]+)/code)?");
    private static final Pattern INVOCATION = Pattern.compile(API + "/functions/([^/]+)/invocations");
    private static final Pattern SOURCES = Pattern.compile(API + "/event-source-mappings/?([\\w-]*)");

    private static final int LARGEST_BODY = 70_167_211;

    private final Moto moto;
    private final Functions functions;
    private final EventSources sources;

    FunctionRoutes(Moto moto, Functions functions, EventSources sources, Handler next) {
        super(next);
        this.moto = moto;
        this.functions = functions;
        this.sources = sources;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = request.getHttpURI().getPath();
        String method = request.getMethod();
        Matcher code = CODE.matcher(path);
        Matcher invocation = INVOCATION.matcher(path);
        Matcher source = SOURCES.matcher(path);
        try {
            if (code.matches() && (method.equals("POST") || code.group(1) != null && method.equals("PUT"))) {
                upload(request, Optional.ofNullable(code.group(1)), response, callback);
            } else if (invocation.matches() && method.equals("POST")) {
                invoke(request, name(invocation.group(1)), response, callback);
            } else if (source.matches()) {
                String region = Signature.region(request);
                JsonNode answer = sources.answer(method, region, source.group(1), Json.parse(body(request)));
                write(method.equals("GET") ? 200 : 202, Json.bytes(answer), response, callback);
            } else {
                return super.handle(request, response, callback);
            }
        } catch (AwsError refused) {
            response.getHeaders().put("x-amzn-ErrorType", refused.code());
            write(refused.status(), Json.bytes(Functions.message(refused)), response, callback);
        }
        return true;
    }

    private void upload(Request request, Optional<String> function, Response response, Callback callback)
            throws IOException {
        byte[] body = body(request);
        ObjectNode input = Json.parse(body);
        // before moto makes a function that would have none
        Path code = functions.unpack(function.isPresent() ? input : input.path("Code"));
        Moto.Answer answer =
                moto.forward("lambda", Signature.region(request), request.getMethod(), path(request), body);
        if (answer.status() / 100 == 2) {
            String name = function.map(FunctionRoutes::name)
                    .orElse(input.path("FunctionName").asText());
            functions.keep(Signature.region(request), name, code);
        }
        write(answer.status(), answer.body(), response, callback);
    }

    private void invoke(Request request, String function, Response response, Callback callback)
            throws IOException, InterruptedException {
        byte[] event = body(request);
        String region = Signature.region(request);
        if ("Event".equals(request.getHeaders().get("X-Amz-Invocation-Type"))) {
            throw AwsError.notImplemented("The emulator invokes functions with an answer only, not by Event");
        }
        Outcome outcome = functions.invoke(region, function, event.length == 0 ? Json.bytes(Json.object()) : event);
        outcome.error().ifPresent(error -> response.getHeaders().put("X-Amz-Function-Error", error));
        response.getHeaders().put("X-Amz-Executed-Version", "$LATEST");
        write(200, outcome.payload(), response, callback);
    }

    private static String path(Request request) {
        return request.getHttpURI().getPathQuery();
    }

    /** A function may be named by its ARN. */
    static String name(String nameOrArn) {
        String decoded = nameOrArn.replace("%3A", ":").replace("%3a", ":");
        return decoded.startsWith("arn:") ? decoded.split(":")[6] : decoded;
    }

    private static byte[] body(Request request) throws IOException {
        try (InputStream body = Content.Source.asInputStream(request)) {
            byte[] bytes = body.readNBytes(LARGEST_BODY + 1);
            if (bytes.length > LARGEST_BODY) {
                throw AwsError.of(
                        413,
                        "RequestTooLargeException",
                        "Request must be smaller than %d bytes".formatted(LARGEST_BODY));
            }
            return bytes;
        }
    }

    private static void write(int status, byte[] body, Response response, Callback callback) {
        response.setStatus(status);
        response.getHeaders().put("Content-Type", "application/json");
        response.getHeaders().put("Content-Length", body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
