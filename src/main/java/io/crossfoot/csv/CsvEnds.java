package io.crossfoot.csv;

/**
 * Where the values of records without quotes end, a part of a buffer at a time. All ends of a part are found at once, eight
 * bytes at a time and nearly without a branch: where the next one lies cannot be foretold, and a processor that tries waits.
 * What nobody asks for costs nothing more.
 */
final class CsvEnds {
    /** How many bytes are looked at ahead: few enough to be still at hand when values are made of them. */
    private static final int SPAN = 1 << 14;

    private static final long LINE_FEEDS = Words.of((byte) '\n');
    private static final long RETURNS = Words.of((byte) '\r');

    private final long delimiters;
    private final long quotes;
    private final int[] ends = new int[SPAN + Long.BYTES];
    /** Which of the ends are those of lines. */
    private final int[] lines = new int[SPAN + Long.BYTES];

    private int lineCount;
    private int from;
    private int to;
    /** The line of the record, and the end of its first value. */
    private int line;

    private int first;

    CsvEnds(CsvDialect dialect) {
        this.delimiters = Words.of((byte) dialect.delimiter());
        this.quotes = Words.of((byte) dialect.quote());
    }

    /** The bytes are others now, or at another place. */
    void forget() {
        to = 0;
    }

    /**
     * Moves to the record that begins at a place.
     *
     * @return whether it is known: it has no quote, is not too long, and ends well before the limit
     */
    boolean seek(byte[] bytes, int place, int limit) {
        if (place < from || place >= to) {
            find(bytes, place, limit);
        }
        while (line < lineCount && ends[lines[line]] < place) {
            first = lines[line] + 1;
            line++;
        }
        if (line == lineCount && place != from) {
            find(bytes, place, limit);
        }
        return line < lineCount;
    }

    /** Returns how many values the record has. */
    int size() {
        return lines[line] - first + 1;
    }

    /** Returns where the record ends. */
    int end() {
        return ends[lines[line]];
    }

    /** Returns where a value lies, in the record that begins at a place. */
    long place(int value, int place) {
        int start = value == 0 ? place : ends[first + value - 1] + 1;
        int end = ends[first + value];
        return start == end ? Place.NULL : Place.of(start, end);
    }

    private void find(byte[] bytes, int place, int limit) {
        from = place;
        first = 0;
        line = 0;
        lineCount = 0;
        int size = 0;
        int at = place;
        int last = Math.min(limit, place + SPAN) - Long.BYTES;
        for (; at <= last; at += Long.BYTES) {
            long word = Words.at(bytes, at);
            long marks = Words.exactZeros(word ^ delimiters);
            long quoted = Words.zeros(word ^ quotes);
            if ((quoted | Words.controls(word)) != 0) {
                if (quoted != 0) {
                    break;
                }
                long breaks = Words.exactZeros(word ^ LINE_FEEDS) | Words.exactZeros(word ^ RETURNS);
                marks |= breaks;
                for (; breaks != 0; breaks &= breaks - 1) {
                    lines[lineCount++] = size + Words.countBefore(marks, breaks);
                }
            }
            size = add(marks, at, size);
        }
        to = at;
    }

    /** Two ends at most, as a rule; what is written of none is written over. */
    private int add(long marks, int at, int size) {
        ends[size] = at + Words.first(marks);
        long second = marks & (marks - 1);
        ends[size + 1] = at + Words.first(second);
        int next = size + 2;
        for (long others = second & (second - 1); others != 0; others &= others - 1) {
            ends[next++] = at + Words.first(others);
        }
        return size + Words.count(marks);
    }
}
