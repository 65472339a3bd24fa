package io.crossfoot.emulator.crawlers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.Installation;
import io.crossfoot.emulator.child.ChildJvm;
import io.crossfoot.emulator.child.JvmPlan;
import io.crossfoot.emulator.child.Surroundings;
import io.crossfoot.emulator.http.AwsError;
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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Crawls with {@code crossfoot crawl}, in a JVM of its own, in the crawler's role, against the emulated AWS. */
final class CrawlCommand implements CrawlLauncher {
    private static final String GLUE_VERSION = "5.1";

    private final Installation installation;
    private final Supplier<URI> endpoint;
    private final Path work;
    private final Moto moto;

    CrawlCommand(Installation installation, Supplier<URI> endpoint, Path work, Moto moto) {
        this.installation = installation;
        this.endpoint = endpoint;
        this.work = work;
        this.moto = moto;
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
        List<String> flags = List.of(installation.sparkFlags(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
        JvmPlan plan = new JvmPlan(
                classPath,
                flags,
                "io.crossfoot.cli.Main",
                arguments(crawler),
                Surroundings.environment(endpoint.get(), region, keys));
        try {
            return new Running(plan, Files.createDirectories(work.resolve("crawls")));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static List<String> arguments(ObjectNode crawler) {
        List<String> arguments = new ArrayList<>(List.of("crawl"));
        for (JsonNode target : crawler.path("Targets").path("S3Targets")) {
            arguments.add(target.path("Path").asText());
        }
        arguments.addAll(List.of(
                "--catalog", "glue", "--database", crawler.path("DatabaseName").asText()));
        return arguments;
    }

    /** The process of a crawl; what it says on standard error is why it failed. */
    private static final class Running implements CrawlProcess {
        private final StringBuffer complaints = new StringBuffer();
        private final ChildJvm child;

        Running(JvmPlan plan, Path folder) throws IOException {
            this.child = ChildJvm.start(
                    plan, folder, line -> {}, line -> complaints.append(line).append('\n'));
        }

        @Override
        public CompletableFuture<Optional<String>> end() {
            return child.exit()
                    .thenApply(code -> code == 0
                            ? Optional.empty()
                            : Optional.of("crawl ended with exit code %d: %s"
                                    .formatted(code, complaints.toString().trim())));
        }

        @Override
        public void kill() {
            child.close();
        }
    }
}
