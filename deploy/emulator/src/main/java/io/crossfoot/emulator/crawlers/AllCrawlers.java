package io.crossfoot.emulator.crawlers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

/** What each crawler does, by region and name. */
final class AllCrawlers {
    private record Name(String region, String name) {}

    private final Map<Name, CrawlerRuns> crawlers = new ConcurrentHashMap<>();
    private final List<Crawlers.EndListener> listeners = new CopyOnWriteArrayList<>();
    private final CrawlLauncher launcher;
    private final Executor executor;
    private final InstantSource clock;

    AllCrawlers(CrawlLauncher launcher, Executor executor, InstantSource clock) {
        this.launcher = launcher;
        this.executor = executor;
        this.clock = clock;
    }

    CrawlerRuns of(String region, String name) {
        return crawlers.computeIfAbsent(new Name(region, name), key -> new CrawlerRuns(name, clock));
    }

    Crawl start(String region, String name, ObjectNode definition) {
        return of(region, name).start(region, definition, launcher, executor, ended -> tell(region, ended));
    }

    void forget(String region, String name) {
        crawlers.remove(new Name(region, name));
    }

    void onEnd(Crawlers.EndListener listener) {
        listeners.add(listener);
    }

    private void tell(String region, Crawl ended) {
        listeners.forEach(listener -> listener.ended(
                region, ended.crawler(), ended.id(), ended.status().name()));
    }
}
