package io.crossfoot.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked of S3, by a server that writes it down. */
@Tag("s3")
class S3ConditionalPutTest {
    private static final String ENCRYPTION = "x-amz-server-side-encryption";

    private final BlockingQueue<Map<String, String>> asked = new LinkedBlockingQueue<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
        exchange.getRequestBody().readAllBytes();
        asked.add(headers);
        // as of an object in parts, whose hash is not compared
        exchange.getResponseHeaders().add("ETag", "\"0-1\"");
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    /** Buckets may refuse what does not ask to be encrypted as they want it. */
    @ParameterizedTest
    @CsvSource({
        "'',      '',             ,        ",
        "AES256,  '',             AES256,  ",
        "SSE-KMS, '',             aws:kms, ",
        "SSE-KMS, arn:aws:kms:k1, aws:kms, arn:aws:kms:k1"
    })
    void asksForTheEncryptionThatS3aAsksFor(String algorithm, String key, String asks, String withKey)
            throws Exception {
        Configuration hadoop = new Configuration();
        hadoop.set("fs.s3a.endpoint", "http://127.0.0.1:" + server.getAddress().getPort());
        hadoop.set("fs.s3a.path.style.access", "true");
        hadoop.set("fs.s3a.access.key", "key");
        hadoop.set("fs.s3a.secret.key", "secret");
        hadoop.set("fs.s3a.bucket.probe", "0");
        hadoop.set("fs.s3a.bucket.raw.encryption.algorithm", algorithm);
        hadoop.set("fs.s3a.bucket.raw.encryption.key", key);

        try (FileSystem files = FileSystem.newInstance(URI.create("s3a://raw/"), hadoop)) {
            S3ConditionalPut put = S3ConditionalPut.of(files).orElseThrow();
            assertThat(put.create(new Path("s3a://raw/lock"), "held")).isTrue();
        }

        Map<String, String> headers = asked.take();
        assertThat(headers).containsEntry("If-None-Match", "*");
        assertThat(headers.get(ENCRYPTION)).isEqualTo(asks);
        assertThat(headers.get(ENCRYPTION + "-aws-kms-key-id")).isEqualTo(withKey);
    }
}
