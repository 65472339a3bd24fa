package io.crossfoot.quality;

import java.util.List;
import java.util.Map;

/**
 * What a column holds.
 *
 * @param name as the first file spells it
 * @param present rows that have a value
 * @param completeness the share of rows that have one
 * @param distinct different values, about: within 5 % or so
 * @param unique whether no value comes twice, which is counted exactly; false for a column without values
 * @param types how many values read as {@code INTEGER}, {@code DECIMAL}, {@code DATE}, {@code TIMESTAMP}, {@code BOOLEAN} and
 *     {@code TEXT}, each value as the first of these; types of no value are left out
 * @param least the least value: a number where all are, else the first text; null for a column without values
 * @param greatest its counterpart
 * @param numbers null unless all values are numbers
 * @param top the most frequent values with their rows, the most frequent first; none where there are very many
 * @param personal whether values are not to be shown, and are not held here
 */
public record ColumnProfile(
        String name,
        long present,
        double completeness,
        long distinct,
        boolean unique,
        Map<String, Long> types,
        String least,
        String greatest,
        Numbers numbers,
        List<Value> top,
        boolean personal) {

    /**
     * Of a column of numbers, about.
     *
     * @param quantiles the 5th, 25th, 50th, 75th and 95th percentile
     */
    public record Numbers(double mean, double deviation, List<Double> quantiles) {}

    /** A value, and how many rows have it. */
    public record Value(String value, long rows) {}

    /** Whether all values read as numbers, and there are some. */
    boolean isNumeric() {
        return isOnly("INTEGER", "DECIMAL");
    }

    /** Whether all values read as one of these types, and there are some. */
    boolean isOnly(String... allowed) {
        return !types.isEmpty() && List.of(allowed).containsAll(types.keySet());
    }
}
