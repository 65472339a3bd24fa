package io.crossfoot.emulator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Calls an endpoint as an AWS client does. */
record Caller(URI endpoint) {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    record Answer(int status, ObjectNode body, HttpResponse<byte[]> response) {
        String code() {
            return body.path("__type").asText();
        }

        String message() {
            return body.path("message").asText();
        }
    }

    Answer call(String target, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(endpoint)
                .header("X-Amz-Target", target)
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AK/20260101/eu-west-1/glue/aws4_request, Signature=0")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    static Answer send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = CLIENT.send(request, BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), Json.parse(response.body()), response);
    }

    static <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        return CLIENT.send(request, body);
    }
}
