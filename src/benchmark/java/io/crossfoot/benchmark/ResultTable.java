package io.crossfoot.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Results in Markdown. */
record ResultTable(BenchmarkData data, int rounds, List<Result> results) {
    private static final double MIB = 1 << 20;

    String markdown() {
        StringBuilder text = new StringBuilder(format(
                "%,d sales (%s), %,d customers, %d cores; medians of %d rounds, least–most in brackets%n%n",
                data.rows(),
                data.shape().word(),
                BenchmarkData.CUSTOMERS,
                Runtime.getRuntime().availableProcessors(),
                rounds));
        text.append(
                "| contender | wall s | CPU s | wall ÷ bare | CPU ÷ bare | peak MiB | MiB read | MiB written | MiB out |"
                        + " files | rows | sum of total_amount |\n");
        text.append("|---|---|---|---|---|---|---|---|---|---|---|---|\n");
        results.forEach(result -> text.append(row(result)));
        return text.toString();
    }

    private String row(Result result) {
        Written out = result.written();
        return format(
                "| %s | %s | %s | %s | %s | %.0f | %.0f | %.0f | %.0f | %d | %,d | %,.2f%s |%n",
                result.name(),
                seconds(result, Measured::wallSeconds),
                seconds(result, Measured::cpuSeconds),
                ratio(result, Measured::wallSeconds),
                ratio(result, Measured::cpuSeconds),
                result.median(Measured::peakBytes) / MIB,
                result.median(Measured::readBytes) / MIB,
                result.median(Measured::writtenBytes) / MIB,
                out.bytes() / MIB,
                out.files(),
                out.rows(),
                out.amount(),
                result.contender().isExact() ? "" : " (double)");
    }

    private static String seconds(Result result, ToDoubleFunction<Measured> number) {
        double[] spread = result.spread(number);
        return format("%.1f (%.1f–%.1f)", result.median(number), spread[0], spread[1]);
    }

    private String ratio(Result result, ToDoubleFunction<Measured> number) {
        Optional<Result> bare = results.stream()
                .filter(other -> other.name().equals(Contender.BARE))
                .findFirst();
        return bare.map(base -> format("%.2f", result.ratio(base, number))).orElse("–");
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
