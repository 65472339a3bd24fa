package io.crossfoot.quality;

import io.crossfoot.contract.RowRule;
import io.crossfoot.error.NearMiss;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
     * @param others the columns of the tables that it may be compared with, by their names
     */
    Optional<Misfit> misfit(StructType table, Map<String, StructType> others);

    /** Returns the rows that it is about. */
    default Among among() {
        return Among.ALL;
    }

    /** Returns what is to be measured for it: itself, or that of which it is made. */
    default Stream<Metric> measured() {
        return Stream.of(this);
    }

    /** Whether it says something of another table, too. */
    default boolean refersTo(String other) {
        return false;
    }

    /** Why a table has no such number: as the end of a sentence, and the column that it is about. */
    record Misfit(String column, String reason) {
        private Misfit in(String other) {
            return new Misfit(column, "%s (in %s)".formatted(reason, other));
        }
    }

    /** A number of the rows as they pass: it needs no job of its own. */
    record OfRows(String name, Aggregate aggregate, List<String> columns, Among among) implements Metric {
        @Override
        public Optional<Misfit> misfit(StructType table, Map<String, StructType> others) {
            return misfitting(aggregate, columns, table);
        }
    }

    /** A number of the rows of another table. */
    record OfOther(String other, Aggregate aggregate, List<String> columns) implements Metric {
        @Override
        public String name() {
            return "%s of %s".formatted(aggregate, other);
        }

        @Override
        public Optional<Misfit> misfit(StructType table, Map<String, StructType> others) {
            return unknown(other, others)
                    .or(() -> misfitting(aggregate, columns, others.get(other)).map(misfit -> misfit.in(other)));
        }

        @Override
        public boolean refersTo(String table) {
            return table.equals(other);
        }
    }

    /** One number by another: 1 when both are zero, and 0 when the other alone is. */
    record Ratio(String name, Metric part, Metric whole) implements Metric {
        @Override
        public Optional<Misfit> misfit(StructType table, Map<String, StructType> others) {
            return part.misfit(table, others).or(() -> whole.misfit(table, others));
        }

        @Override
        public Stream<Metric> measured() {
            return Stream.of(part, whole);
        }
    }

    /** The share of columns that another table has, too, in the same type; 0 when one has more columns than the other. */
    record Alike(String name, String other) implements Metric {
        @Override
        public Optional<Misfit> misfit(StructType table, Map<String, StructType> others) {
            return unknown(other, others);
        }

        @Override
        public boolean refersTo(String table) {
            return table.equals(other);
        }
    }

    /** The share of rows that keep a row rule; 1 of none. */
    record Keeping(RowRule rule, Among among) implements Metric {
        @Override
        public String name() {
            return among.name("share of " + rule.text());
        }

        @Override
        public Optional<Misfit> misfit(StructType table, Map<String, StructType> others) {
            return missing(List.of(rule.column()), table)
                    .or(() -> rule.misfit(table.apply(rule.column()).dataType())
                            .map(misfit -> new Misfit(rule.column(), misfit)));
        }
    }

    /** A number of the values that some columns have together: the rows are grouped by them. */
    record OfValues(String name, Distribution.Kind kind, List<String> columns, Among among) implements Metric {
        @Override
        public Optional<Misfit> misfit(StructType table, Map<String, StructType> others) {
            return missing(columns, table);
        }
    }

    /** The share of rows whose values in {@code columns} are those of some row of another table. */
    record Referring(String name, List<String> columns, String other, List<String> otherColumns) implements Metric {
        @Override
        public Optional<Misfit> misfit(StructType table, Map<String, StructType> others) {
            return unknown(other, others)
                    .or(() -> missing(columns, table))
                    .or(() -> missing(otherColumns, others.get(other)).map(misfit -> misfit.in(other)));
        }

        @Override
        public boolean refersTo(String table) {
            return table.equals(other);
        }
    }

    /** The one number that a query returns; it calls the table {@code primary}. */
    record OfQuery(String name, String sql) implements Metric {
        @Override
        public Optional<Misfit> misfit(StructType table, Map<String, StructType> others) {
            return Optional.empty();
        }
    }

    /** A number of the columns themselves. */
    record OfColumns(String name, ColumnCount counted) implements Metric {
        @Override
        public Optional<Misfit> misfit(StructType table, Map<String, StructType> others) {
            return Optional.empty();
        }
    }

    /** Counts columns. */
    @FunctionalInterface
    interface ColumnCount {
        double of(List<String> names);
    }

    private static Optional<Misfit> misfitting(Aggregate aggregate, List<String> columns, StructType table) {
        return missing(columns, table)
                .or(() -> columns.stream()
                        .flatMap(column -> {
                            DataType type = table.apply(column).dataType();
                            return aggregate
                                    .misfit(type)
                                    .map(misfit -> new Misfit(
                                            column, "column '%s' is %s, and %s".formatted(column, type.sql(), misfit)))
                                    .stream();
                        })
                        .findFirst());
    }

    private static Optional<Misfit> unknown(String other, Map<String, StructType> others) {
        return others.containsKey(other)
                ? Optional.empty()
                : Optional.of(new Misfit(
                        other,
                        "there is no table '%s' here; there is %s"
                                .formatted(other, String.join(", ", others.keySet()))));
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
