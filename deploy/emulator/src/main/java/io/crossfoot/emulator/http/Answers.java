package io.crossfoot.emulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Writes results and errors as AWS does. */
final class Answers {
    private static final String JSON_1_1 = "application/x-amz-json-1.1";

    private Answers() {}

    static void result(JsonNode result, Response response, Callback callback) {
        write(200, result, response, callback);
    }

    static void error(AwsError error, Response response, Callback callback) {
        response.getHeaders().put("x-amzn-ErrorType", error.code());
        JsonNode body = Json.object().put("__type", error.code()).put("message", error.getMessage());
        write(error.status(), body, response, callback);
    }

    /** Answers without having read the request; the connection ends with it, and the caller is told so. */
    static void lastError(AwsError error, Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        error(error, response, callback);
    }

    private static void write(int status, JsonNode body, Response response, Callback callback) {
        byte[] bytes = Json.bytes(body);
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, JSON_1_1);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
        response.getHeaders().put("x-amzn-RequestId", UUID.randomUUID().toString());
        response.write(true, ByteBuffer.wrap(bytes), callback);
    }
}
