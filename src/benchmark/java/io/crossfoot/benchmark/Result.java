package io.crossfoot.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a contender came to.
 *
 * @param took in each round
 * @param written in the last round
 */
record Result(Contender contender, List<Measured> took, Written written) {
    String name() {
        return contender.name();
    }

    double median(ToDoubleFunction<Measured> number) {
        return median(took.stream().mapToDouble(number).toArray());
    }

    /** Returns the median of the ratios within each round. */
    double ratio(Result base, ToDoubleFunction<Measured> number) {
        double[] ratios = new double[took.size()];
        Arrays.setAll(ratios, i -> number.applyAsDouble(took.get(i)) / number.applyAsDouble(base.took.get(i)));
        return median(ratios);
    }

    /** Returns least and most. */
    double[] spread(ToDoubleFunction<Measured> number) {
        double[] values = took.stream().mapToDouble(number).sorted().toArray();
        return new double[] {values[0], values[values.length - 1]};
    }

    private static double median(double[] values) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
