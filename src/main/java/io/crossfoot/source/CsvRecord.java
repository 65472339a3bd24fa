package io.crossfoot.source;

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

    private static final byte QUOTE = '"';

    private final byte delimiter;
    private final boolean lineBreaks;
    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private boolean[] quoted = new boolean[16];
    private boolean[] doubled = new boolean[16];
    private int size;
    private boolean broken;
    private boolean open;

    CsvRecord(CsvDialect dialect) {
        this.delimiter = (byte) dialect.delimiter();
        this.lineBreaks = dialect.multiline();
    }

    /**
     * Takes the record that begins at {@code from} apart.
     *
     * @param limit how far the bytes reach
     * @param last whether nothing follows them in the file
     * @return where the record ends, its line end not included; or {@link #MORE}
     */
    int parse(byte[] bytes, int from, int limit, boolean last) {
        size = 0;
        broken = false;
        open = false;
        int at = from;
        while (true) {
            if (size == starts.length) {
                grow();
            }
            at = at < limit && bytes[at] == QUOTE ? quotedValue(bytes, at, limit) : plainValue(bytes, at, limit);
            if (at == limit) {
                return last ? at : MORE;
            }
            if (bytes[at] != delimiter) {
                return at;
            }
            at++;
        }
    }

    /** Returns how many values the record has. */
    int size() {
        return size;
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
        if (size > 1 || quoted[0]) {
            return false;
        }
        for (int i = starts[0]; i < ends[0]; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    boolean isNull(int value) {
        return starts[value] == ends[value] && !quoted[value];
    }

    int start(int value) {
        return starts[value];
    }

    int length(int value) {
        return ends[value] - starts[value];
    }

    /** Returns whether the value has doubled quotes, which {@link #undouble} makes single. */
    boolean hasDoubledQuotes(int value) {
        return doubled[value];
    }

    byte[] undouble(byte[] bytes, int value) {
        byte[] single = new byte[length(value)];
        int length = 0;
        for (int i = starts[value]; i < ends[value]; i++) {
            single[length++] = bytes[i];
            if (bytes[i] == QUOTE) {
                i++;
            }
        }
        return Arrays.copyOf(single, length);
    }

    private int plainValue(byte[] bytes, int from, int limit) {
        int at = from;
        while (at < limit && bytes[at] != delimiter && bytes[at] != '\n' && bytes[at] != '\r') {
            at++;
        }
        add(from, at, false, false);
        return at;
    }

    private int quotedValue(byte[] bytes, int from, int limit) {
        boolean hasDoubled = false;
        int at = from + 1;
        while (at < limit) {
            byte next = bytes[at];
            if (next == QUOTE) {
                if (at + 1 < limit && bytes[at + 1] == QUOTE) {
                    hasDoubled = true;
                    at++;
                } else {
                    add(from + 1, at, true, hasDoubled);
                    return afterQuote(bytes, at + 1, limit);
                }
            } else if (!lineBreaks && (next == '\n' || next == '\r')) {
                break;
            }
            at++;
        }
        open = true;
        broken = true;
        add(from + 1, at, true, hasDoubled);
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

    private void add(int start, int end, boolean isQuoted, boolean hasDoubled) {
        starts[size] = start;
        ends[size] = end;
        quoted[size] = isQuoted;
        doubled[size] = hasDoubled;
        size++;
    }

    private void grow() {
        starts = Arrays.copyOf(starts, 2 * size);
        ends = Arrays.copyOf(ends, 2 * size);
        quoted = Arrays.copyOf(quoted, 2 * size);
        doubled = Arrays.copyOf(doubled, 2 * size);
    }
}
