package io.crossfoot.source;

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
    static long parse(byte[] bytes, int start, int length, int scale) {
        int at = start;
        int end = start + length;
        boolean negative = at < end && bytes[at] == '-';
        if (negative) {
            at++;
        }
        long value = 0;
        int digits = 0;
        int fraction = -1;
        for (; at < end; at++) {
            int digit = bytes[at] - '0';
            if (digit >= 0 && digit <= 9) {
                value = 10 * value + digit;
                digits++;
                fraction += fraction >= 0 ? 1 : 0;
            } else if (bytes[at] == '.' && fraction < 0 && digits > 0) {
                fraction = 0;
            } else {
                return NONE;
            }
            if (digits > MOST) {
                return NONE;
            }
        }
        int missing = scale - Math.max(0, fraction);
        if (digits == 0 || fraction == 0 || missing < 0 || digits + missing > MOST) {
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
