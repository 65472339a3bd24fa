package io.crossfoot.csv;

import java.util.Arrays;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;

/** Texts, as they stand. One that is not UTF-8 is a misfit; where those are null, it has U+FFFD, which no contract accepts. */
record CsvTextColumn(CsvSpec.Column column, long[] places, WritableColumnVector vector) implements CsvColumn.OfRows {
    @Override
    public void fill(CsvFields fields, CsvMisfits misfits) {
        byte[] bytes = fields.bytes();
        boolean plain = fields.arePlain();
        for (int row = 0; row < fields.rows(); row++) {
            long place = places[row];
            if (place == Place.NULL) {
                vector.putNull(row);
                if (!column.nullable() && !fields.isMalformed(row)) {
                    misfits.missing(row, column, fields.offset(fields.start(row)));
                }
            } else if (plain && !Place.hasDoubledQuotes(place)) {
                vector.putByteArray(row, bytes, Place.start(place), Place.length(place));
            } else {
                putUnusual(row, fields, misfits);
            }
        }
    }

    private void putUnusual(int row, CsvFields fields, CsvMisfits misfits) {
        long place = places[row];
        if (!fields.arePlain()) {
            for (int i = Place.start(place); i < Place.end(place); i++) {
                if (fields.bytes()[i] == 0) {
                    misfits.zero(fields.offset(i));
                }
            }
        }
        if (Place.hasDoubledQuotes(place)) {
            byte[] single = fields.record().undoubled(fields.bytes(), place);
            put(row, single, 0, single.length, fields, misfits);
        } else {
            put(row, fields.bytes(), Place.start(place), Place.end(place), fields, misfits);
        }
    }

    private void put(int row, byte[] bytes, int start, int end, CsvFields fields, CsvMisfits misfits) {
        if (Utf8.isValid(bytes, start, end)) {
            vector.putByteArray(row, bytes, start, end - start);
        } else if (misfits.areFound()) {
            vector.putNull(row);
            byte[] text = Arrays.copyOfRange(bytes, start, end);
            misfits.undecodable(row, column, text, fields.offset(fields.start(row)));
        } else {
            putReplaced(vector, row, bytes, start, end);
        }
    }

    static void put(WritableColumnVector vector, int row, byte[] bytes, int start, int end) {
        if (Utf8.isValid(bytes, start, end)) {
            vector.putByteArray(row, bytes, start, end - start);
        } else {
            putReplaced(vector, row, bytes, start, end);
        }
    }

    private static void putReplaced(WritableColumnVector vector, int row, byte[] bytes, int start, int end) {
        byte[] replaced = Utf8.replaced(bytes, start, end);
        vector.putByteArray(row, replaced, 0, replaced.length);
    }
}
