package io.crossfoot.csv;

import org.apache.spark.sql.execution.vectorized.WritableColumnVector;

/** Where records begin in their file. In a file that was decoded, nobody can tell. */
record CsvOffsetColumn(boolean isDecoded, WritableColumnVector vector) implements CsvColumn.OfRows {
    @Override
    public void fill(CsvFields fields, CsvMisfits misfits) {
        if (isDecoded) {
            vector.putNulls(0, fields.rows());
            return;
        }
        for (int row = 0; row < fields.rows(); row++) {
            vector.putLong(row, fields.offset(fields.start(row)));
        }
    }
}
