package io.crossfoot.csv;

import java.math.BigInteger;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;

/** DECIMAL: an int, a long, or the bytes of a big integer, as Spark keeps it by its precision. */
record DecimalValue(int precision, int scale) implements CsvValue {
    private static final int IN_INT = 9;

    @Override
    public boolean put(WritableColumnVector vector, int row, byte[] bytes, int start, int end) {
        long quick = Digits.parse(bytes, start, end, scale);
        if (quick != Digits.NONE) {
            return put(vector, row, quick);
        }
        BigInteger exact = ExactNumber.unscaled(bytes, start, end, scale);
        if (exact == null || ExactNumber.digits(exact) > precision) {
            return false;
        }
        if (precision <= Digits.MOST) {
            return put(vector, row, exact.longValue());
        }
        byte[] unscaled = exact.toByteArray();
        vector.putByteArray(row, unscaled, 0, unscaled.length);
        return true;
    }

    private boolean put(WritableColumnVector vector, int row, long unscaled) {
        if (precision > Digits.MOST) {
            byte[] big = BigInteger.valueOf(unscaled).toByteArray();
            vector.putByteArray(row, big, 0, big.length);
            return true;
        }
        if (Math.abs(unscaled) >= Digits.POWERS[precision]) {
            return false;
        }
        if (precision <= IN_INT) {
            vector.putInt(row, (int) unscaled);
        } else {
            vector.putLong(row, unscaled);
        }
        return true;
    }
}
