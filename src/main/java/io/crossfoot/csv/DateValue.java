package io.crossfoot.csv;

import org.apache.spark.sql.execution.vectorized.WritableColumnVector;

/** DATE: the days since 1970-01-01 in the calendar of today, whatever the year. */
record DateValue() implements CsvValue {
    private static final int LENGTH = 10;

    @Override
    public boolean put(WritableColumnVector vector, int row, byte[] bytes, int start, int end) {
        long day = end - start == LENGTH ? Days.parse(bytes, start) : Days.NONE;
        if (day == Days.NONE) {
            return false;
        }
        vector.putInt(row, (int) day);
        return true;
    }
}
