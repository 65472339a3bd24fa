package io.crossfoot.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.emulator.http.Caller.Answer;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DispatcherTest {
    private Endpoint endpoint;
    private Caller caller;

    @BeforeEach
    void open() throws Exception {
        Operations operations = new Operations()
                .real(
                        "AWSGlue.Echo",
                        call -> Json.object().put("region", call.region()).set("input", call.input()))
                .real("AWSGlue.Need", call -> Json.object().put("name", call.required("Name")))
                .real("AWSGlue.Refuse", call -> {
                    throw AwsError.entityNotFound("Entity Not Found");
                })
                .real("AWSGlue.Break", call -> {
                    throw new IllegalStateException("a bug");
                })
                .real("AWSGlue.Forbid", call -> Json.object())
                .passedOn("AWSGlue", "GetDatabase");
        endpoint = Endpoint.open(0, new Dispatcher(operations, this::permit, new Passed()));
        caller = new Caller(endpoint.address());
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    @Test
    void performsWhatItKnowsInTheRegionOfTheSignature() throws Exception {
        Answer answer = caller.call("AWSGlue.Echo", "{\"Name\": \"é\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().toString()).isEqualTo("{\"region\":\"eu-west-1\",\"input\":{\"Name\":\"é\"}}");
        assertThat(answer.response().headers().firstValue("Content-Type")).contains("application/x-amz-json-1.1");
        assertThat(answer.response().headers().firstValue("x-amzn-RequestId")).isPresent();
    }

    private void permit(UnaryOperator<String> headers, byte[] body) {
        if (headers.apply("X-Amz-Target").equals("AWSGlue.Forbid")) {
            throw AwsError.of(403, "AccessDenied", "You may not: " + new String(body, StandardCharsets.UTF_8));
        }
    }

    @Test
    void performsNothingForWhoMayNot() throws Exception {
        Answer answer = caller.call("AWSGlue.Forbid", "{}");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body().toString()).isEqualTo("{\"__type\":\"AccessDenied\",\"message\":\"You may not: {}\"}");
    }

    @Test
    void passesOnWhatMotoPerforms() throws Exception {
        assertThat(caller.call("AWSGlue.GetDatabase", "{}")
                        .body()
                        .path("passed")
                        .asBoolean())
                .isTrue();
        assertThat(caller.call("AmazonSQS.SendMessage", "{}")
                        .body()
                        .path("passed")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void refusesWhatNobodyPerforms() throws Exception {
        Answer answer = caller.call("AWSGlue.StartDreaming", "{}");

        assertThat(answer.status()).isEqualTo(501);
        assertThat(answer.code()).isEqualTo("NotImplementedException");
        assertThat(answer.message())
                .isEqualTo(
                        "The emulator does not know StartDreaming of AWSGlue; see the table in deploy/emulator/README.md");
    }

    @Test
    void answersErrorsAsAwsDoes() throws Exception {
        Answer answer = caller.call("AWSGlue.Refuse", "{}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().toString())
                .isEqualTo("{\"__type\":\"EntityNotFoundException\",\"message\":\"Entity Not Found\"}");
        assertThat(answer.response().headers().firstValue("x-amzn-ErrorType")).contains("EntityNotFoundException");
    }

    @Test
    void refusesMalformedRequests() throws Exception {
        assertThat(caller.call("AWSGlue.Echo", "{\"Name\": ").code()).isEqualTo("SerializationException");
        assertThat(caller.call("AWSGlue.Echo", "[1]").code()).isEqualTo("SerializationException");
        assertThat(caller.call("AWSGlue.Echo", "{} {}").code()).isEqualTo("SerializationException");
        assertThat(caller.call("AWSGlue.Need", "{\"Name\": 7}").code()).isEqualTo("SerializationException");
        assertThat(caller.call("AWSGlue.Need", "{}").code()).isEqualTo("InvalidInputException");
        assertThat(caller.call("AWSGlue", "{}").code()).isEqualTo("UnknownOperationException");
        assertThat(caller.call("AWSGlue.", "{}").code()).isEqualTo("UnknownOperationException");
        assertThat(caller.call("AWSGlue.Ec ho", "{}").code()).isEqualTo("UnknownOperationException");
    }

    @Test
    void refusesInputThatNoOperationTakes() throws Exception {
        Answer answer = caller.call("AWSGlue.Echo", "{\"Name\": \"" + "x".repeat(9 << 20) + "\"}");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("RequestEntityTooLargeException");
    }

    @Test
    void isHeardByACallerWhoSendsAllBeforeListening() throws Exception {
        URI address = endpoint.address();
        int length = 64 << 20;
        try (Socket socket = new Socket(address.getHost(), address.getPort());
                OutputStream out = socket.getOutputStream();
                InputStream in = socket.getInputStream()) {
            out.write(("POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Amz-Target: AWSGlue.Echo\r\n"
                            + "Content-Length: " + length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(new byte[length]);
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void livesOnAfterABug() throws Exception {
        Answer answer = caller.call("AWSGlue.Break", "{}");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.code()).isEqualTo("InternalServiceException");
        assertThat(caller.call("AWSGlue.Echo", "{}").status()).isEqualTo(200);
    }

    @Test
    void answersAThousandAtOnce() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(100);
        Callable<Integer> one = () -> caller.call("AWSGlue.Echo", "{}").status();

        List<Future<Integer>> answers =
                clients.invokeAll(IntStream.range(0, 1_000).mapToObj(i -> one).toList());

        for (Future<Integer> answer : answers) {
            assertThat(answer.get()).isEqualTo(200);
        }
        clients.shutdown();
    }

    @Test
    void answersUnderItsOwnNamesOnly() throws Exception {
        assertThat(statusFor("localhost")).contains(" 200 ");
        assertThat(statusFor("bucket.localhost")).contains(" 200 ");
        assertThat(statusFor("127.0.0.1")).contains(" 200 ");
        assertThat(statusFor("evil.example")).contains(" 403 ");
        assertThat(statusFor("127.0.0.1.evil.example")).contains(" 403 ");
        assertThat(statusFor("localhost.evil.example")).contains(" 403 ");
    }

    private String statusFor(String host) throws Exception {
        URI address = endpoint.address();
        try (Socket socket = new Socket(address.getHost(), address.getPort());
                OutputStream out = socket.getOutputStream();
                InputStream in = socket.getInputStream()) {
            out.write("GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                    .formatted(host)
                    .getBytes(StandardCharsets.US_ASCII));
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }

    private static final class Passed extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            Answers.result(Json.object().put("passed", true), response, callback);
            return true;
        }
    }
}
