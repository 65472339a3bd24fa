package io.crossfoot.csv;

/**
 * Where a value lies in a buffer and how it was written, in one long: its start in the upper half, its length and two
 * marks in the lower one. Millions are kept at a time, so it is no object.
 */
final class Place {
    /** An empty value without quotes. */
    static final long NULL = -1;

    private static final int DOUBLED = 1;
    private static final int QUOTED = 2;
    private static final int MARKS = 2;

    private Place() {}

    static long of(int start, int end) {
        return ((long) start << Integer.SIZE) | ((end - start) << MARKS);
    }

    static long quoted(int start, int end, boolean hasDoubledQuotes) {
        return of(start, end) | QUOTED | (hasDoubledQuotes ? DOUBLED : 0);
    }

    static int start(long place) {
        return place == NULL ? 0 : (int) (place >>> Integer.SIZE);
    }

    static int length(long place) {
        return place == NULL ? 0 : (int) place >>> MARKS;
    }

    static int end(long place) {
        return start(place) + length(place);
    }

    static boolean isQuoted(long place) {
        return place != NULL && (place & QUOTED) != 0;
    }

    /** Returns whether the value has doubled quotes, which {@link CsvRecord#undoubled} makes single. */
    static boolean hasDoubledQuotes(long place) {
        return place != NULL && (place & DOUBLED) != 0;
    }
}
