package io.crossfoot.source;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.apache.spark.util.SerializableConfiguration;

/** The strict CSV reader as a data source of Spark: it hands out columns of batches, as Parquet's reader does. */
public final class CsvDataSource implements TableProvider {
    @Override
    public StructType inferSchema(CaseInsensitiveStringMap options) {
        return CsvSpec.ofJson(options.get(CsvSpec.OPTION)).schema();
    }

    @Override
    public Table getTable(StructType schema, Transform[] partitioning, Map<String, String> properties) {
        return new CsvTable(CsvSpec.ofJson(properties.get(CsvSpec.OPTION)));
    }

    private record CsvTable(CsvSpec spec) implements Table, SupportsRead {
        @Override
        public String name() {
            return "crossfoot-csv";
        }

        @Override
        @SuppressWarnings("deprecation") // what takes its place is not there in Spark 3.3
        public StructType schema() {
            return spec.schema();
        }

        @Override
        public Set<TableCapability> capabilities() {
            return Set.of(TableCapability.BATCH_READ);
        }

        @Override
        public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
            return new Builder(spec);
        }
    }

    private static final class Builder implements ScanBuilder, SupportsPushDownRequiredColumns {
        private final CsvSpec spec;
        private List<String> required;

        Builder(CsvSpec spec) {
            this.spec = spec;
            this.required = Arrays.asList(spec.schema().fieldNames());
        }

        @Override
        public void pruneColumns(StructType columns) {
            required = Arrays.asList(columns.fieldNames());
        }

        @Override
        public Scan build() {
            List<CsvSpec.Column> columns = required.stream()
                    .map(name -> spec.columns().stream()
                            .filter(column -> column.name().equals(name))
                            .findFirst()
                            .orElseThrow())
                    .toList();
            return new CsvScan(spec.withColumns(columns));
        }
    }

    private record CsvScan(CsvSpec spec) implements Scan, Batch, SupportsReportStatistics {
        @Override
        public StructType readSchema() {
            return spec.schema();
        }

        @Override
        public String description() {
            return "crossfoot-csv of %d files".formatted(spec.files().size());
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
                    spec.withoutFiles(), new SerializableConfiguration(Storage.configuration(SparkSession.active())));
        }

        @Override
        public Statistics estimateStatistics() {
            long bytes = spec.files().stream().mapToLong(CsvSpec.Input::bytes).sum();
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
}
