package io.crossfoot.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Glue, which says what it is told to say, and else that there is none such. While it is open, AWS's SDK finds it in this
 * process.
 */
public final class GlueAnswers implements AutoCloseable {
    /** The account whose catalog it is. */
    public static final String ACCOUNT = "123456789012";

    private final HttpServer server;
    private final Map<String, String> answers = new ConcurrentSkipListMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, String> before = new TreeMap<>();

    public GlueAnswers() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        set("aws.endpointUrlGlue", "http://127.0.0.1:" + server.getAddress().getPort());
        set("aws.region", "eu-west-1");
        set("aws.accessKeyId", "test");
        set("aws.secretAccessKey", "test");
    }

    private void set(String property, String value) {
        before.put(property, System.getProperty(property, ""));
        System.setProperty(property, value);
    }

    /**
     * Knows a table from now on.
     *
     * @param rest what else Glue says of it, as JSON
     */
    public GlueAnswers with(String database, String table, String location, String rest) {
        return with(
                "{\"DatabaseName\":\"%s\",\"Name\":\"%s\"}".formatted(database, table),
                "{\"Table\":{\"DatabaseName\":\"%s\",\"Name\":\"%s\",\"CatalogId\":\"%s\",\"StorageDescriptor\":{\"Location\":\"%s\"%s}}"
                        .formatted(database, table, ACCOUNT, location, rest.isEmpty() ? "}" : "}," + rest));
    }

    /** Answers a question from now on, both of them JSON. */
    public GlueAnswers with(String question, String answer) {
        answers.put(question, answer);
        return this;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String operation = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(operation.replaceFirst(".*\\.", "") + " " + body);
        byte[] answer = answers.getOrDefault(
                        body, "{\"__type\":\"EntityNotFoundException\",\"Message\":\"Entity Not Found\"}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(answers.containsKey(body) ? 200 : 400, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    /** Returns every question so far: the operation and its JSON. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** Answers no more. */
    public void stop() {
        server.stop(0);
    }

    @Override
    public void close() {
        stop();
        before.forEach((property, value) -> {
            if (value.isEmpty()) {
                System.clearProperty(property);
            } else {
                System.setProperty(property, value);
            }
        });
    }
}
