package io.crossfoot.csv;

import java.math.BigInteger;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;

/** TINYINT, SMALLINT, INT and BIGINT. */
record WholeValue(long least, long greatest) implements CsvValue {
    @Override
    public boolean put(WritableColumnVector vector, int row, byte[] bytes, int start, int end) {
        long value = Digits.parse(bytes, start, end, 0);
        if (value != Digits.NONE) {
            return put(vector, row, value);
        }
        BigInteger exact = ExactNumber.unscaled(bytes, start, end, 0);
        return exact != null && exact.bitLength() < Long.SIZE && put(vector, row, exact.longValue());
    }

    private boolean put(WritableColumnVector vector, int row, long value) {
        if (value < least || value > greatest) {
            return false;
        }
        if (greatest == Integer.MAX_VALUE) {
            vector.putInt(row, (int) value);
        } else if (greatest == Long.MAX_VALUE) {
            vector.putLong(row, value);
        } else if (greatest == Short.MAX_VALUE) {
            vector.putShort(row, (short) value);
        } else {
            vector.putByte(row, (byte) value);
        }
        return true;
    }
}
