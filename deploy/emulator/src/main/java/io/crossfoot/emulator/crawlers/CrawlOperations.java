package io.crossfoot.emulator.crawlers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.http.Call;
import io.crossfoot.emulator.http.Json;
import io.crossfoot.emulator.http.Operations;
import io.crossfoot.emulator.http.Paging;
import io.crossfoot.emulator.moto.Moto;

/** Runs of crawlers: start, stop, look. */
final class CrawlOperations {
    private static final int LARGEST_PAGE = 1_000;

    private final Moto moto;
    private final AllCrawlers crawlers;

    CrawlOperations(Moto moto, AllCrawlers crawlers) {
        this.moto = moto;
        this.crawlers = crawlers;
    }

    void addTo(Operations operations) {
        operations
                .real("AWSGlue.StartCrawler", this::start)
                .real("AWSGlue.StopCrawler", this::stop)
                .real("AWSGlue.ListCrawls", this::list);
    }

    private JsonNode start(Call call) {
        start(call.region(), call.required("Name"));
        return Json.object();
    }

    /** Starts a crawl, and returns it. */
    Crawl start(String region, String name) {
        return crawlers.start(region, name, crawler(region, name));
    }

    private JsonNode stop(Call call) {
        String name = call.required("Name");
        crawler(call.region(), name);
        crawlers.of(call.region(), name).stop();
        return Json.object();
    }

    private JsonNode list(Call call) {
        String name = call.required("CrawlerName");
        crawler(call.region(), name);
        return Paging.page(
                call,
                "Crawls",
                crawlers.of(call.region(), name).history().stream()
                        .map(Crawl::history)
                        .toList(),
                LARGEST_PAGE);
    }

    private ObjectNode crawler(String region, String name) {
        return (ObjectNode)
                moto.call(region, "AWSGlue.GetCrawler", Json.object().put("Name", name))
                        .get("Crawler");
    }
}
