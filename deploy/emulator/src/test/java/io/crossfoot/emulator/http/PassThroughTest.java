package io.crossfoot.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PassThroughTest {
    private final Upstream upstream = new Upstream();
    private Endpoint behind;
    private Endpoint endpoint;

    @BeforeEach
    void open() throws Exception {
        behind = Endpoint.open(0, upstream);
        endpoint =
                Endpoint.open(0, behind.address(), new Operations(), (headers, body) -> {}, UnaryOperator.identity());
    }

    @AfterEach
    void close() {
        endpoint.close();
        behind.close();
    }

    @Test
    void namesAPortThatIsTaken() {
        int port = behind.address().getPort();

        assertThatThrownBy(() -> Endpoint.open(port, new Upstream()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Cannot listen on port " + port);
    }

    @Test
    void passesTheLineAndTheHeadersAsTheyAre() throws Exception {
        String seen = raw(
                "GET /b/a%20b//c%2Fd/../%C3%A9?list-type=2&prefix=x%2B&empty HTTP/1.1\r\nHost: bucket.localhost:1\r\n"
                        + "Authorization: AWS4-HMAC-SHA256 Credential=x\r\nX-Amz-Meta-X: ü\r\nConnection: close\r\n\r\n");

        assertThat(seen)
                .contains("GET /b/a%20b//c%2Fd/../%C3%A9?list-type=2&prefix=x%2B&empty\n")
                .contains("Host: bucket.localhost:1\n")
                .contains("Authorization: AWS4-HMAC-SHA256 Credential=x\n")
                .doesNotContain("Via:")
                .doesNotContain("Forwarded:")
                .doesNotContain("User-Agent:");
    }

    @Test
    void handsALargeBodyOnWhileItComes() throws Exception {
        CountDownLatch begun = upstream.begun;
        byte[] part = new byte[1 << 20];
        InputStream first = new ByteArrayInputStream(part);
        InputStream rest = new Gate(begun, 99L << 20);

        HttpResponse<String> response = Caller.send(
                HttpRequest.newBuilder(endpoint.address().resolve("/count"))
                        .PUT(BodyPublishers.ofInputStream(() -> new SequenceInputStream(first, rest)))
                        .build(),
                BodyHandlers.ofString());

        // the second part was not sent before the first had arrived
        assertThat(response.body()).isEqualTo(Long.toString(100L << 20));
    }

    @Test
    void handsALargeAnswerBackWhole() throws Exception {
        HttpResponse<InputStream> response = Caller.send(
                HttpRequest.newBuilder(endpoint.address().resolve("/large")).build(), BodyHandlers.ofInputStream());

        try (InputStream body = response.body()) {
            assertThat(body.skip(Long.MAX_VALUE) + body.readAllBytes().length).isEqualTo(64L << 20);
        }
    }

    @Test
    void letsASenderThatWaitsForLeaveContinue() throws Exception {
        HttpResponse<String> response = Caller.send(
                HttpRequest.newBuilder(endpoint.address().resolve("/count"))
                        .expectContinue(true)
                        .PUT(BodyPublishers.ofByteArray(new byte[100_000]))
                        .build(),
                BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("100000");
    }

    @Test
    void passesManyAtOnce() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(100);
        HttpRequest request = HttpRequest.newBuilder(endpoint.address().resolve("/count"))
                .PUT(BodyPublishers.ofByteArray(new byte[1_000]))
                .build();
        Callable<String> one =
                () -> Caller.send(request, BodyHandlers.ofString()).body();

        List<Future<String>> answers =
                clients.invokeAll(IntStream.range(0, 1_000).mapToObj(i -> one).toList());

        for (Future<String> answer : answers) {
            assertThat(answer.get()).isEqualTo("1000");
        }
        clients.shutdown();
    }

    @Test
    void saysWhenNobodyIsBehindIt() throws Exception {
        behind.close();

        HttpResponse<String> response =
                Caller.send(HttpRequest.newBuilder(endpoint.address()).build(), BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(502);
    }

    private String raw(String request) throws IOException {
        URI address = endpoint.address();
        try (Socket socket = new Socket(address.getHost(), address.getPort());
                OutputStream out = socket.getOutputStream();
                InputStream in = socket.getInputStream()) {
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Zeros, that come only once something has happened. */
    private static final class Gate extends InputStream {
        private final CountDownLatch opened;
        private long left;

        Gate(CountDownLatch opened, long left) {
            this.opened = opened;
            this.left = left;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            try {
                if (!opened.await(30, TimeUnit.SECONDS)) {
                    throw new IOException("the first part has not arrived");
                }
            } catch (InterruptedException interrupted) {
                throw new IOException(interrupted);
            }
            int count = (int) Math.min(length, left);
            left -= count;
            return count == 0 ? -1 : count;
        }
    }

    /** Plays moto: counts what comes, sends much, or says what it sees. */
    private static final class Upstream extends Handler.Abstract {
        private final CountDownLatch begun = new CountDownLatch(1);

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            switch (request.getHttpURI().getPath()) {
                case "/count" -> Content.Sink.write(response, true, Long.toString(count(request)), callback);
                case "/large" -> large(response, callback);
                default -> Content.Sink.write(response, true, described(request), callback);
            }
            return true;
        }

        private long count(Request request) throws IOException {
            try (InputStream body = Content.Source.asInputStream(request)) {
                byte[] buffer = new byte[1 << 16];
                long total = 0;
                for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                    total += read;
                    begun.countDown();
                }
                return total;
            }
        }

        private static void large(Response response, Callback callback) throws IOException {
            try (OutputStream out = Content.Sink.asOutputStream(response)) {
                for (int part = 0; part < 64; part++) {
                    out.write(new byte[1 << 20]);
                }
            }
            callback.succeeded();
        }

        private static String described(Request request) {
            StringBuilder text = new StringBuilder(
                    request.getMethod() + " " + request.getHttpURI().getPathQuery() + "\n");
            request.getHeaders()
                    .forEach(header -> text.append(header.getName())
                            .append(": ")
                            .append(header.getValue())
                            .append('\n'));
            return text.toString();
        }
    }
}
