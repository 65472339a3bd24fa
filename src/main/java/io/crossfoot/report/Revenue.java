package io.crossfoot.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.util.List;

/**
 * What the rows of a run come to, by the values of one column: the first of them, and all others together.
 *
 * @param column the column of the output
 * @param order what comes first
 * @param parts the first values, in this order
 * @param others all values that are no part; null where there are none
 */
public record Revenue(
        String column,
        Order order,
        List<Part> parts,
        @JsonInclude(JsonInclude.Include.NON_NULL) Part others) {
    /** What comes first. */
    public enum Order {
        /** The value with the largest amount. */
        @JsonProperty("largest")
        LARGEST,
        /** The latest day. */
        @JsonProperty("latest")
        LATEST
    }

    /**
     * The rows of one value.
     *
     * @param value as text; null for rows that have none, and for all others together
     * @param rows how many
     * @param amount the sum of their amounts; null where it needs more than 38 digits
     */
    public record Part(String value, long rows, BigDecimal amount) {}

    public Revenue {
        parts = List.copyOf(parts);
    }
}
