package io.crossfoot.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WordsTest {
    private static final byte[] LETTERS = "abcdefgh".getBytes(StandardCharsets.US_ASCII);

    /** The word in which one byte is another. */
    private static long with(int place, int other) {
        byte[] bytes = LETTERS.clone();
        bytes[place] = (byte) other;
        return Words.at(bytes, 0);
    }

    @Test
    void oddIsWhatIsAQuoteAControlOrNoAscii() {
        for (char quote : "\"'$\0\b".toCharArray()) {
            for (int place = 0; place < Long.BYTES; place++) {
                for (int other = 0; other < 256; other++) {
                    boolean isOdd = other < 14 || other > 127 || other == quote;
                    assertThat(Words.haveOdd(with(place, other), Words.of((byte) quote)))
                            .as("byte %d at %d, quote %d", other, place, (int) quote)
                            .isEqualTo(isOdd);
                }
            }
        }
    }

    @Test
    void marksAreZerosAndNothingElse() {
        for (int set = 0; set < 256; set++) {
            byte[] bytes = new byte[Long.BYTES];
            byte[] high = new byte[Long.BYTES];
            for (int place = 0; place < Long.BYTES; place++) {
                boolean isMarked = (set & 1 << place) != 0;
                // one is what a mark may spill into, 128 what is no ASCII
                bytes[place] = (byte) (isMarked ? 0 : 1);
                high[place] = (byte) (isMarked ? 0 : 128);
            }
            assertThat(Words.bits(Words.zerosOfAscii(Words.at(bytes, 0)))).isEqualTo(set);
            assertThat(Words.bits(Words.exactZeros(Words.at(bytes, 0)))).isEqualTo(set);
            assertThat(Words.bits(Words.exactZeros(Words.at(high, 0)))).isEqualTo(set);
        }
    }

    @Test
    void digitsAreANumberAndNothingElseIs() {
        byte[] digits = "90817263".getBytes(StandardCharsets.US_ASCII);
        for (int length = 1; length <= digits.length; length++) {
            // what stands behind is of no matter
            byte[] bytes = Arrays.copyOf(Arrays.copyOf(digits, length), 16);
            assertThat(Words.number(bytes, 0, length))
                    .isEqualTo(Long.parseLong(new String(digits, 0, length, StandardCharsets.US_ASCII)));
            for (int place = 0; place < length; place++) {
                for (int other :
                        IntStream.range(0, 256).filter(b -> b < '0' || b > '9').toArray()) {
                    byte[] wrong = bytes.clone();
                    wrong[place] = (byte) other;
                    assertThat(Words.number(wrong, 0, length))
                            .as("byte %d at %d of %d", other, place, length)
                            .isEqualTo(-1);
                }
            }
        }
    }
}
