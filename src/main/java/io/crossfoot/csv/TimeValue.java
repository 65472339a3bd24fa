package io.crossfoot.csv;

import org.apache.spark.sql.execution.vectorized.WritableColumnVector;

/** TIMESTAMP, which has a zone in its text, and TIMESTAMP_NTZ, which has none: microseconds since 1970-01-01. */
record TimeValue(boolean hasZone) implements CsvValue {
    private static final int DATE = 10;
    private static final int MINUTES = DATE + 6;
    private static final int SECONDS = MINUTES + 3;
    private static final int MICROS = 6;
    private static final long NONE = Long.MIN_VALUE;
    private static final int MOST_ZONE = 18 * 3600;

    @Override
    public boolean put(WritableColumnVector vector, int row, byte[] bytes, int start, int end) {
        if (end - start < MINUTES || (bytes[start + DATE] != 'T' && bytes[start + DATE] != ' ')) {
            return false;
        }
        long day = Days.parse(bytes, start);
        int hour = Digits.plain(bytes, start + DATE + 1, 2);
        int minute = Digits.plain(bytes, start + DATE + 4, 2);
        if (day == Days.NONE || hour < 0 || hour > 23 || minute < 0 || minute > 59 || bytes[start + DATE + 3] != ':') {
            return false;
        }
        long seconds = day * 86_400 + hour * 3600L + minute * 60L;
        int at = start + MINUTES;
        long micros = 0;
        if (at < end && bytes[at] == ':') {
            int second = start + SECONDS <= end ? Digits.plain(bytes, at + 1, 2) : -1;
            if (second < 0 || second > 59) {
                return false;
            }
            seconds += second;
            at = start + SECONDS;
            int fractionEnd = fractionEnd(bytes, at, end);
            micros = micros(bytes, at, fractionEnd);
            at = fractionEnd;
        }
        long zone = hasZone ? zone(bytes, at, end) : at == end ? 0 : NONE;
        if (zone == NONE || micros == NONE) {
            return false;
        }
        vector.putLong(row, (seconds - zone) * 1_000_000 + micros);
        return true;
    }

    private static int fractionEnd(byte[] bytes, int start, int end) {
        int at = start;
        if (at < end && bytes[at] == '.') {
            at++;
            while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
                at++;
            }
        }
        return at;
    }

    /** Returns the microseconds of a fraction; digits behind the sixth must be zeros. */
    private static long micros(byte[] bytes, int start, int end) {
        if (start == end) {
            return 0;
        }
        int digits = end - start - 1;
        for (int i = start + 1 + MICROS; i < end; i++) {
            if (bytes[i] != '0') {
                return NONE;
            }
        }
        int used = Math.min(MICROS, digits);
        return used == 0 ? NONE : Digits.plain(bytes, start + 1, used) * Digits.POWERS[MICROS - used];
    }

    /** Returns the seconds that a zone is ahead: of {@code Z}, {@code +02:00} or {@code +0200}. */
    private static long zone(byte[] bytes, int start, int end) {
        if (end - start == 1 && bytes[start] == 'Z') {
            return 0;
        }
        int colon = end - start == 6 && bytes[start + 3] == ':' ? 1 : 0;
        if (end - start != 5 + colon || (bytes[start] != '+' && bytes[start] != '-')) {
            return NONE;
        }
        int hours = Digits.plain(bytes, start + 1, 2);
        int minutes = Digits.plain(bytes, start + 3 + colon, 2);
        int seconds = hours * 3600 + minutes * 60;
        if (hours < 0 || minutes < 0 || minutes > 59 || seconds > MOST_ZONE) {
            return NONE;
        }
        return bytes[start] == '-' ? -seconds : seconds;
    }
}
