package io.crossfoot.tally;

import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.OutputWriter;
import org.apache.spark.sql.execution.datasources.OutputWriterFactory;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.AccumulatorContext;
import scala.collection.immutable.Map;

/** Spark's Parquet, whose rows are added to a tally when their file is whole. */
public final class TalliedParquet extends ParquetFileFormat {
    private static final long serialVersionUID = 1L;
    private static final String TALLY = "crossfoot.tally";

    /** Lets a writer write Parquet and add its rows to a tally. */
    public static DataFrameWriter<Row> adding(DataFrameWriter<Row> writer, Tally tally) {
        return writer.format(TalliedParquet.class.getName()).option(TALLY, tally.id());
    }

    @Override
    public OutputWriterFactory prepareWrite(
            SparkSession spark, Job job, Map<String, String> options, StructType schema) {
        long id = Long.parseLong(options.get(TALLY).get());
        Tally tally = (Tally) AccumulatorContext.get(id).get();
        OutputWriterFactory files = super.prepareWrite(spark, job, options, schema);
        return tally.canAdd(schema) ? new Files(files, tally) : files;
    }

    private static final class Files extends OutputWriterFactory {
        private static final long serialVersionUID = 1L;

        private final OutputWriterFactory files;
        private final Tally tally;

        Files(OutputWriterFactory files, Tally tally) {
            this.files = files;
            this.tally = tally;
        }

        @Override
        public String getFileExtension(TaskAttemptContext task) {
            return files.getFileExtension(task);
        }

        @Override
        public OutputWriter newInstance(String path, StructType schema, TaskAttemptContext task) {
            return new File(files.newInstance(path, schema, task), tally, tally.ofFile(schema));
        }
    }

    private static final class File extends OutputWriter {
        private final OutputWriter file;
        private final Tally tally;
        private final TalliedRows rows;

        File(OutputWriter file, Tally tally, TalliedRows rows) {
            this.file = file;
            this.tally = tally;
            this.rows = rows;
        }

        @Override
        public void write(InternalRow row) {
            file.write(row);
            rows.add(row);
        }

        @Override
        public void close() {
            file.close();
            tally.add(rows.sums());
        }

        @Override
        public String path() {
            return file.path();
        }
    }
}
