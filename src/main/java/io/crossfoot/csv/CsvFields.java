package io.crossfoot.csv;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The records of a batch, taken apart: for each value that somebody asked for, and each record, where it lies in
 * {@link #bytes}. Values lie column by column, as they are made into vectors.
 */
final class CsvFields {
    private static final int MOST_ROWS = 4096;
    private static final int FEWEST_ROWS = 64;
    private static final int MOST_PLACES = 1 << 18;

    private final CsvRecord record;
    private final byte[][] nulls;
    private final int[] values;
    private final int[] positions;
    private final long[][] places;
    private final int[] starts;
    private final int[] ends;
    private final boolean[] malformed;
    private int width;
    private int rows;
    private int malformedRows;
    private byte[] bytes = {};
    private long base;
    private boolean plain;

    /** @param values which values are asked for, as {@link CsvSpec.Column#value()} numbers them */
    CsvFields(CsvDialect dialect, List<Integer> values) {
        this.record = new CsvRecord(dialect);
        this.nulls = dialect.nulls().stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        this.values = values.stream().mapToInt(Integer::intValue).toArray();
        this.positions = new int[values.size()];
        int capacity = Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, MOST_PLACES / Math.max(1, values.size())));
        this.places = new long[values.size()][capacity];
        this.starts = new int[capacity];
        this.ends = new int[capacity];
        this.malformed = new boolean[capacity];
    }

    int capacity() {
        return starts.length;
    }

    /** From now on records are those of a file of this layout. */
    void expect(CsvSpec.Layout layout) {
        width = layout.width();
        Arrays.setAll(positions, slot -> layout.positions().get(values[slot]));
    }

    CsvRecord record() {
        return record;
    }

    void clear() {
        rows = 0;
        malformedRows = 0;
        plain = true;
    }

    /** Adds the record that was just taken apart. */
    void add(byte[] buffer, int start, int end) {
        boolean whole = record.size() == width && !record.isBroken();
        for (int slot = 0; slot < positions.length; slot++) {
            long place = whole && positions[slot] >= 0 ? record.place(positions[slot]) : Place.NULL;
            places[slot][rows] = nulls.length > 0 && isNullText(buffer, place) ? Place.NULL : place;
        }
        starts[rows] = start;
        ends[rows] = end;
        malformed[rows] = !whole;
        malformedRows += whole ? 0 : 1;
        plain &= record.isPlain();
        rows++;
    }

    /** Says in which bytes the records lie, and where in the file these bytes begin. */
    void lieIn(byte[] buffer, long begin) {
        bytes = buffer;
        base = begin;
        plain = plain || Words.arePlain(buffer, starts[0], ends[rows - 1]);
    }

    /** Keeps the rows that are marked and drops the others. */
    void keep(boolean[] kept) {
        int to = 0;
        malformedRows = 0;
        for (int row = 0; row < rows; row++) {
            if (kept[row]) {
                for (long[] column : places) {
                    column[to] = column[row];
                }
                starts[to] = starts[row];
                ends[to] = ends[row];
                malformed[to] = malformed[row];
                malformedRows += malformed[row] ? 1 : 0;
                to++;
            }
        }
        rows = to;
    }

    int rows() {
        return rows;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Returns whether all bytes of all records are ASCII and none is zero. */
    boolean arePlain() {
        return plain;
    }

    /** Returns the places of the values of a column, by rows. */
    long[] places(int value) {
        for (int slot = 0; slot < values.length; slot++) {
            if (values[slot] == value) {
                return places[slot];
            }
        }
        throw new IllegalArgumentException("nobody asked for value " + value);
    }

    boolean isMalformed(int row) {
        return malformed[row];
    }

    int malformedRows() {
        return malformedRows;
    }

    int start(int row) {
        return starts[row];
    }

    int end(int row) {
        return ends[row];
    }

    /** Returns where in the file a place of {@link #bytes} is. */
    long offset(int place) {
        return base + place;
    }

    private boolean isNullText(byte[] buffer, long place) {
        if (Place.isQuoted(place)) {
            return false;
        }
        int start = Place.start(place);
        for (byte[] text : nulls) {
            if (Arrays.equals(buffer, start, start + Place.length(place), text, 0, text.length)) {
                return true;
            }
        }
        return false;
    }
}
