package io.crossfoot.quality;

import io.crossfoot.contract.RowRule;
import io.crossfoot.error.NearMiss;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** A number that says something of a table. */
sealed interface Metric {
    /** Returns what reports and the history call it, such as {@code Completeness "email"}. */
    String name();

    /**
     * Says why a table has no such number, if so.
     *
     * @param table its columns
     * @param customers the columns of the table that it may be compared with
     */
    Optional<Misfit> misfit(StructType table, StructType customers);

    /** Why a table has no such number: as the end of a sentence, and the column that it is about. */
    record Misfit(String column, String reason) {}

    /** A number of the rows as they pass: it needs no job of its own. */
    record OfRows(String name, Aggregate aggregate, List<String> columns) implements Metric {
        @Override
        public Optional<Misfit> misfit(StructType table, StructType customers) {
            return missing(columns, table)
                    .or(() -> columns.stream()
                            .flatMap(
                                    column -> misfit(column, table.apply(column).dataType()).stream())
                            .findFirst());
        }

        private Optional<Misfit> misfit(String column, DataType type) {
            return aggregate
                    .misfit(type)
                    .map(misfit ->
                            new Misfit(column, "column '%s' is %s, and %s".formatted(column, type.sql(), misfit)));
        }
    }

    /** The share of rows that keep a row rule; 1 of none. */
    record Keeping(RowRule rule) implements Metric {
        @Override
        public String name() {
            return "share of " + rule.text();
        }

        @Override
        public Optional<Misfit> misfit(StructType table, StructType customers) {
            return missing(List.of(rule.column()), table)
                    .or(() -> rule.misfit(table.apply(rule.column()).dataType())
                            .map(misfit -> new Misfit(rule.column(), misfit)));
        }
    }

    /** A number of the values that some columns have together: the rows are grouped by them. */
    record OfValues(String name, Distribution.Kind kind, List<String> columns) implements Metric {
        @Override
        public Optional<Misfit> misfit(StructType table, StructType customers) {
            return missing(columns, table);
        }
    }

    /** The share of rows whose values in {@code columns} are those of some row of the customers. */
    record Referring(String name, List<String> columns, List<String> referenceColumns) implements Metric {
        @Override
        public Optional<Misfit> misfit(StructType table, StructType customers) {
            return missing(columns, table)
                    .or(() -> missing(referenceColumns, customers)
                            .map(misfit -> new Misfit(misfit.column(), misfit.reason() + " (in customers)")));
        }
    }

    /** The one number that a query returns; it calls the table {@code primary}. */
    record OfQuery(String name, String sql) implements Metric {
        @Override
        public Optional<Misfit> misfit(StructType table, StructType customers) {
            return Optional.empty();
        }
    }

    /** A number of the columns themselves. */
    record OfColumns(String name, ColumnCount counted) implements Metric {
        @Override
        public Optional<Misfit> misfit(StructType table, StructType customers) {
            return Optional.empty();
        }
    }

    /** Counts columns. */
    @FunctionalInterface
    interface ColumnCount {
        double of(List<String> names);
    }

    private static Optional<Misfit> missing(List<String> columns, StructType table) {
        List<String> names = Arrays.asList(table.fieldNames());
        return columns.stream()
                .filter(column -> !names.contains(column))
                .map(column ->
                        new Misfit(column, "there is no column '%s'%s".formatted(column, NearMiss.hint(column, names))))
                .findFirst();
    }
}
