package io.crossfoot.csv;

/** Decimal digits as numbers. */
final class Digits {
    /** How many digits a long holds in any case. */
    static final int MOST = 18;

    /** No number of at most 18 digits. */
    static final long NONE = Long.MIN_VALUE;

    static final long[] POWERS = new long[MOST + 1];

    static {
        POWERS[0] = 1;
        for (int i = 1; i <= MOST; i++) {
            POWERS[i] = 10 * POWERS[i - 1];
        }
    }

    private Digits() {}

    /**
     * Returns {@code [-]digits[.digits]} times ten to the power of {@code scale}; {@link #NONE} when the text is anything
     * else, or has more digits behind the point than {@code scale}, or more than 18 in all.
     */
    static long parse(byte[] bytes, int start, int end, int scale) {
        long usual = usual(bytes, start, end, scale);
        return usual >= 0 ? usual : any(bytes, start, end, scale);
    }

    /** Returns a number of digits with as many behind the point as there may be; less than 0 when it is written another way. */
    private static long usual(byte[] bytes, int start, int end, int scale) {
        if (scale == 0) {
            return most(bytes, start, end);
        }
        int point = end - 1 - scale;
        if (point <= start || bytes[point] != '.' || end - start > MOST) {
            return -1;
        }
        long whole = most(bytes, start, point);
        long decimals = most(bytes, point + 1, end);
        return whole < 0 || decimals < 0 ? -1 : whole * POWERS[scale] + decimals;
    }

    /** Returns 1 to 16 digits as a number; less than 0 when there are fewer or more, or anything else. */
    private static long most(byte[] bytes, int start, int end) {
        int length = end - start;
        if (length <= 0 || length > 2 * Long.BYTES || start + Long.BYTES > bytes.length) {
            return -1;
        }
        if (length <= Long.BYTES) {
            return Words.number(bytes, start, length);
        }
        long low = Words.number(bytes, end - Long.BYTES, Long.BYTES);
        long high = Words.number(bytes, start, length - Long.BYTES);
        return low < 0 || high < 0 ? -1 : high * POWERS[Long.BYTES] + low;
    }

    private static long any(byte[] bytes, int start, int end, int scale) {
        boolean negative = start < end && bytes[start] == '-';
        int first = negative ? start + 1 : start;
        if (end - first > MOST + 1) {
            return NONE;
        }
        long value = 0;
        int at = first;
        for (int digit; at < end && (digit = bytes[at] - '0') >= 0 && digit <= 9; at++) {
            value = 10 * value + digit;
        }
        int digits = at - first;
        int missing = scale;
        if (at < end && bytes[at] == '.') {
            int point = at++;
            for (int digit; at < end && (digit = bytes[at] - '0') >= 0 && digit <= 9; at++) {
                value = 10 * value + digit;
            }
            int decimals = at - point - 1;
            if (decimals == 0) {
                return NONE;
            }
            digits = digits == 0 ? MOST + 1 : digits + decimals;
            missing -= decimals;
        }
        if (at < end || digits == 0 || missing < 0 || digits + missing > MOST) {
            return NONE;
        }
        value *= POWERS[missing];
        return negative ? -value : value;
    }

    /** Returns a number of digits only; -1 when there is anything else. */
    static int plain(byte[] bytes, int start, int length) {
        int value = 0;
        for (int i = start; i < start + length; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return -1;
            }
            value = 10 * value + bytes[i] - '0';
        }
        return value;
    }
}
