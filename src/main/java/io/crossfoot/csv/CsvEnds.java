package io.crossfoot.csv;

/**
 * Where the values of records without quotes end, a part of a buffer at a time. All ends of a part are found at once, a block
 * of bytes at a time and nearly without a branch: where the next one lies cannot be foretold, and a processor that tries
 * waits. What nobody asks for costs nothing more.
 */
final class CsvEnds {
    /** How many bytes are looked at ahead: few enough to be still at hand when values are made of them. */
    private static final int SPAN = 1 << 14;

    /** How many bytes are looked at together: as many as a long has bits. */
    private static final int BLOCK = Long.SIZE;

    private static final long LINE_FEEDS = Words.of((byte) '\n');
    private static final long RETURNS = Words.of((byte) '\r');

    private final long delimiters;
    private final long quotes;
    private final int[] ends = new int[SPAN + BLOCK];
    /** Which of the ends are those of lines. */
    private final int[] lines = new int[SPAN + BLOCK];

    private int lineCount;
    private int size;
    private boolean plain;
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

    /** Returns whether all bytes around the record are ASCII and none is zero; they may be when the answer is no. */
    boolean arePlain() {
        return plain;
    }

    private void find(byte[] bytes, int place, int limit) {
        from = place;
        first = 0;
        line = 0;
        lineCount = 0;
        size = 0;
        plain = true;
        to = place;
        int last = Math.min(limit, place + SPAN) - BLOCK;
        while (to <= last && addBlock(bytes, to)) {
            to += BLOCK;
        }
    }

    /** Adds the ends that lie in a block; returns false when it has a quote, and adds none then. */
    private boolean addBlock(byte[] bytes, int block) {
        long marks = 0;
        long breaks = 0;
        for (int i = 0; i < BLOCK; i += Long.BYTES) {
            long word = Words.at(bytes, block + i);
            long found;
            if (Words.haveOdd(word, quotes)) {
                if (Words.zeros(word ^ quotes) != 0) {
                    return false;
                }
                plain &= Words.arePlain(word);
                long ends = Words.exactZeros(word ^ LINE_FEEDS) | Words.exactZeros(word ^ RETURNS);
                breaks |= Words.bits(ends) << i;
                found = Words.exactZeros(word ^ delimiters) | ends;
            } else {
                found = Words.zerosOfAscii(word ^ delimiters);
            }
            marks |= Words.bits(found) << i;
        }
        for (long others = breaks; others != 0; others &= others - 1) {
            lines[lineCount++] = size + Words.countBefore(marks, others);
        }
        add(marks, block);
        return true;
    }

    /** Eight ends at most, as a rule; what is written of none is written over. */
    private void add(long marks, int block) {
        int[] found = ends;
        int next = size;
        int usual = next + Long.BYTES;
        long others = marks;
        for (; next < usual; others &= others - 1) {
            found[next++] = block + Long.numberOfTrailingZeros(others);
        }
        for (; others != 0; others &= others - 1) {
            found[next++] = block + Long.numberOfTrailingZeros(others);
        }
        size += Long.bitCount(marks);
    }
}
