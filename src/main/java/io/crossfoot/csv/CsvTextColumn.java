package io.crossfoot.csv;

import org.apache.spark.sql.execution.vectorized.WritableColumnVector;

/** Texts, as they stand. Bytes that are not UTF-8 become U+FFFD, which no contract accepts. */
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
            put(vector, row, single, 0, single.length);
        } else {
            put(vector, row, fields.bytes(), Place.start(place), Place.end(place));
        }
    }

    static void put(WritableColumnVector vector, int row, byte[] bytes, int start, int end) {
        if (Utf8.isValid(bytes, start, end)) {
            vector.putByteArray(row, bytes, start, end - start);
        } else {
            byte[] replaced = Utf8.replaced(bytes, start, end);
            vector.putByteArray(row, replaced, 0, replaced.length);
        }
    }
}
