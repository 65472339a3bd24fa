package io.crossfoot.quality;

import io.crossfoot.contract.RowRule;
import io.crossfoot.error.NearMiss;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;

/** A number that says something of a table. */
sealed interface Metric {
    /** Returns what reports and the history call it, such as {@code Completeness "email"}. */
    String name();

    /**
     * Says why a table has no such number, if so, as the end of a sentence.
     *
     * @param table its columns
     * @param customers the columns of the table that it may be compared with
     */
    Optional<String> problem(StructType table, StructType customers);

    /** A number of the rows as they pass: it needs no job of its own. */
    record OfRows(String name, Aggregate aggregate, List<String> columns) implements Metric {
        @Override
        public Optional<String> problem(StructType table, StructType customers) {
            return missing(columns, table)
                    .or(() -> columns.stream()
                            .flatMap(column -> aggregate
                                    .misfit(table.apply(column).dataType())
                                    .map(misfit -> "column '%s' is %s, and %s"
                                            .formatted(
                                                    column,
                                                    table.apply(column)
                                                            .dataType()
                                                            .sql(),
                                                    misfit))
                                    .stream())
                            .findFirst());
        }
    }

    /** The share of rows that keep a row rule; 1 of none. */
    record Keeping(RowRule rule) implements Metric {
        @Override
        public String name() {
            return "share of " + rule.text();
        }

        @Override
        public Optional<String> problem(StructType table, StructType customers) {
            return missing(List.of(rule.column()), table)
                    .or(() -> rule.problem(table).map(problem -> problem.replaceFirst("^Cannot use rule '.*?': ", "")));
        }
    }

    /** A number of the values that some columns have together: the rows are grouped by them. */
    record OfValues(String name, Distribution.Kind kind, List<String> columns) implements Metric {
        @Override
        public Optional<String> problem(StructType table, StructType customers) {
            return missing(columns, table);
        }
    }

    /** The share of rows whose values in {@code columns} are those of some row of the customers. */
    record Referring(String name, List<String> columns, List<String> referenceColumns) implements Metric {
        @Override
        public Optional<String> problem(StructType table, StructType customers) {
            return missing(columns, table)
                    .or(() -> missing(referenceColumns, customers).map(problem -> problem + " (in customers)"));
        }
    }

    /** The one number that a query returns; it calls the table {@code primary}. */
    record OfQuery(String name, String sql) implements Metric {
        @Override
        public Optional<String> problem(StructType table, StructType customers) {
            return Optional.empty();
        }
    }

    /** A number of the columns themselves. */
    record OfColumns(String name, ColumnCount counted) implements Metric {
        @Override
        public Optional<String> problem(StructType table, StructType customers) {
            return Optional.empty();
        }
    }

    /** Counts columns. */
    @FunctionalInterface
    interface ColumnCount {
        double of(List<String> names);
    }

    private static Optional<String> missing(List<String> columns, StructType table) {
        List<String> names = Arrays.asList(table.fieldNames());
        return columns.stream()
                .filter(column -> !names.contains(column))
                .map(column -> "there is no column '%s'%s".formatted(column, NearMiss.hint(column, names)))
                .findFirst();
    }
}
