package io.crossfoot.emulator.crawlers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.Installation;
import io.crossfoot.emulator.child.JvmPlan;
import io.crossfoot.emulator.child.Surroundings;
import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.logs.LogStream;
import io.crossfoot.emulator.logs.Logs;
import io.crossfoot.emulator.moto.Moto;
import io.crossfoot.emulator.moto.Roles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Crawls with {@code crossfoot crawl}, in a JVM of its own, in the crawler's role, against the emulated AWS. */
final class CrawlCommand implements CrawlLauncher {
    private static final String GLUE_VERSION = "5.1";
    private static final Map<String, String> UPDATES = Map.of("LOG", "log", "UPDATE_IN_DATABASE", "update");
    private static final Map<String, String> DELETIONS =
            Map.of("LOG", "log", "DELETE_FROM_DATABASE", "delete", "DEPRECATE_IN_DATABASE", "deprecate");

    private final Installation installation;
    private final Supplier<URI> endpoint;
    private final Path work;
    private final Moto moto;
    private final Logs logs;

    CrawlCommand(Installation installation, Supplier<URI> endpoint, Path work, Moto moto, Logs logs) {
        this.installation = installation;
        this.endpoint = endpoint;
        this.work = work;
        this.moto = moto;
        this.logs = logs;
    }

    @Override
    public CrawlProcess launch(String region, ObjectNode crawler) {
        Map<String, String> keys =
                new Roles(moto).assume(region, crawler.path("Role").asText(), "AWS-Crawler");
        List<Path> classPath = new ArrayList<>(List.of(installation.jobJar()));
        classPath.addAll(installation
                .spark(GLUE_VERSION)
                .orElseThrow(
                        () -> AwsError.of("InternalServiceException", "The emulator finds no Spark; run mvn package")));
        List<String> flags = installation.flags(installation.archiveOfJobJar());
        flags.addAll(Surroundings.sparkFlags(endpoint.get(), region));
        List<JvmPlan> plans = new ArrayList<>();
        for (JsonNode target : crawler.path("Targets").path("S3Targets")) {
            plans.add(new JvmPlan(
                    classPath,
                    flags,
                    "io.crossfoot.cli.Main",
                    arguments(crawler, target.path("Path").asText()),
                    Surroundings.environment(endpoint.get(), region, keys)));
        }
        try {
            LogStream log =
                    logs.open(region, Crawl.LOG_GROUP, crawler.path("Name").asText());
            return new CrawlChain(plans, Files.createDirectories(work.resolve("crawls")), log);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static List<String> arguments(ObjectNode crawler, String path) {
        JsonNode policy = crawler.path("SchemaChangePolicy");
        return List.of(
                "crawl",
                path,
                "--catalog",
                "glue",
                "--database",
                crawler.path("DatabaseName").asText(),
                "--prefix",
                crawler.path("TablePrefix").asText(""),
                "--on-change",
                UPDATES.getOrDefault(policy.path("UpdateBehavior").asText(), "update"),
                "--on-delete",
                DELETIONS.getOrDefault(policy.path("DeleteBehavior").asText(), "deprecate"));
    }
}
