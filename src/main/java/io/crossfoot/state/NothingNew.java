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
 * either, and need not read the state, in which there may be a million objects. It says, too, which customers all rows have
 * met by then, so that the next run need not look for rows that may meet others.
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
     * @param customers the key of the customers that all rows have met; null where nobody has looked
     */
    private record Note(String state, String listing, long known, Gone vanished, String customers) {
        Note {
            Stream.of(state, listing, vanished).forEach(Objects::requireNonNull);
        }

        Note of(String otherState) {
            return new Note(otherState, listing, known, vanished, customers);
        }

        Note having(String met) {
            return new Note(state, listing, known, vanished, met);
        }
    }

    /** Returns what there is to do, which is nothing; empty when that is not noted. */
    Optional<Work> read(String state, String listing) throws IOException {
        return note(state)
                .filter(note -> note.listing().equals(listing))
                .map(note -> Work.nothing(note.known(), note.vanished(), listing));
    }

    void write(String state, Work nothing) throws IOException {
        write(new Note(state, nothing.listing(), nothing.known(), nothing.vanished(), null));
    }

    /** Whether all rows have met these customers. */
    boolean isMet(String state, String customers) throws IOException {
        return note(state).filter(note -> customers.equals(note.customers())).isPresent();
    }

    /** Notes which customers all rows have met; null for nobody knows. */
    void met(String state, String customers) throws IOException {
        Optional<Note> note = note(state).filter(known -> !Objects.equals(known.customers(), customers));
        if (note.isPresent()) {
            write(note.get().having(customers));
        }
    }

    /** Lets what was noted of one state hold of another. */
    void move(String from, String to) throws IOException {
        Optional<Note> note = note(from);
        if (note.isPresent()) {
            write(note.get().of(to));
        }
    }

    private Optional<Note> note(String state) throws IOException {
        return note().filter(note -> note.state().equals(state));
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
