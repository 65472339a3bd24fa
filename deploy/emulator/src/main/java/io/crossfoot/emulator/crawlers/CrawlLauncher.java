package io.crossfoot.emulator.crawlers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Starts the work of crawls. */
@FunctionalInterface
interface CrawlLauncher {
    /** Starts a crawl. */
    CrawlProcess launch(String region, ObjectNode crawler);

    /** A crawl at work. */
    interface CrawlProcess {
        /** Returns its end: nothing when it ended well, else what went wrong. */
        CompletableFuture<Optional<String>> end();

        /** Ends it at once. */
        void kill();
    }
}
