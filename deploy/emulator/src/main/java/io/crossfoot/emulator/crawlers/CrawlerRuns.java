package io.crossfoot.emulator.crawlers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.crawlers.CrawlLauncher.CrawlProcess;
import io.crossfoot.emulator.http.AwsError;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What one crawler does and did. Safe for many threads. */
final class CrawlerRuns {
    /** The states of a crawler. */
    enum State {
        READY,
        RUNNING,
        STOPPING
    }

    private final String name;
    private final InstantSource clock;
    private final List<Crawl> ended = new ArrayList<>();
    private State state = State.READY;
    private Optional<Crawl> current = Optional.empty();
    private Optional<CrawlProcess> process = Optional.empty();

    CrawlerRuns(String name, InstantSource clock) {
        this.name = name;
        this.clock = clock;
    }

    /**
     * Starts a crawl.
     *
     * @param end takes the crawl when it has ended
     * @throws AwsError when one is under way
     */
    synchronized Crawl start(
            String region, ObjectNode crawler, CrawlLauncher launcher, Executor executor, Consumer<Crawl> end) {
        if (state != State.READY) {
            throw AwsError.of("CrawlerRunningException", "Crawler with name %s has already started".formatted(name));
        }
        state = State.RUNNING;
        Crawl crawl = Crawl.begin(UUID.randomUUID().toString(), name, clock.instant());
        current = Optional.of(crawl);
        executor.execute(() -> carry(region, crawler, launcher, end));
        return crawl;
    }

    private void carry(String region, ObjectNode crawler, CrawlLauncher launcher, Consumer<Crawl> end) {
        Optional<String> error;
        try {
            CrawlProcess begun = launcher.launch(region, crawler);
            began(begun);
            error = begun.end().join();
        } catch (AwsError refused) {
            error = Optional.of(refused.getMessage());
        } catch (RuntimeException bug) {
            bug.printStackTrace();
            error = Optional.of("Internal Service Exception: " + bug);
        }
        end.accept(finish(error));
    }

    private synchronized void began(CrawlProcess begun) {
        process = Optional.of(begun);
        if (state == State.STOPPING) {
            begun.kill();
        }
    }

    private synchronized Crawl finish(Optional<String> error) {
        Crawl.Status status = Crawl.Status.CANCELLED;
        if (state == State.RUNNING) {
            status = error.isPresent() ? Crawl.Status.FAILED : Crawl.Status.SUCCEEDED;
        }
        Crawl last = current.orElseThrow()
                .ended(status, status == Crawl.Status.FAILED ? error : Optional.empty(), clock.instant());
        ended.add(0, last);
        current = Optional.empty();
        process = Optional.empty();
        state = State.READY;
        return last;
    }

    /**
     * Begins to stop the crawl that is under way.
     *
     * @throws AwsError when there is none, or it is stopping already
     */
    synchronized void stop() {
        switch (state) {
            case READY ->
                throw AwsError.of("CrawlerNotRunningException", "Crawler with name %s isn't running".formatted(name));
            case STOPPING ->
                throw AwsError.of(
                        "CrawlerStoppingException", "Crawler with name %s is already stopping".formatted(name));
            case RUNNING -> {
                state = State.STOPPING;
                process.ifPresent(CrawlProcess::kill);
            }
        }
    }

    /** Refuses while a crawl is under way. */
    synchronized void requireReady() {
        if (state != State.READY) {
            throw AwsError.of("CrawlerRunningException", "Crawler with name %s is currently running".formatted(name));
        }
    }

    /** Puts the true state into moto's description. */
    synchronized void describe(ObjectNode crawler) {
        crawler.put("State", state.name());
        crawler.put(
                "CrawlElapsedTime",
                current.map(crawl -> crawl.elapsed(clock.instant()).toMillis()).orElse(0L));
        crawler.remove("LastCrawl");
        if (!ended.isEmpty()) {
            crawler.set("LastCrawl", ended.get(0).lastCrawl());
        }
    }

    /** Returns all crawls, the newest first. */
    synchronized List<Crawl> history() {
        List<Crawl> all = new ArrayList<>(ended);
        current.ifPresent(crawl -> all.add(0, crawl));
        return all;
    }
}
