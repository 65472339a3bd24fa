package io.crossfoot.csv;

import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;

/** FLOAT and DOUBLE: the nearest value, which is finite. */
record FloatingValue(boolean isSingle) implements CsvValue {
    /** Whole numbers of so many digits, and powers of ten so high, are doubles; so one division rounds once. */
    private static final int EXACT_DIGITS = 15;

    @Override
    public boolean put(WritableColumnVector vector, int row, byte[] bytes, int start, int end) {
        if (!isSingle && putShort(vector, row, bytes, start, end)) {
            return true;
        }
        if (!ExactNumber.isNumber(bytes, start, end)) {
            return false;
        }
        String text = new String(bytes, start, end - start, StandardCharsets.US_ASCII);
        if (isSingle) {
            float value = Float.parseFloat(text);
            if (Float.isFinite(value)) {
                vector.putFloat(row, value);
            }
            return Float.isFinite(value);
        }
        double value = Double.parseDouble(text);
        if (Double.isFinite(value)) {
            vector.putDouble(row, value);
        }
        return Double.isFinite(value);
    }

    private static boolean putShort(WritableColumnVector vector, int row, byte[] bytes, int start, int end) {
        if (end - start > EXACT_DIGITS + 1 || (start < end && bytes[start] == '-')) {
            return false;
        }
        int point = start;
        while (point < end && bytes[point] != '.') {
            point++;
        }
        int decimals = Math.max(0, end - point - 1);
        long digits = Digits.parse(bytes, start, end, decimals);
        if (digits == Digits.NONE || digits >= Digits.POWERS[EXACT_DIGITS]) {
            return false;
        }
        vector.putDouble(row, (double) digits / Digits.POWERS[decimals]);
        return true;
    }
}
