package io.crossfoot.emulator.moto;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.http.Call;
import io.crossfoot.emulator.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Calls of the emulator's own to moto. */
public final class Moto {
    private static final Map<String, String> SIGNING_NAMES = Map.of(
            "AWSGlue", "glue",
            "AmazonAthena", "athena",
            "Logs_20140328", "logs",
            "AmazonSQS", "sqs",
            "AWSEvents", "events");

    /** What tells who calls, and what for. */
    private static final List<String> CALLER = List.of(
            "Authorization",
            "X-Amz-Security-Token",
            "X-Amz-Date",
            "X-Amz-Target",
            "Content-Type",
            "X-Crossfoot-Emulator");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI address;
    private final String secret;

    /**
     * @param secret what the launcher knows the emulator's own calls by
     */
    public Moto(URI address, String secret) {
        this.address = address;
        this.secret = secret;
    }

    /**
     * Performs a call of the JSON protocol and returns its result.
     *
     * @throws AwsError as moto answers it
     */
    public ObjectNode call(Call call) {
        String service =
                SIGNING_NAMES.get(call.target().substring(0, call.target().indexOf('.')));
        HttpRequest request = request("/", service, call.region())
                .header("X-Amz-Target", call.target())
                .header("Content-Type", "application/x-amz-json-" + (service.equals("sqs") ? "1.0" : "1.1"))
                .POST(BodyPublishers.ofByteArray(Json.bytes(call.input())))
                .build();
        HttpResponse<byte[]> response = send(request);
        if (response.statusCode() != 200) {
            throw error(response, call.target());
        }
        return Json.parse(response.body());
    }

    /** Performs a call of the JSON protocol. */
    public ObjectNode call(String region, String target, ObjectNode input) {
        return call(new Call(region, target, input));
    }

    /**
     * Performs a call of the query protocol, which IAM and STS speak, and returns its XML.
     *
     * @throws AwsError as moto answers it
     */
    String query(String service, String region, Map<String, String> parameters) {
        String form = parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = request("/", service, region)
                .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .POST(BodyPublishers.ofString(form))
                .build();
        HttpResponse<byte[]> response = send(request);
        String xml = new String(response.body(), StandardCharsets.UTF_8);
        if (response.statusCode() != 200) {
            throw AwsError.of(
                    response.statusCode(),
                    Xml.text(xml, "Code").orElse("InternalFailure"),
                    Xml.text(xml, "Message").orElse(xml));
        }
        return xml;
    }

    /**
     * Asks whether a request may be performed here by who sends it. Before moto heeds policies, it may; what nobody has signed
     * may, too.
     *
     * @param headers the value of each of its headers by the name; null for one that it has not
     * @throws AwsError as moto refuses it
     */
    public void requirePermission(UnaryOperator<String> headers, byte[] body) {
        if (headers.apply("Authorization") == null) {
            return;
        }
        HttpRequest.Builder question = HttpRequest.newBuilder(address.resolve("/"))
                .header("X-Crossfoot-Permission", "asked for")
                .POST(BodyPublishers.ofByteArray(body));
        for (String name : CALLER) {
            Optional.ofNullable(headers.apply(name)).ifPresent(value -> question.header(name, value));
        }
        HttpResponse<byte[]> response = send(question.build());
        if (response.statusCode() != 200) {
            String xml = new String(response.body(), StandardCharsets.UTF_8); // whatever the protocol of the question
            throw AwsError.of("AccessDeniedException", Xml.text(xml, "Message").orElse(xml));
        }
    }

    /** An answer as it came. */
    public record Answer(int status, byte[] body) {}

    /** Forwards a request of a REST protocol. */
    public Answer forward(String service, String region, String method, String path, byte[] body) {
        HttpResponse<byte[]> response = send(request(path, service, region)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofByteArray(body))
                .build());
        return new Answer(response.statusCode(), response.body());
    }

    /**
     * Gets something by a REST protocol.
     *
     * @throws AwsError as moto answers it
     */
    public ObjectNode rest(String service, String region, String path) {
        HttpResponse<byte[]> response =
                send(request(path, service, region).GET().build());
        if (response.statusCode() != 200) {
            throw error(response, path);
        }
        return Json.parse(response.body());
    }

    /** Returns the address of a queue. */
    public String queueUrl(String account, String queue) {
        return address.resolve("/" + account + "/" + queue).toString();
    }

    HttpRequest.Builder request(String path, String service, String region) {
        String signature =
                "AWS4-HMAC-SHA256 Credential=emulator/20260101/%s/%s/aws4_request, SignedHeaders=host, Signature=0"
                        .formatted(region, service);
        return HttpRequest.newBuilder(address.resolve(path))
                .header("Authorization", signature)
                .header("X-Crossfoot-Emulator", secret);
    }

    HttpResponse<byte[]> send(HttpRequest request) {
        return send(request, BodyHandlers.ofByteArray());
    }

    <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) {
        try {
            return client.send(request, body);
        } catch (IOException failed) {
            throw new UncheckedIOException("moto does not answer", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw AwsError.of(500, "InternalFailure", "The emulator is stopping");
        }
    }

    private static AwsError error(HttpResponse<byte[]> response, String target) {
        try {
            ObjectNode body = Json.parse(response.body());
            String code = body.path("__type").asText("InternalFailure");
            String message = body.path("message").asText(body.path("Message").asText(""));
            return AwsError.of(response.statusCode(), code.substring(code.lastIndexOf('#') + 1), message);
        } catch (AwsError notJson) {
            return AwsError.of(
                    500, "InternalFailure", "moto answered %d to %s".formatted(response.statusCode(), target));
        }
    }
}
