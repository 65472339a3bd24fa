package io.crossfoot.csv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.connector.catalog.SupportsMetadataColumns;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsPushDownV2Filters;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * CSV files as a table of Spark. Only columns that are asked for are made of bytes; whether a record has the right number
 * of values, and its quotes in order, is seen for each all the same.
 */
public record CsvTable(CsvSpec spec) implements Table, SupportsRead, SupportsMetadataColumns {
    /** Returns the table that {@link CsvSpec#OPTION} describes. */
    public static CsvTable of(Map<String, String> options) {
        return new CsvTable(CsvSpec.ofJson(options.get(CsvSpec.OPTION)));
    }

    @Override
    public String name() {
        return "crossfoot-csv";
    }

    @Override
    @SuppressWarnings("deprecation") // what takes its place is not there in Spark 3.3
    public StructType schema() {
        return spec.schema();
    }

    /** Columns that are there for whoever names them. */
    @Override
    public MetadataColumn[] metadataColumns() {
        return spec.columns().stream()
                .filter(column -> !spec.shown().contains(column.name()))
                .map(Hidden::new)
                .toArray(MetadataColumn[]::new);
    }

    private record Hidden(CsvSpec.Column column) implements MetadataColumn {
        @Override
        public String name() {
            return column.name();
        }

        @Override
        public DataType dataType() {
            return column.dataType();
        }
    }

    @Override
    public Set<TableCapability> capabilities() {
        return Set.of(TableCapability.BATCH_READ);
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
        return spec.misfits() == CsvSpec.Misfits.NULL ? new Builder(spec) : new FilteringBuilder(spec);
    }

    /** Every record is a row: whoever reads with {@link CsvSpec.Misfits#NULL} counts them all. */
    private static class Builder implements ScanBuilder, SupportsPushDownRequiredColumns {
        private final CsvSpec spec;
        private List<String> required;

        Builder(CsvSpec spec) {
            this.spec = spec;
            this.required = spec.shown();
        }

        @Override
        public void pruneColumns(StructType columns) {
            required = Arrays.asList(columns.fieldNames());
        }

        @Override
        public Scan build() {
            return new CsvScan(read(List.of()), List.of());
        }

        /** Returns what is read to show the required columns, and to filter by others. */
        final CsvSpec read(List<CsvFilter> filters) {
            Set<String> names = new LinkedHashSet<>(required);
            filters.forEach(filter -> names.add(filter.column()));
            boolean isJudged = spec.columns().stream()
                    .anyMatch(column -> column.kind().isReason() && names.contains(column.name()));
            List<CsvSpec.Column> columns = spec.columns().stream()
                    .filter(column -> names.contains(column.name())
                            // what is wrong with a row does not depend on who looks at it
                            || (isJudged && column.kind() == CsvSpec.Kind.VALUE))
                    .toList();
            return spec.reading(columns, required);
        }
    }

    private static final class FilteringBuilder extends Builder implements SupportsPushDownV2Filters {
        private final CsvSpec spec;
        private final List<Predicate> pushed = new ArrayList<>();
        private final List<CsvFilter> filters = new ArrayList<>();

        FilteringBuilder(CsvSpec spec) {
            super(spec);
            this.spec = spec;
        }

        @Override
        public Predicate[] pushPredicates(Predicate[] predicates) {
            List<Predicate> left = new ArrayList<>();
            for (Predicate predicate : predicates) {
                Optional<CsvFilter> filter = CsvFilter.of(predicate, spec);
                filter.ifPresent(filters::add);
                (filter.isPresent() ? pushed : left).add(predicate);
            }
            return left.toArray(Predicate[]::new);
        }

        @Override
        public Predicate[] pushedPredicates() {
            return pushed.toArray(Predicate[]::new);
        }

        @Override
        public Scan build() {
            return new CsvScan(read(filters), List.copyOf(filters));
        }
    }
}
