package io.crossfoot.emulator.crawlers;

import io.crossfoot.emulator.Installation;
import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.http.Operations;
import io.crossfoot.emulator.logs.Logs;
import io.crossfoot.emulator.moto.Moto;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Glue's crawlers. */
public final class Crawlers {
    /** Tells the end of a crawl: its status is SUCCEEDED, CANCELLED or FAILED. */
    @FunctionalInterface
    public interface EndListener {
        void ended(String region, String crawler, String crawl, String status);
    }

    private final AllCrawlers crawlers;
    private final CrawlerOperations definitions;
    private final CrawlOperations runs;

    public Crawlers(
            Installation installation,
            Supplier<URI> endpoint,
            Path work,
            Moto moto,
            Logs logs,
            InstantSource clock,
            Executor executor) {
        this.crawlers = new AllCrawlers(new CrawlCommand(installation, endpoint, work, moto, logs), executor, clock);
        this.definitions = new CrawlerOperations(moto, crawlers);
        this.runs = new CrawlOperations(moto, crawlers);
    }

    public void addTo(Operations operations) {
        definitions.addTo(operations);
        runs.addTo(operations);
    }

    /** Starts a crawl and returns its id. */
    public String start(String region, String name) {
        return runs.start(region, name).id();
    }

    /** Stops a crawl; a crawler that is doing nothing stays so. */
    public void stop(String region, String name) {
        try {
            crawlers.of(region, name).stop();
        } catch (AwsError idle) {
            // it ended by itself in the meantime
        }
    }

    public void onEnd(EndListener listener) {
        crawlers.onEnd(listener);
    }
}
