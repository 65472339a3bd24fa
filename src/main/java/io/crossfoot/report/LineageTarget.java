package io.crossfoot.report;

import io.crossfoot.error.StorageFault;
import io.crossfoot.sink.WholeFile;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Who is told of a run by {@linkplain LineageEvents OpenLineage events}. */
public sealed interface LineageTarget {
    /** Nobody. */
    record Nobody() implements LineageTarget {
        @Override
        public Optional<String> tell(List<String> events, WholeFile file) {
            return Optional.empty();
        }
    }

    /** Whoever reads the file of events beside the run report. */
    record BesideTheReport() implements LineageTarget {
        @Override
        public Optional<String> tell(List<String> events, WholeFile file) {
            write(events, file);
            return Optional.empty();
        }
    }

    /** Whoever reads standard output: an event a line, in UTF-8 as JSON is. */
    record StandardOutput() implements LineageTarget {
        @Override
        public Optional<String> tell(List<String> events, WholeFile file) {
            // the locale of a machine may have no letter for what a column is called
            PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
            events.forEach(event -> out.print(event + "\n"));
            out.flush();
            return Optional.empty();
        }
    }

    /** A server of OpenLineage: each event is posted to this address. */
    record Endpoint(URI address) implements LineageTarget {
        private static final Duration PATIENCE = Duration.ofSeconds(5);

        /** The output is published by now: a server that does not answer is no reason to fail, and the events are kept. */
        @Override
        public Optional<String> tell(List<String> events, WholeFile file) {
            HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
            for (String event : events) {
                Optional<String> failure = post(client, event);
                if (failure.isPresent()) {
                    write(events, file);
                    return Optional.of("Cannot tell %s of the run: %s; the events are in %s"
                            .formatted(address, failure.get(), file.path()));
                }
            }
            return Optional.empty();
        }

        private Optional<String> post(HttpClient client, String event) {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(event))
                    .build();
            try {
                int status = client.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                return status / 100 == 2 ? Optional.empty() : Optional.of("it answers " + status);
            } catch (IOException unreachable) {
                return Optional.of("it does not answer");
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return Optional.of("interrupted");
            }
        }
    }

    /**
     * Tells of a run.
     *
     * @param file where to write events that go, or must go, to a file
     * @return what went wrong, for the user; the run itself is not touched by it
     * @throws io.crossfoot.error.StorageException when the file cannot be written
     */
    Optional<String> tell(List<String> events, WholeFile file);

    private static void write(List<String> events, WholeFile file) {
        try {
            file.write(String.join("\n", events) + "\n");
        } catch (IOException failed) {
            throw StorageFault.writing(failed, "write the lineage " + file.path(), "");
        }
    }
}
