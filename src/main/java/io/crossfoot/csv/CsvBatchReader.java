package io.crossfoot.csv;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.util.SerializableConfiguration;

/** Fills batches of columns with the records of a split. A batch does not reach over the end of a file. */
final class CsvBatchReader implements PartitionReader<ColumnarBatch> {
    private final CsvSpec spec;
    private final List<CsvFilter> filters;
    private final Configuration hadoop;
    private final Iterator<CsvSplit.Range> ranges;
    private final CsvFields fields;
    private final CsvMisfits misfits;
    private final List<CsvColumn> columns;
    private final ColumnarBatch batch;
    private final ColumnVector[] filtered;
    private final boolean[] kept;
    private CsvBytes bytes;

    /** Makes readers on executors. */
    record Factory(CsvSpec spec, List<CsvFilter> filters, SerializableConfiguration hadoop)
            implements PartitionReaderFactory {
        @Override
        public PartitionReader<InternalRow> createReader(InputPartition split) {
            throw new UnsupportedOperationException("this source reads columns");
        }

        @Override
        public PartitionReader<ColumnarBatch> createColumnarReader(InputPartition split) {
            return new CsvBatchReader(spec, filters, hadoop.value(), (CsvSplit) split);
        }

        @Override
        public boolean supportColumnarReads(InputPartition split) {
            return true;
        }
    }

    CsvBatchReader(CsvSpec spec, List<CsvFilter> filters, Configuration hadoop, CsvSplit split) {
        this.spec = spec;
        this.filters = filters;
        this.hadoop = hadoop;
        this.ranges = split.ranges().iterator();
        List<Integer> values = spec.columns().stream()
                .filter(column -> column.kind() == CsvSpec.Kind.VALUE)
                .map(CsvSpec.Column::value)
                .distinct()
                .toList();
        this.fields = new CsvFields(spec.dialect(), values);
        this.misfits = new CsvMisfits(spec, fields.capacity());
        this.columns = spec.columns().stream()
                .map(column -> CsvColumn.of(column, spec.dialect(), fields))
                .toList();
        this.batch = new ColumnarBatch(spec.shown().stream().map(this::vector).toArray(ColumnVector[]::new));
        this.filtered = filters.stream().map(filter -> vector(filter.column())).toArray(ColumnVector[]::new);
        this.kept = new boolean[fields.capacity()];
    }

    @Override
    public boolean next() throws IOException {
        while (true) {
            if (bytes == null && !openNext()) {
                return false;
            }
            bytes.read(fields);
            if (fields.rows() == 0) {
                bytes.close();
                bytes = null;
            } else if (fill()) {
                batch.setNumRows(fields.rows());
                return true;
            }
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
        columns.forEach(column -> column.vector().close());
    }

    private boolean openNext() throws IOException {
        if (!ranges.hasNext()) {
            return false;
        }
        CsvSplit.Range range = ranges.next();
        fields.expect(spec.layouts().get(range.file().layout()));
        misfits.in(range.file().path());
        bytes = new CsvBytes(spec, range, hadoop);
        for (CsvColumn column : columns) {
            if (column instanceof CsvColumn.OfFile constant) {
                constant.open(range.file());
            }
        }
        return true;
    }

    /** Makes values of the records, of those that pass the filters; returns whether any row is left. */
    private boolean fill() {
        misfits.clear();
        misfits.malformed(fields);
        if (!filters.isEmpty()) {
            fill(true);
            if (drops()) {
                misfits.clear();
                fields.keep(kept);
                misfits.malformed(fields);
                fill(true);
            }
        }
        fill(false);
        return fields.rows() > 0;
    }

    /** Fills the columns that are filtered by, or all others. */
    private void fill(boolean filtered) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i) instanceof CsvColumn.OfRows column
                    && filtered == isFiltered(spec.columns().get(i).name())) {
                column.vector().reset();
                column.fill(fields, misfits);
            }
        }
    }

    private boolean isFiltered(String name) {
        return filters.stream().anyMatch(filter -> filter.column().equals(name));
    }

    /** Marks the rows that pass; returns whether any does not. */
    private boolean drops() {
        boolean drops = false;
        for (int row = 0; row < fields.rows(); row++) {
            kept[row] = true;
            for (int i = 0; i < filtered.length; i++) {
                kept[row] &= filters.get(i).holds(filtered[i], row);
            }
            drops |= !kept[row];
        }
        return drops;
    }

    private ColumnVector vector(String name) {
        return columns.get(spec.columns().indexOf(spec.column(name))).vector();
    }
}
