package io.crossfoot.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.execution.vectorized.ConstantColumnVector;
import org.apache.spark.sql.execution.vectorized.OnHeapColumnVector;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.types.UTF8String;
import org.apache.spark.util.SerializableConfiguration;

/** Fills batches of columns with the records of a split. A batch does not reach over the end of a file. */
final class CsvBatchReader implements PartitionReader<ColumnarBatch> {
    private static final int ROWS = 4096;

    private final CsvSpec spec;
    private final Configuration hadoop;
    private final Iterator<CsvSplit.Range> ranges;
    private final StructType schema;
    private final ColumnVector[] vectors;
    private final CsvTypedValue[] typed;
    private final ColumnarBatch batch;
    private CsvBytes bytes;
    private String path = "";

    /** Makes readers on executors. */
    record Factory(CsvSpec spec, SerializableConfiguration hadoop) implements PartitionReaderFactory {
        @Override
        public PartitionReader<InternalRow> createReader(InputPartition split) {
            throw new UnsupportedOperationException("this source reads columns");
        }

        @Override
        public PartitionReader<ColumnarBatch> createColumnarReader(InputPartition split) {
            return new CsvBatchReader(spec, hadoop.value(), (CsvSplit) split);
        }

        @Override
        public boolean supportColumnarReads(InputPartition split) {
            return true;
        }
    }

    CsvBatchReader(CsvSpec spec, Configuration hadoop, CsvSplit split) {
        this.spec = spec;
        this.hadoop = hadoop;
        this.ranges = split.ranges().iterator();
        this.schema = spec.schema();
        this.vectors = new ColumnVector[spec.columns().size()];
        this.typed = new CsvTypedValue[vectors.length];
        for (int i = 0; i < vectors.length; i++) {
            DataType type = schema.fields()[i].dataType();
            boolean constant = isConstant(spec.columns().get(i).kind());
            vectors[i] = constant ? new ConstantColumnVector(ROWS, type) : new OnHeapColumnVector(ROWS, type);
            typed[i] = spec.columns().get(i).kind() == CsvSpec.Kind.TYPED ? CsvTypedValue.of(type) : null;
        }
        this.batch = new ColumnarBatch(vectors);
    }

    @Override
    public boolean next() throws IOException {
        while (true) {
            if (bytes == null && !openNext()) {
                return false;
            }
            int rows = fill();
            if (rows > 0) {
                batch.setNumRows(rows);
                return true;
            }
            bytes.close();
            bytes = null;
        }
    }

    @Override
    public ColumnarBatch get() {
        return batch;
    }

    @Override
    public void close() throws IOException {
        if (bytes != null) {
            bytes.close();
        }
        batch.close();
    }

    private boolean openNext() throws IOException {
        if (!ranges.hasNext()) {
            return false;
        }
        CsvSplit.Range range = ranges.next();
        path = range.file().path();
        bytes = new CsvBytes(range, spec.dialect(), hadoop);
        if (spec.headed() && range.start() == 0) {
            // the header is the first record that is not blank
            bytes.next();
        }
        for (int i = 0; i < vectors.length; i++) {
            CsvSpec.Column column = spec.columns().get(i);
            if (vectors[i] instanceof ConstantColumnVector constant) {
                String value = column.kind() == CsvSpec.Kind.FILE
                        ? path
                        : range.file().partitions().get(column.name());
                if (value == null) {
                    constant.setNull();
                } else {
                    constant.setNotNull();
                    constant.setUtf8String(UTF8String.fromString(value));
                }
            }
        }
        return true;
    }

    private int fill() throws IOException {
        for (ColumnVector vector : vectors) {
            if (vector instanceof WritableColumnVector writable) {
                writable.reset();
            }
        }
        int row = 0;
        while (row < ROWS && bytes.next()) {
            put(row);
            row++;
        }
        return row;
    }

    private void put(int row) throws IOException {
        CsvRecord record = bytes.record();
        if (record.isOpen() && spec.dialect().multiline()) {
            throw new IllegalArgumentException(
                    "Cannot read %s: %s: the quote in line %d is never closed; close it, or read without --csv-multiline"
                            .formatted(spec.table(), path, bytes.line(hadoop)));
        }
        boolean malformed = record.isBroken() || record.size() != spec.width();
        for (int i = 0; i < vectors.length; i++) {
            if (!(vectors[i] instanceof WritableColumnVector vector)) {
                continue;
            }
            CsvSpec.Column column = spec.columns().get(i);
            if (column.kind() == CsvSpec.Kind.MALFORMED) {
                if (malformed) {
                    putText(vector, row, bytes.buffer(), bytes.from(), bytes.to() - bytes.from());
                } else {
                    vector.putNull(row);
                }
            } else if (malformed || record.isNull(column.position())) {
                vector.putNull(row);
            } else if (typed[i] != null) {
                typed[i].put(
                        vector, row, bytes.buffer(), record.start(column.position()), record.length(column.position()));
            } else if (record.hasDoubledQuotes(column.position())) {
                byte[] value = record.undouble(bytes.buffer(), column.position());
                putText(vector, row, value, 0, value.length);
            } else {
                putText(vector, row, bytes.buffer(), record.start(column.position()), record.length(column.position()));
            }
        }
    }

    /** Text that is not UTF-8 gets the replacement character where it is not, which no contract accepts. */
    private static void putText(WritableColumnVector vector, int row, byte[] from, int start, int length) {
        byte highest = 0;
        for (int i = start; i < start + length; i++) {
            highest |= from[i];
        }
        if (highest < 0) {
            byte[] decoded = new String(from, start, length, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
            vector.putByteArray(row, decoded, 0, decoded.length);
        } else {
            vector.putByteArray(row, from, start, length);
        }
    }

    private static boolean isConstant(CsvSpec.Kind kind) {
        return kind == CsvSpec.Kind.PARTITION || kind == CsvSpec.Kind.FILE;
    }
}
