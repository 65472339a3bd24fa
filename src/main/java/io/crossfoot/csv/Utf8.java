package io.crossfoot.csv;

import java.nio.charset.StandardCharsets;

/** Text that ought to be UTF-8. */
final class Utf8 {
    private Utf8() {}

    /** Returns the text with U+FFFD where it is not UTF-8: the same bytes when it is. */
    static byte[] replaced(byte[] bytes, int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    }

    /** Returns whether bytes are UTF-8, with no sequence too long, no half of a pair, and nothing beyond U+10FFFF. */
    static boolean isValid(byte[] bytes, int start, int end) {
        int at = start;
        while (at < end) {
            int length = bytes[at] >= 0 ? 1 : length(bytes, at, end);
            if (length == 0) {
                return false;
            }
            at += length;
        }
        return true;
    }

    /** Returns the length of the sequence that begins here; 0 when it is none. */
    private static int length(byte[] bytes, int at, int end) {
        int first = bytes[at] & 0xFF;
        int length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
        if (length == 0 || at + length > end) {
            return 0;
        }
        for (int i = at + 1; i < at + length; i++) {
            if ((bytes[i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        int second = bytes[at + 1] & 0xFF;
        boolean wrong = (first == 0xE0 && second < 0xA0)
                || (first == 0xED && second > 0x9F)
                || (first == 0xF0 && second < 0x90)
                || (first == 0xF4 && second > 0x8F);
        return wrong ? 0 : length;
    }
}
