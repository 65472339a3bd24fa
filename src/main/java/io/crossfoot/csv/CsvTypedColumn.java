package io.crossfoot.csv;

import java.util.Arrays;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataType;

/** Values of a type other than text. Blank text is no value. */
record CsvTypedColumn(CsvSpec.Column column, DataType type, CsvValue value, long[] places, WritableColumnVector vector)
        implements CsvColumn.OfRows {
    @Override
    public void fill(CsvFields fields, CsvMisfits misfits) {
        byte[] bytes = fields.bytes();
        for (int row = 0; row < fields.rows(); row++) {
            long place = places[row];
            if (place == Place.NULL
                    || Place.hasDoubledQuotes(place)
                    || !value.put(vector, row, bytes, Place.start(place), Place.end(place))) {
                putUnusual(row, fields, misfits);
            }
        }
    }

    private void putUnusual(int row, CsvFields fields, CsvMisfits misfits) {
        long place = places[row];
        byte[] bytes = fields.bytes();
        int start = Place.start(place);
        int end = Place.end(place);
        if (Place.hasDoubledQuotes(place)) {
            bytes = fields.record().undoubled(bytes, place);
            start = 0;
            end = bytes.length;
            if (value.put(vector, row, bytes, start, end)) {
                return;
            }
        }
        if (value.putStripped(vector, row, bytes, start, end)) {
            return;
        }
        vector.putNull(row);
        if (fields.isMalformed(row)) {
            return;
        }
        long offset = fields.offset(fields.start(row));
        if (!isBlank(bytes, start, end)) {
            misfits.inexact(row, column, type, Arrays.copyOfRange(bytes, start, end), offset);
        } else if (!column.nullable()) {
            misfits.missing(row, column, offset);
        }
    }

    private static boolean isBlank(byte[] bytes, int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] != ' ') {
                return false;
            }
        }
        return true;
    }
}
