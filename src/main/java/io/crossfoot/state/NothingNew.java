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
     * @param snapshot that of the table whose rows these are; null for files
     */
    private record Note(String state, String listing, long known, Gone vanished, String customers, Long snapshot) {
        Note {
            Stream.of(state, listing, vanished).forEach(Objects::requireNonNull);
        }

        Note of(String otherState) {
            return new Note(otherState, listing, known, vanished, customers, snapshot);
        }

        Note having(String met, Long rows) {
            return new Note(state, listing, known, vanished, met, rows);
        }
    }

    /** Returns what there is to do, which is nothing; empty when that is not noted. */
    Optional<Work> read(String state, String listing) throws IOException {
        return note(state)
                .filter(note -> note.listing().equals(listing))
                .map(note -> Work.nothing(note.known(), note.vanished(), listing));
    }

    void write(String state, Work nothing) throws IOException {
        write(new Note(state, nothing.listing(), nothing.known(), nothing.vanished(), null, null));
    }

    /** Whether all rows have met these customers, of whatever snapshot they are. */
    boolean isMet(String state, String customers) throws IOException {
        return note(state).filter(note -> customers.equals(note.customers())).isPresent();
    }

    /** Whether all rows have met these customers, those of this snapshot where they are a table's. */
    boolean isMet(String state, String customers, Optional<Long> snapshot) throws IOException {
        return note(state)
                .filter(note -> note.equals(note.having(customers, snapshot.orElse(null))))
                .isPresent();
    }

    /** Notes which customers all rows have met. */
    void met(String state, String customers, Optional<Long> snapshot) throws IOException {
        having(state, customers, snapshot.orElse(null));
    }

    /** Forgets which customers all rows have met. */
    void forgetCustomers(String state) throws IOException {
        having(state, null, null);
    }

    private void having(String state, String customers, Long snapshot) throws IOException {
        Optional<Note> known = note(state);
        Optional<Note> changed = known.map(note -> note.having(customers, snapshot));
        if (changed.isPresent() && !changed.equals(known)) {
            write(changed.get());
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
