package io.crossfoot.csv;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Numbers in any spelling: {@code +1.50}, {@code .5}, {@code 5.}, {@code 1.5e3}. */
final class ExactNumber {
    private static final int MOST_DIGITS = 38;
    private static final int MOST_EXPONENT_DIGITS = 3;

    private final byte[] bytes;
    private final int end;
    private int at;

    private ExactNumber(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.at = start;
        this.end = end;
    }

    /** Returns whether a text is a number at all. */
    static boolean isNumber(byte[] bytes, int start, int end) {
        ExactNumber number = new ExactNumber(bytes, start, end);
        number.skipSign();
        int whole = number.skipDigits();
        int fraction = number.skipFraction();
        return whole + Math.max(0, fraction) > 0 && number.exponent() != null;
    }

    /**
     * Returns the number times ten to the power of {@code scale}; null when the text is no number, when a digit would be
     * left behind the point, or when there are more than 38 digits. An exponent moves the point past digits, not past the
     * zeros among them: {@code 10e-1} has one digit behind the point.
     */
    static BigInteger unscaled(byte[] bytes, int start, int end, int scale) {
        ExactNumber number = new ExactNumber(bytes, start, end);
        boolean negative = number.skipSign();
        int wholeStart = number.at;
        int wholeLength = number.skipDigits();
        int fractionStart = number.at + 1;
        int fractionLength = number.skipFraction();
        Integer exponent = number.exponent();
        if (wholeLength + Math.max(0, fractionLength) == 0 || exponent == null) {
            return null;
        }
        int decimals = Math.max(0, fractionLength);
        while (decimals > 0 && bytes[fractionStart + decimals - 1] == '0') {
            decimals--;
        }
        int missing = scale - (decimals - exponent);
        String digits = withoutZeros(text(bytes, wholeStart, wholeLength) + text(bytes, fractionStart, decimals));
        if (missing < 0 || digits.length() > MOST_DIGITS) {
            return null;
        }
        BigInteger value = digits.isEmpty() ? BigInteger.ZERO : new BigInteger(digits);
        if (value.signum() == 0) {
            return value;
        }
        if (digits.length() + (long) missing > MOST_DIGITS) {
            return null;
        }
        BigInteger scaled = value.multiply(BigInteger.TEN.pow(missing));
        return negative ? scaled.negate() : scaled;
    }

    /** Returns how many decimal digits a number has. */
    static int digits(BigInteger number) {
        return number.abs().toString().length();
    }

    private boolean skipSign() {
        boolean signed = at < end && (bytes[at] == '-' || bytes[at] == '+');
        at += signed ? 1 : 0;
        return signed && bytes[at - 1] == '-';
    }

    private int skipDigits() {
        int from = at;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at - from;
    }

    /** Returns how many digits stand behind the point; -1 where there is no point. */
    private int skipFraction() {
        if (at == end || bytes[at] != '.') {
            return -1;
        }
        at++;
        return skipDigits();
    }

    /** Returns the exponent that ends the text, 0 where there is none, and null where something else ends it. */
    private Integer exponent() {
        if (at == end) {
            return 0;
        }
        if (bytes[at] != 'e' && bytes[at] != 'E') {
            return null;
        }
        at++;
        boolean negative = skipSign();
        int from = at;
        int length = skipDigits();
        if (at != end || length == 0 || length > MOST_EXPONENT_DIGITS) {
            return null;
        }
        int exponent = Digits.plain(bytes, from, length);
        return negative ? -exponent : exponent;
    }

    private static String text(byte[] bytes, int start, int length) {
        return new String(bytes, start, length, StandardCharsets.US_ASCII);
    }

    private static String withoutZeros(String digits) {
        int at = 0;
        while (at < digits.length() && digits.charAt(at) == '0') {
            at++;
        }
        return digits.substring(at);
    }
}
