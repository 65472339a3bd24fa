package io.crossfoot.benchmark;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Merges one sale in a hundred, from all over, into an Iceberg table of all of them, and says whether it takes no more than
 * its part of the time in which the whole table is written.
 */
final class MergeBenchmark {
    private static final Path WORK = Path.of("target", "benchmark").toAbsolutePath();
    private static final int PART = 100;
    private static final double AT_MOST = 0.35;

    private final String classPath;
    private final BenchmarkData data;
    private final Path lake = WORK.resolve("lake");

    private MergeBenchmark(String classPath, BenchmarkData data) {
        this.classPath = classPath;
        this.data = data;
    }

    /** @param arguments class path, then rows and rounds, both optional; the exit code is 1 when the limit is not kept */
    public static void main(String[] arguments) throws Exception {
        long rows = arguments.length > 1 ? Long.parseLong(arguments[1]) : 10_000_000;
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
        MergeBenchmark benchmark = new MergeBenchmark(arguments[0], BenchmarkData.in(WORK, rows));
        Path part = benchmark.part();
        double[] ratios = new double[rounds];
        System.out.println("| round | whole table, s | merge of 1 %, s | ratio |");
        System.out.println("|---|---|---|---|");
        for (int round = 0; round < rounds; round++) {
            Benchmark.delete(benchmark.lake);
            double whole = benchmark.enrich(benchmark.data.sales(), "overwrite", rows);
            double merge = benchmark.enrich(part, "merge", rows / PART);
            ratios[round] = merge / whole;
            System.out.printf(Locale.ROOT, "| %d | %.1f | %.1f | %.2f |%n", round + 1, whole, merge, ratios[round]);
        }
        System.exit(Arrays.stream(ratios).sorted().toArray()[rounds / 2] <= AT_MOST ? 0 : 1);
    }

    /** Returns a folder with each hundredth line of each file of the sales. */
    private Path part() throws IOException {
        Path part = Files.createDirectories(WORK.resolve("part-" + data.rows()));
        try (Stream<Path> files = Files.list(data.sales())) {
            for (Path file : files.toList()) {
                try (BufferedReader lines = Files.newBufferedReader(file);
                        BufferedWriter chosen = Files.newBufferedWriter(part.resolve(file.getFileName()))) {
                    chosen.write(lines.readLine() + "\n");
                    String line = lines.readLine();
                    for (long row = 0; line != null; row++, line = lines.readLine()) {
                        if (row % PART == 0) {
                            chosen.write(line + "\n");
                        }
                    }
                }
            }
        }
        return part;
    }

    private double enrich(Path sales, String mode, long rows) throws Exception {
        List<String> spark = Contender.spark(Contender.JAR + ":" + classPath, "4g");
        for (String setting : List.of("=org.apache.iceberg.spark.SparkCatalog", ".type=hadoop", ".warehouse=" + lake)) {
            spark.addAll(List.of("--conf", "spark.sql.catalog.lake" + setting));
        }
        List<String> command = Contender.enrich(spark, mode, sales, data.customers(), lake.resolve("shop/sales"));
        command.addAll(List.of("--table-format", "iceberg", "--output-table", "lake.shop.sales", "--mode", mode));
        command.addAll(mode.equals("merge") ? List.of("--key", "order_id") : List.of());
        return Measured.publishing(rows, command, WORK.resolve("merge-" + mode + ".log"))
                .wallSeconds();
    }
}
