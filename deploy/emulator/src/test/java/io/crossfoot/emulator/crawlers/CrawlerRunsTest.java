package io.crossfoot.emulator.crawlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.crawlers.CrawlLauncher.CrawlProcess;
import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.http.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class CrawlerRunsTest {
    private final CompletableFuture<Optional<String>> work = new CompletableFuture<>();
    private final List<Crawl> told = new ArrayList<>();
    private final CrawlerRuns crawler = new CrawlerRuns("raw", () -> Instant.EPOCH);
    private Thread thread;

    @Test
    void runsAndIsReadyAgain() throws Exception {
        start((region, definition) -> new Controlled(work));
        assertThat(described().path("State").asText()).isEqualTo("RUNNING");
        assertThat(described().has("LastCrawl")).isFalse();

        work.complete(Optional.empty());

        thread.join();
        assertThat(described().path("State").asText()).isEqualTo("READY");
        assertThat(described().at("/LastCrawl/Status").asText()).isEqualTo("SUCCEEDED");
        assertThat(told).extracting(Crawl::status).containsExactly(Crawl.Status.SUCCEEDED);
    }

    @Test
    void tellsWhyItFailed() throws Exception {
        start((region, definition) -> new Controlled(work));
        work.complete(Optional.of("Cannot crawl"));
        thread.join();

        assertThat(described().at("/LastCrawl/Status").asText()).isEqualTo("FAILED");
        assertThat(described().at("/LastCrawl/ErrorMessage").asText()).isEqualTo("Cannot crawl");
        assertThat(crawler.history())
                .extracting(crawl -> crawl.history().path("State").asText())
                .containsExactly("FAILED");
    }

    @Test
    void failsWhenItCannotStart() throws Exception {
        start((region, definition) -> {
            throw AwsError.entityNotFound("There is no role x");
        });
        thread.join();

        assertThat(described().at("/LastCrawl/ErrorMessage").asText()).isEqualTo("There is no role x");
    }

    @Test
    void stopsAndSaysSo() throws Exception {
        start((region, definition) -> new Controlled(work));
        Awaitility.await().until(() -> thread.getState() == Thread.State.WAITING);

        crawler.stop();

        thread.join();
        assertThat(described().path("State").asText()).isEqualTo("READY");
        assertThat(described().at("/LastCrawl/Status").asText()).isEqualTo("CANCELLED");
    }

    @Test
    void refusesWhatItsStateDoesNotAllow() {
        assertCode(crawler::stop, "CrawlerNotRunningException");

        start((region, definition) -> new Controlled(new CompletableFuture<>()));

        assertCode(() -> start((region, definition) -> new Controlled(work)), "CrawlerRunningException");
        assertCode(crawler::requireReady, "CrawlerRunningException");
    }

    private void start(CrawlLauncher launcher) {
        Consumer<Runnable> executor = task -> {
            thread = new Thread(task);
            thread.setDaemon(true);
            thread.start();
        };
        crawler.start("r", Json.object(), launcher, executor::accept, told::add);
    }

    private ObjectNode described() {
        ObjectNode description = Json.object();
        crawler.describe(description);
        return description;
    }

    private static void assertCode(Runnable refused, String code) {
        assertThatThrownBy(refused::run)
                .isInstanceOfSatisfying(
                        AwsError.class, error -> assertThat(error.code()).isEqualTo(code));
    }

    private record Controlled(CompletableFuture<Optional<String>> end) implements CrawlProcess {
        @Override
        public void kill() {
            end.complete(Optional.of("killed"));
        }
    }
}
