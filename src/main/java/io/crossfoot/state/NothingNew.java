package io.crossfoot.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.crossfoot.sink.WholeFile;
import io.crossfoot.state.Work.Gone;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The note of the last run that had nothing to do. While the same objects are there, and the state is the same, the next
 * has nothing to do either, and need not read the state, in which there may be a million objects.
 */
record NothingNew(WholeFile file) {
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * What the run has found.
     *
     * @param key the hash of the objects that were there, and of the state
     * @param known how many objects the state knew
     * @param vanished objects that were gone
     */
    private record Note(String key, long known, Gone vanished) {}

    /** Returns what there is to do, which is nothing; empty when nobody has noted it. */
    Optional<Work> read(String key) throws IOException {
        Optional<String> text = file.read();
        try {
            return text.isEmpty() ? Optional.empty() : work(JSON.readValue(text.get(), Note.class), key);
        } catch (JsonProcessingException nonsense) {
            return Optional.empty();
        }
    }

    private static Optional<Work> work(Note note, String key) {
        return note.key().equals(key)
                ? Optional.of(new Work(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        note.known(),
                        note.vanished(),
                        new Gone(0, List.of())))
                : Optional.empty();
    }

    void write(String key, Work nothing) throws IOException {
        file.write(JSON.writeValueAsString(new Note(key, nothing.known(), nothing.vanished())));
    }
}
