package io.crossfoot.csv;

/** Days as ISO 8601 writes them: {@code 2024-02-29}. */
final class Days {
    /** No day. */
    static final long NONE = Long.MIN_VALUE;

    private static final int[] LENGTHS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    /** From 0000-03-01 to 1970-01-01. */
    private static final long EPOCH = 719_468;

    private Days() {}

    /** Returns the days from 1970-01-01 to the day that ten bytes name; {@link #NONE} when they name none. */
    static long parse(byte[] bytes, int start) {
        if (bytes[start + 4] != '-' || bytes[start + 7] != '-') {
            return NONE;
        }
        int year = Digits.plain(bytes, start, 4);
        int month = Digits.plain(bytes, start + 5, 2);
        int day = Digits.plain(bytes, start + 8, 2);
        if (year < 0 || month < 1 || month > 12 || day < 1 || day > length(year, month)) {
            return NONE;
        }
        // the year begins with March here, so that the day that may be missing is its last
        long years = month > 2 ? year : year - 1L;
        long months = month > 2 ? month - 3L : month + 9L;
        long dayOfYear = (153 * months + 2) / 5 + day - 1;
        return 365 * years
                + Math.floorDiv(years, 4L)
                - Math.floorDiv(years, 100L)
                + Math.floorDiv(years, 400L)
                + dayOfYear
                - EPOCH;
    }

    private static int length(int year, int month) {
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return month == 2 && leap ? 29 : LENGTHS[month - 1];
    }
}
