package io.crossfoot.quality;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a rule asks of the numbers that were measured. */
sealed interface Check {
    /** Returns what has to be measured. */
    Stream<Metric> metrics();

    /** @param measured every metric with its number; one that has none, such as the mean of nothing, is absent */
    boolean holds(Map<Metric, BigDecimal> measured);

    /** A number lies within bounds; one that is absent does not. */
    record Within(Metric metric, Bounds bounds) implements Check {
        @Override
        public Stream<Metric> metrics() {
            return Stream.of(metric);
        }

        @Override
        public boolean holds(Map<Metric, BigDecimal> measured) {
            return measured.containsKey(metric) && bounds.hold(measured.get(metric));
        }
    }

    /** Every check holds. */
    record All(List<Check> checks) implements Check {
        @Override
        public Stream<Metric> metrics() {
            return checks.stream().flatMap(Check::metrics);
        }

        @Override
        public boolean holds(Map<Metric, BigDecimal> measured) {
            return checks.stream().allMatch(check -> check.holds(measured));
        }
    }

    /** Some check holds. */
    record Any(List<Check> checks) implements Check {
        @Override
        public Stream<Metric> metrics() {
            return checks.stream().flatMap(Check::metrics);
        }

        @Override
        public boolean holds(Map<Metric, BigDecimal> measured) {
            return checks.stream().anyMatch(check -> check.holds(measured));
        }
    }
}
