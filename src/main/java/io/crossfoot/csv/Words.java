package io.crossfoot.csv;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes at once, as a long whose lowest byte is the first. */
final class Words {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long LOWS = ~HIGHS;

    private Words() {}

    static long at(byte[] bytes, int place) {
        return (long) LONGS.get(bytes, place);
    }

    /** Returns a word that holds the same byte eight times. */
    static long of(byte repeated) {
        return ONES * (repeated & 0xFF);
    }

    /** Returns a word whose lowest bit marks the first byte that is zero; bits behind it mean nothing, none is no bit. */
    static long zeros(long word) {
        return (word - ONES) & ~word & HIGHS;
    }

    /** Returns a word that marks, by its highest bit, each byte that is zero, and no other. */
    static long exactZeros(long word) {
        return ~(((word & LOWS) + LOWS) | word | LOWS);
    }

    /** Returns a word that is not zero where a byte is less than 14: a line end, a tab, or no text. */
    static long controls(long word) {
        return (word - 14 * ONES) & ~word & HIGHS;
    }

    /** Returns how many bytes are marked. */
    static int count(long marks) {
        return Long.bitCount(marks);
    }

    /** Returns how many bytes are marked before the first of others. */
    static int countBefore(long marks, long others) {
        return Long.bitCount(marks & ((others & -others) - 1));
    }

    /** Returns how many bytes stand before the first marked one. */
    static int first(long marks) {
        return Long.numberOfTrailingZeros(marks) >>> 3;
    }

    /** Returns whether all bytes are ASCII and none is zero. */
    static boolean arePlain(byte[] bytes, int from, int to) {
        long odd = 0;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long word = at(bytes, at);
            odd |= (word - ONES) | word;
        }
        for (; at < to; at++) {
            odd |= (bytes[at] - 1) | bytes[at];
        }
        return (odd & HIGHS) == 0;
    }
}
