package io.crossfoot.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * What a run has published of a source that hands out its rows again until it is told that they were used. It lies in
 * the control folder from the publication until the source has been told: a run that finds one has to find out whether
 * it reads the same rows again.
 *
 * @param run the run that has published
 * @param witness a file that the run has read rows of; null where the source does not say which files it reads
 * @param files what the run has published, below the output
 */
public record Unacknowledged(int version, String run, Witness witness, List<String> files) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VERSION = 1;

    public Unacknowledged {
        files = List.copyOf(files);
    }

    /** A file as it was when its rows were read: written anew it is another. */
    public record Witness(String file, long bytes, long modified) {}

    static Unacknowledged of(String run, Optional<Witness> witness, List<String> files) {
        return new Unacknowledged(VERSION, run, witness.orElse(null), files);
    }

    static Optional<Unacknowledged> read(Store store, Path file) throws IOException {
        if (!store.exists(file)) {
            return Optional.empty();
        }
        try {
            Unacknowledged found = JSON.readValue(store.read(file), Unacknowledged.class);
            if (found.version != VERSION) {
                throw new IOException(
                        "%s has version %d, this program knows %d".formatted(Store.show(file), found.version, VERSION));
            }
            return Optional.of(found);
        } catch (JsonProcessingException damaged) {
            throw new IOException(
                    "%s is damaged at line %d"
                            .formatted(Store.show(file), damaged.getLocation().getLineNr()),
                    damaged);
        }
    }

    String text() throws IOException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
    }
}
