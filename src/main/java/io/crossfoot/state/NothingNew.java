package io.crossfoot.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.crossfoot.sink.WholeFile;
import io.crossfoot.state.Work.Gone;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The note that nothing is new. While the same objects are there, and the state is the same, the next run has nothing to do
 * either, and need not read the state, in which there may be a million objects.
 */
record NothingNew(WholeFile file) {
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * What holds.
     *
     * @param state the hash of the files of the state
     * @param listing as {@link Work} has it
     * @param known how many of them the state knows
     * @param vanished objects that are gone
     */
    private record Note(String state, String listing, long known, Gone vanished) {
        Note {
            Stream.of(state, listing, vanished).forEach(Objects::requireNonNull);
        }
    }

    /** Returns what there is to do, which is nothing; empty when that is not noted. */
    Optional<Work> read(String state, String listing) throws IOException {
        return note().filter(
                        note -> note.state().equals(state) && note.listing().equals(listing))
                .map(note -> Work.nothing(note.known(), note.vanished(), listing));
    }

    void write(String state, Work nothing) throws IOException {
        write(new Note(state, nothing.listing(), nothing.known(), nothing.vanished()));
    }

    /** Lets what was noted of one state hold of another. */
    void move(String from, String to) throws IOException {
        Optional<Note> note = note().filter(old -> old.state().equals(from));
        if (note.isPresent()) {
            write(new Note(
                    to, note.get().listing(), note.get().known(), note.get().vanished()));
        }
    }

    private Optional<Note> note() throws IOException {
        Optional<String> text = file.read();
        try {
            return text.isEmpty() ? Optional.empty() : Optional.ofNullable(JSON.readValue(text.get(), Note.class));
        } catch (JsonProcessingException nonsense) {
            return Optional.empty();
        }
    }

    private void write(Note note) throws IOException {
        file.write(JSON.writeValueAsString(note));
    }
}
