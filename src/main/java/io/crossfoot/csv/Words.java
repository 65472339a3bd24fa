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

    /** The same of ASCII less ASCII: no byte has its highest bit. */
    static long zerosOfAscii(long word) {
        return ~(word + LOWS) & HIGHS;
    }

    /** Returns whether there may be a byte that is a quote, a line end or another control, or no ASCII. */
    static boolean haveOdd(long word, long quotes) {
        return (((word ^ quotes) - ONES | word - 14 * ONES | word) & HIGHS) != 0;
    }

    /** Returns whether all bytes are ASCII and none is zero. */
    static boolean arePlain(long word) {
        return ((word - ONES | word) & HIGHS) == 0;
    }

    /** Returns eight bits, one for each byte, of marks that are the highest bits of bytes. */
    static long bits(long marks) {
        // each factor moves the mark of another byte to its place among the highest eight bits
        return marks * 0x0002040810204081L >>> 56;
    }

    /** Returns how many bits are set before the first of others. */
    static int countBefore(long bits, long others) {
        return Long.bitCount(bits & ((others & -others) - 1));
    }

    /** Returns how many bytes stand before the first marked one. */
    static int first(long marks) {
        return Long.numberOfTrailingZeros(marks) >>> 3;
    }

    /**
     * Returns the number that 1 to 8 decimal digits write; -1 when one of the bytes is none. Eight bytes are read.
     *
     * <p>Digits become pairs, pairs fours, and fours the number, each by one multiplication.
     */
    static long number(byte[] bytes, int place, int length) {
        // behind the last digit come zeros in front, as it were: the first byte is the lowest
        long digits = (at(bytes, place) ^ ONES * '0') << Byte.SIZE * (Long.BYTES - length);
        if (((digits + 0x76 * ONES | digits) & HIGHS) != 0) {
            return -1;
        }
        long pairs = digits * 10 + (digits >>> Byte.SIZE);
        return (pairs & 0x000000FF000000FFL) * 0x000F424000000064L
                        + (pairs >>> 16 & 0x000000FF000000FFL) * 0x0000271000000001L
                >>> Integer.SIZE;
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
