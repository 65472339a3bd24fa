package io.crossfoot.csv;

import io.crossfoot.storage.Storage;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/** One scan of CSV files, when it is known which columns and rows are wanted. */
record CsvScan(CsvSpec spec, List<CsvFilter> filters) implements Scan, Batch, SupportsReportStatistics {
    /** How much larger than its file the text of a packed file is taken to be: too much costs less than too little. */
    private static final long UNPACKED = 5;

    @Override
    public StructType readSchema() {
        return spec.schema();
    }

    @Override
    public String description() {
        return "crossfoot-csv of %d files, pushed filters: [%s]"
                .formatted(
                        spec.files().size(),
                        filters.stream().map(CsvFilter::toString).collect(Collectors.joining(", ")));
    }

    @Override
    public Batch toBatch() {
        return this;
    }

    @Override
    public InputPartition[] planInputPartitions() {
        int cores = SparkSession.active().sparkContext().defaultParallelism();
        return CsvSplit.plan(spec, cores).toArray(InputPartition[]::new);
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        return new CsvBatchReader.Factory(
                spec.withoutFiles(),
                filters,
                new SerializableConfiguration(Storage.configuration(SparkSession.active())));
    }

    @Override
    public Statistics estimateStatistics() {
        long bytes = spec.files().stream()
                .mapToLong(file -> file.packed() ? UNPACKED * file.bytes() : file.bytes())
                .sum();
        return new Statistics() {
            @Override
            public OptionalLong sizeInBytes() {
                return OptionalLong.of(bytes);
            }

            @Override
            public OptionalLong numRows() {
                return OptionalLong.empty();
            }
        };
    }
}
