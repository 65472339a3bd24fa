package io.crossfoot.benchmark;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

    private final BenchmarkData data;
    private final Path lake = WORK.resolve("lake");

    private MergeBenchmark(BenchmarkData data) {
        this.data = data;
    }

    /** @param arguments rows and rounds, both optional; the exit code is 1 when the limit is not kept */
    public static void main(String[] arguments) throws Exception {
        long rows = arguments.length > 0 ? Long.parseLong(arguments[0]) : 10_000_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        MergeBenchmark benchmark = new MergeBenchmark(BenchmarkData.in(WORK, rows));
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

    /** By the launcher, as one would on a laptop. */
    private double enrich(Path sales, String mode, long rows) throws Exception {
        Path settings = Files.createDirectories(WORK.resolve("lake-settings"));
        Files.writeString(settings.resolve("spark-defaults.conf"), """
                spark.sql.catalog.lake            org.apache.iceberg.spark.SparkCatalog
                spark.sql.catalog.lake.type       hadoop
                spark.sql.catalog.lake.warehouse  %s
                """.formatted(lake));
        List<String> command = new ArrayList<>(List.of("env", "SPARK_CONF_DIR=" + settings, "./crossfoot"));
        command.addAll(Contender.enrich(mode, sales, data.customers(), lake.resolve("shop/sales")));
        command.addAll(List.of("--table-format", "iceberg", "--output-table", "lake.shop.sales", "--mode", mode));
        command.addAll(mode.equals("merge") ? List.of("--key", "order_id") : List.of());
        return Measured.publishing(rows, command, WORK.resolve("merge-" + mode + ".log"))
                .wallSeconds();
    }
}
