package io.crossfoot.sink;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * The steps of one publication, on storage from before its first step until after its last.
 *
 * @param commit what the steps wait for: they are done once a table has this commit; null where they wait for nothing
 */
record Journal(
        int version,
        String run,
        @JsonInclude(JsonInclude.Include.NON_NULL) CommitMark commit,
        List<Step> steps) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VERSION = 1;

    static Journal of(String run, Optional<CommitMark> commit, List<Step> steps) {
        return new Journal(VERSION, run, commit.orElse(null), List.copyOf(steps));
    }

    static Optional<Journal> read(Store store, Path file) throws IOException {
        if (!store.exists(file)) {
            return Optional.empty();
        }
        try {
            Journal journal = JSON.readValue(store.read(file), Journal.class);
            if (journal.version != VERSION) {
                throw new IOException("journal %s has version %d, this program knows %d"
                        .formatted(Store.show(file), journal.version, VERSION));
            }
            return Optional.of(journal);
        } catch (JsonProcessingException damaged) {
            throw new IOException(
                    "journal %s is damaged at line %d"
                            .formatted(Store.show(file), damaged.getLocation().getLineNr()),
                    damaged);
        }
    }

    void write(Store store, Path file) throws IOException {
        store.writeAtomically(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
    }
}
