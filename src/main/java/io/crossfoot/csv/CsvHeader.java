package io.crossfoot.csv;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The first record of a file that is not blank.
 *
 * @param state whether there is one
 * @param values its values; an empty one is an empty text here
 * @param end where it ends in the text that it was found in, in bytes of UTF-8
 */
public record CsvHeader(State state, List<String> values, int end) {
    /** What a beginning of a file may hold. */
    public enum State {
        WHOLE,
        /** Blank lines only. */
        NONE,
        /** Its quotes are wrong: one is not closed, or something follows a closed one. */
        BROKEN,
        /** It does not end where the text ends. */
        ENDLESS
    }

    /**
     * Looks for it in the beginning of a file.
     *
     * @param isWhole whether the text is all of the file
     */
    public static CsvHeader in(String text, boolean isWhole, CsvDialect dialect) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        CsvRecord record = new CsvRecord(dialect);
        int start = 0;
        int end;
        do {
            while (start < bytes.length && (bytes[start] == '\n' || bytes[start] == '\r')) {
                start++;
            }
            if (start == bytes.length) {
                return new CsvHeader(State.NONE, List.of(), start);
            }
            end = record.parse(bytes, start, bytes.length, isWhole);
            start = end;
        } while (end != CsvRecord.MORE && record.isBlank(bytes));
        if (end == CsvRecord.MORE) {
            return new CsvHeader(State.ENDLESS, List.of(), bytes.length);
        }
        List<String> values = new ArrayList<>();
        for (int i = 0; i < record.size(); i++) {
            values.add(new String(value(record, bytes, record.place(i)), StandardCharsets.UTF_8));
        }
        return new CsvHeader(record.isBroken() ? State.BROKEN : State.WHOLE, List.copyOf(values), end);
    }

    private static byte[] value(CsvRecord record, byte[] bytes, long place) {
        return Place.hasDoubledQuotes(place)
                ? record.undoubled(bytes, place)
                : Arrays.copyOfRange(bytes, Place.start(place), Place.end(place));
    }
}
