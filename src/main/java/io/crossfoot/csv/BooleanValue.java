package io.crossfoot.csv;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;

/** BOOLEAN, by the words that Spark takes for one. */
record BooleanValue() implements CsvValue {
    private static final Set<String> TRUE = Set.of("t", "true", "y", "yes", "1");
    private static final Set<String> FALSE = Set.of("f", "false", "n", "no", "0");
    private static final int LONGEST = 5;

    @Override
    public boolean put(WritableColumnVector vector, int row, byte[] bytes, int start, int end) {
        int from = start;
        int to = end;
        while (from < to && isControl(bytes[from])) {
            from++;
        }
        while (to > from && isControl(bytes[to - 1])) {
            to--;
        }
        if (to - from > LONGEST) {
            return false;
        }
        String word = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        boolean holds = TRUE.contains(word);
        if (!holds && !FALSE.contains(word)) {
            return false;
        }
        vector.putBoolean(row, holds);
        return true;
    }

    /** Spark strips these, too. */
    private static boolean isControl(byte character) {
        return (character >= 0 && character <= ' ') || character == 0x7F;
    }
}
