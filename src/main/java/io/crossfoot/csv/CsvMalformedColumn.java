package io.crossfoot.csv;

import org.apache.spark.sql.execution.vectorized.WritableColumnVector;

/** Records as they stand, where they could not be taken apart. */
record CsvMalformedColumn(WritableColumnVector vector) implements CsvColumn.OfRows {
    @Override
    public void fill(CsvFields fields, CsvMisfits misfits) {
        if (fields.malformedRows() == 0) {
            vector.putNulls(0, fields.rows());
            return;
        }
        for (int row = 0; row < fields.rows(); row++) {
            if (fields.isMalformed(row)) {
                CsvTextColumn.put(vector, row, fields.bytes(), fields.start(row), fields.end(row));
            } else {
                vector.putNull(row);
            }
        }
    }
}
