package io.crossfoot.csv;

import java.util.Map;
import org.apache.spark.sql.execution.vectorized.ConstantColumnVector;
import org.apache.spark.sql.execution.vectorized.OnHeapColumnVector;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.unsafe.types.UTF8String;

/** A column of the batches of a task: how its vector is filled. */
sealed interface CsvColumn permits CsvColumn.OfFile, CsvColumn.OfRows {
    ColumnVector vector();

    /** The same value for all rows of a file: its path, or what a folder says. */
    record OfFile(CsvSpec.Column column, ColumnVector vector, int rows) implements CsvColumn {
        static OfFile of(CsvSpec.Column column, int rows) {
            DataType type = column.dataType();
            boolean isText = CsvValue.of(type).isEmpty();
            return new OfFile(
                    column, isText ? new ConstantColumnVector(rows, type) : new OnHeapColumnVector(rows, type), rows);
        }

        void open(CsvSpec.Input file) {
            Map<String, String> folders = file.partitions();
            String text = column.kind() == CsvSpec.Kind.FILE ? file.path() : folders.get(column.name());
            if (vector instanceof ConstantColumnVector constant) {
                if (text == null) {
                    constant.setNull();
                } else {
                    constant.setNotNull();
                    constant.setUtf8String(UTF8String.fromString(text));
                }
            } else if (vector instanceof WritableColumnVector writable) {
                writable.reset();
                for (int row = 0; row < rows; row++) {
                    column.put(text, writable, row);
                }
            }
        }
    }

    /** A value for each row. */
    non-sealed interface OfRows extends CsvColumn {
        @Override
        WritableColumnVector vector();

        /** Fills the vector, which was reset, with the rows of a batch. */
        void fill(CsvFields fields, CsvMisfits misfits);
    }

    static CsvColumn of(CsvSpec.Column column, CsvDialect dialect, CsvFields fields) {
        DataType type = column.dataType();
        int rows = fields.capacity();
        return switch (column.kind()) {
            case PARTITION, FILE -> OfFile.of(column, rows);
            case VALUE ->
                CsvValue.of(type)
                        .<CsvColumn>map(value -> new CsvTypedColumn(
                                column, type, value, fields.places(column.value()), new OnHeapColumnVector(rows, type)))
                        .orElseGet(() -> new CsvTextColumn(
                                column, fields.places(column.value()), new OnHeapColumnVector(rows, type)));
            case OFFSET -> new CsvOffsetColumn(dialect.mustDecode(), new OnHeapColumnVector(rows, type));
            case MALFORMED -> new CsvMalformedColumn(new OnHeapColumnVector(rows, type));
            case REASON, REASON_COLUMN, REASON_VALUE ->
                new CsvReasonColumn(column.kind(), new OnHeapColumnVector(rows, type));
        };
    }
}
