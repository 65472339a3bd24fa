package io.crossfoot.csv;

import java.util.Arrays;

/**
 * Takes one CSV record apart, by RFC 4180: values are parted by the delimiter; a value that begins with a quote ends with
 * one, and a quote inside it is doubled. A quote inside an unquoted value stands for itself.
 *
 * <p>Works on bytes of UTF-8, in which no part of another character looks like a quote, a delimiter or a line end.
 */
final class CsvRecord {
    /** More bytes are needed to say where the record ends. */
    static final int MORE = -1;

    /** No byte is this one. */
    private static final int NEVER = 256;

    private static final long LINE_FEEDS = Words.of((byte) '\n');
    private static final long RETURNS = Words.of((byte) '\r');

    private final byte delimiter;
    private final int quote;
    private final boolean lineBreaks;
    private final long delimiters;
    private final long quotes;
    private final CsvEnds ends;
    private long[] places = new long[16];
    private boolean known;
    private int start;
    private int size;
    private boolean broken;
    private boolean open;

    CsvRecord(CsvDialect dialect) {
        this.delimiter = (byte) dialect.delimiter();
        this.quote = dialect.quote() == CsvDialect.NO_QUOTE ? NEVER : dialect.quote();
        this.lineBreaks = dialect.multiline();
        this.delimiters = Words.of(delimiter);
        this.quotes = Words.of((byte) quote);
        this.ends = new CsvEnds(dialect);
    }

    /**
     * Takes the record that begins at {@code from} apart.
     *
     * @param limit how far the bytes reach
     * @param last whether nothing follows them in the file
     * @return where the record ends, its line end not included; or {@link #MORE}
     */
    int parse(byte[] bytes, int from, int limit, boolean last) {
        broken = false;
        open = false;
        start = from;
        known = ends.seek(bytes, from, limit);
        if (known) {
            size = ends.size();
            return ends.end();
        }
        return parseQuoted(bytes, from, limit, last);
    }

    private int parseQuoted(byte[] bytes, int from, int limit, boolean last) {
        int at = from;
        for (int values = 0; ; values++) {
            if (values == places.length) {
                places = Arrays.copyOf(places, 2 * values);
            }
            int begin = at;
            if (at < limit && bytes[at] == quote) {
                at = quotedValue(bytes, at, limit, values);
            } else {
                at = unquotedEnd(bytes, at, limit);
                places[values] = at == begin ? Place.NULL : Place.of(begin, at);
            }
            if (at == limit || bytes[at] != delimiter) {
                size = values + 1;
                return at == limit && !last ? MORE : at;
            }
            at++;
        }
    }

    /** The bytes are others now, or at another place. */
    void forget() {
        ends.forget();
    }

    /** Returns how many values the record has. */
    int size() {
        return size;
    }

    /** Returns where a value of the record that was just taken apart lies: a {@link Place}. */
    long place(int value) {
        return known ? ends.place(value, start) : places[value];
    }

    /** Returns whether it is known that all its bytes are ASCII and none is zero. */
    boolean isPlain() {
        return known && ends.arePlain();
    }

    /** Returns whether its quotes are wrong: one is not closed, or something follows a closed one. */
    boolean isBroken() {
        return broken;
    }

    /** Returns whether a quote is still open where the record ends. */
    boolean isOpen() {
        return open;
    }

    /** Returns whether it is one unquoted value of blanks: no record at all. */
    boolean isBlank(byte[] bytes) {
        if (size > 1 || Place.isQuoted(place(0))) {
            return false;
        }
        for (int i = Place.start(place(0)); i < Place.end(place(0)); i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    /** Returns the value with its doubled quotes made single. */
    byte[] undoubled(byte[] bytes, long place) {
        byte[] single = new byte[Place.length(place)];
        int length = 0;
        for (int i = Place.start(place); i < Place.end(place); i++) {
            single[length++] = bytes[i];
            if (bytes[i] == quote) {
                i++;
            }
        }
        return Arrays.copyOf(single, length);
    }

    private int unquotedEnd(byte[] bytes, int from, int limit) {
        int at = from;
        for (; at + Long.BYTES <= limit; at += Long.BYTES) {
            long word = Words.at(bytes, at);
            long marks = Words.zeros(word ^ delimiters) | Words.zeros(word ^ LINE_FEEDS) | Words.zeros(word ^ RETURNS);
            if (marks != 0) {
                return at + Words.first(marks);
            }
        }
        while (at < limit && bytes[at] != delimiter && bytes[at] != '\n' && bytes[at] != '\r') {
            at++;
        }
        return at;
    }

    private int quotedValue(byte[] bytes, int from, int limit, int value) {
        boolean hasDoubled = false;
        int at = quotedEnd(bytes, from + 1, limit);
        while (at + 1 < limit && bytes[at] == quote && bytes[at + 1] == quote) {
            hasDoubled = true;
            at = quotedEnd(bytes, at + 2, limit);
        }
        places[value] = Place.quoted(from + 1, at, hasDoubled);
        if (at < limit && bytes[at] == quote) {
            return afterQuote(bytes, at + 1, limit);
        }
        open = true;
        broken = true;
        return at;
    }

    /** Returns where the next quote stands, or the line end that a quoted value must not hold, or the limit. */
    private int quotedEnd(byte[] bytes, int from, int limit) {
        int at = from;
        for (; at + Long.BYTES <= limit; at += Long.BYTES) {
            long word = Words.at(bytes, at);
            long ends = Words.zeros(word ^ quotes);
            if (!lineBreaks) {
                ends |= Words.zeros(word ^ LINE_FEEDS) | Words.zeros(word ^ RETURNS);
            }
            if (ends != 0) {
                return at + Words.first(ends);
            }
        }
        while (at < limit && bytes[at] != quote && (lineBreaks || (bytes[at] != '\n' && bytes[at] != '\r'))) {
            at++;
        }
        return at;
    }

    /** Where something follows a closed quote, nobody knows what the quotes behind it mean: the record ends with the line. */
    private int afterQuote(byte[] bytes, int from, int limit) {
        int at = from;
        broken = at < limit && bytes[at] != delimiter && bytes[at] != '\n' && bytes[at] != '\r';
        while (broken && at < limit && bytes[at] != '\n' && bytes[at] != '\r') {
            at++;
        }
        return at;
    }
}
