package io.crossfoot.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Runs the contenders alternately, each in a process of its own, and prints what they took and whether they agree. */
final class Benchmark {
    private static final Path WORK = Path.of("target", "benchmark").toAbsolutePath();

    private Benchmark() {}

    /** @param arguments class path, then rows, rounds and names of contenders, all optional */
    public static void main(String[] arguments) throws Exception {
        long rows = arguments.length > 1 ? Long.parseLong(arguments[1]) : 10_000_000;
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
        BenchmarkData data = BenchmarkData.in(WORK, rows);
        List<String> names = Arrays.asList(arguments).subList(Math.min(3, arguments.length), arguments.length);
        List<Contender> contenders = Contender.all(arguments[0], data).stream()
                .filter(contender -> names.isEmpty() || names.contains(contender.name()))
                .toList();

        Map<String, List<Measured>> measured = new LinkedHashMap<>();
        Map<String, Written> written = new LinkedHashMap<>();
        for (int round = 1; round <= rounds; round++) {
            for (Contender contender : contenders) {
                Path output = WORK.resolve("out").resolve(contender.name());
                delete(WORK.resolve("out"));
                Files.createDirectories(output.getParent());
                Measured took = Measured.of(
                        contender.command().apply(List.of(output.toString())), WORK.resolve(contender.name() + ".log"));
                measured.computeIfAbsent(contender.name(), name -> new ArrayList<>())
                        .add(took);
                System.err.printf(
                        Locale.ROOT,
                        "round %d of %d: %s %.1f s, %.1f CPU s%n",
                        round,
                        rounds,
                        contender.name(),
                        took.wallSeconds(),
                        took.cpuSeconds());
                if (round == rounds) {
                    written.put(contender.name(), Written.in(output));
                }
            }
        }
        print(rows, rounds, contenders, measured, written);
        requireAgreement(contenders, written);
    }

    private static void print(
            long rows,
            int rounds,
            List<Contender> contenders,
            Map<String, List<Measured>> measured,
            Map<String, Written> written) {
        System.out.printf(
                Locale.ROOT,
                "%,d sales, %,d customers, %d cores; medians of %d rounds, least–most in brackets%n%n",
                rows,
                BenchmarkData.CUSTOMERS,
                Runtime.getRuntime().availableProcessors(),
                rounds);
        System.out.println(
                "| contender | wall s | CPU s | wall ÷ bare | CPU ÷ bare | peak MiB | MiB out | files | rows | sum of total_amount |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|");
        for (Contender contender : contenders) {
            List<Measured> took = measured.get(contender.name());
            Written out = written.get(contender.name());
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %s | %.0f | %.0f | %d | %,d | %,.2f%s |%n",
                    contender.name(),
                    spread(took, Measured::wallSeconds),
                    spread(took, Measured::cpuSeconds),
                    ratio(took, measured.get(Contender.BARE), Measured::wallSeconds),
                    ratio(took, measured.get(Contender.BARE), Measured::cpuSeconds),
                    median(took, Measured::peakBytes) / (1 << 20),
                    out.bytes() / (double) (1 << 20),
                    out.files(),
                    out.rows(),
                    out.amount(),
                    contender.isExact() ? "" : " (double)");
        }
    }

    private static void requireAgreement(List<Contender> contenders, Map<String, Written> written) {
        List<Contender> exact = contenders.stream().filter(Contender::isExact).toList();
        for (Contender contender : exact) {
            Written first = written.get(exact.get(0).name());
            if (!written.get(contender.name()).agreesWith(first)) {
                throw new IllegalStateException("%s and %s wrote different rows: %s, %s"
                        .formatted(exact.get(0).name(), contender.name(), first, written.get(contender.name())));
            }
        }
        System.out.printf("%nAll %d exact contenders wrote the same rows.%n", exact.size());
    }

    /** Returns the median of the ratios within each round. */
    private static String ratio(List<Measured> took, List<Measured> base, ToDoubleFunction<Measured> number) {
        if (base == null) {
            return "–";
        }
        double[] ratios = new double[took.size()];
        Arrays.setAll(ratios, i -> number.applyAsDouble(took.get(i)) / number.applyAsDouble(base.get(i)));
        return "%.2f".formatted(median(ratios));
    }

    private static String spread(List<Measured> took, ToDoubleFunction<Measured> number) {
        double[] values = took.stream().mapToDouble(number).sorted().toArray();
        return "%.1f (%.1f–%.1f)".formatted(median(values), values[0], values[values.length - 1]);
    }

    private static double median(List<Measured> took, ToDoubleFunction<Measured> number) {
        return median(took.stream().mapToDouble(number).toArray());
    }

    private static double median(double[] values) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> paths = Files.walk(folder)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
