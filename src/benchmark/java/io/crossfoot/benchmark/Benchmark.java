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
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs the contenders alternately, each in a process of its own, and prints what they took and whether they agree; the table
 * and a picture of it are kept beside the data.
 */
final class Benchmark {
    private static final Path WORK = Path.of("target", "benchmark").toAbsolutePath();

    private Benchmark() {}

    /** @param arguments class path and shape, then rows, rounds and names of contenders, which are optional */
    public static void main(String[] arguments) throws Exception {
        long rows = arguments.length > 2 ? Long.parseLong(arguments[2]) : 10_000_000;
        int rounds = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 3;
        BenchmarkData data = BenchmarkData.in(WORK, Shape.of(arguments[1]), rows);
        List<String> names = Arrays.asList(arguments).subList(Math.min(4, arguments.length), arguments.length);
        List<Contender> contenders = Contender.all(arguments[0], data).stream()
                .filter(contender -> names.isEmpty() || names.contains(contender.name()))
                .toList();

        Map<String, List<Measured>> measured = new LinkedHashMap<>();
        Map<String, Written> written = new LinkedHashMap<>();
        Optional<LineageAndPage> lineage = Optional.empty();
        for (int round = 1; round <= rounds; round++) {
            for (Contender contender : contenders) {
                Path output = WORK.resolve("out").resolve(contender.name());
                delete(WORK.resolve("out"));
                Files.createDirectories(output.getParent());
                Measured took = Measured.of(
                        contender.command().apply(output.toString()), WORK.resolve(contender.name() + ".log"));
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
                    if (contender.name().equals(Contender.CROSSFOOT)) {
                        lineage = Optional.of(LineageAndPage.of(Contender.runFolder(output)));
                    }
                }
            }
        }
        List<Result> results = contenders.stream()
                .map(contender -> new Result(contender, measured.get(contender.name()), written.get(contender.name())))
                .toList();
        String table =
                new ResultTable(data, rounds, results).markdown() + new LimitTable(data, results, lineage).markdown();
        System.out.print(table);
        Files.writeString(WORK.resolve("result.md"), table);
        Files.writeString(WORK.resolve("result.svg"), new ResultChart(data, results).svg());
        requireAgreement(contenders, written);
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
