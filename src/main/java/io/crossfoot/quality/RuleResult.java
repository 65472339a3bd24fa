package io.crossfoot.quality;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a table fared by a rule.
 *
 * @param table {@code enriched}, {@code sales} or {@code customers}
 * @param rule as it was written
 * @param severity what comes of it when the rule does not hold
 * @param holds whether it does
 * @param measures the numbers that decided
 */
public record RuleResult(String table, String rule, Severity severity, boolean holds, List<Measure> measures) {
    public RuleResult {
        measures = List.copyOf(measures);
    }

    /**
     * A number of a table.
     *
     * @param metric such as {@code Completeness "email"}
     * @param value null where there is none, as for the mean of nothing
     */
    public record Measure(String metric, BigDecimal value) {
        private String inWords() {
            return value == null ? "nothing" : rounded(value);
        }
    }

    /** Returns a number for people: six digits, unless more stand before the point. */
    public static String rounded(BigDecimal number) {
        int digits = Math.max(0, Math.min(number.scale(), 6 - (number.precision() - number.scale())));
        BigDecimal rounded = number.setScale(digits, RoundingMode.HALF_EVEN);
        return (rounded.signum() == 0 || digits == 0 ? rounded : rounded.stripTrailingZeros()).toPlainString();
    }

    /** Returns why the run may not publish; empty when it may. */
    public Optional<String> refusal() {
        return holds || severity == Severity.WARN ? Optional.empty() : Optional.of("Cannot publish: " + inWords());
    }

    /** Returns the rule, and by which numbers it holds or does not, in words. */
    public String inWords() {
        return "rule %s of %s %s: %s"
                .formatted(
                        rule,
                        table,
                        holds ? "holds" : "does not hold",
                        measures.size() == 1
                                ? "it is " + measures.get(0).inWords()
                                : measures.stream()
                                        .map(measure -> measure.metric() + " is " + measure.inWords())
                                        .collect(Collectors.joining(", ")));
    }
}
