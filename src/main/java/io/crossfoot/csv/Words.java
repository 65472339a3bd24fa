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

    /** Returns a word that marks, by its highest bit, each byte that is zero in one of three words, and no other. */
    static long zeros(long one, long two, long three) {
        return ~((highs(one) & highs(two) & highs(three)) | LOWS);
    }

    /** Returns a word in which the highest bit of a byte is not set where the byte is zero, and only there. */
    private static long highs(long word) {
        return ((word & LOWS) + LOWS) | word;
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
