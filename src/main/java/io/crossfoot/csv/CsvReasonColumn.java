package io.crossfoot.csv;

import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;

/** What is wrong with rows; to be filled when all values are. */
record CsvReasonColumn(CsvSpec.Kind kind, WritableColumnVector vector) implements CsvColumn.OfRows {
    @Override
    public void fill(CsvFields fields, CsvMisfits misfits) {
        for (int row = 0; row < fields.rows(); row++) {
            CsvMisfits.Problem problem = misfits.of(row);
            byte[] text = problem == null ? null : text(problem);
            if (text == null) {
                vector.putNull(row);
            } else {
                CsvTextColumn.put(vector, row, text, 0, text.length);
            }
        }
    }

    private byte[] text(CsvMisfits.Problem problem) {
        return switch (kind) {
            case REASON -> problem.reason().getBytes(StandardCharsets.UTF_8);
            case REASON_COLUMN ->
                problem.column() == null ? null : problem.column().getBytes(StandardCharsets.UTF_8);
            default -> problem.value();
        };
    }
}
