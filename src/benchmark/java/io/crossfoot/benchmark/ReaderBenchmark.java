package io.crossfoot.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reads and types CSV to a sink that drops it, by Crossfoot's reader and by Spark's, alternately, in one warm process, and
 * says whether Crossfoot's takes no more than the part of the time that it may.
 */
final class ReaderBenchmark {
    private static final Path WORK = Path.of("target", "benchmark").toAbsolutePath();

    private ReaderBenchmark() {}

    /** @param arguments rows and rounds, both optional; the exit code is 1 when a limit is not kept */
    public static void main(String[] arguments) throws IOException {
        long rows = arguments.length > 0 ? Long.parseLong(arguments[0]) : 10_000_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        List<ReaderData> all =
                List.of(ReaderData.sales(WORK, rows), ReaderData.wide(WORK, rows), ReaderData.quoted(WORK, rows));
        SparkSession spark = SparkSession.builder().appName("reader benchmark").getOrCreate();
        System.out.printf(
                Locale.ROOT,
                "CSV read and typed, dropped; %d cores, %d MiB heap; medians of %d rounds after one, in one process%n%n",
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20,
                rounds);
        System.out.println("| files | rows | Spark's reader, s | crossfoot-csv, s | ratio | at most | |");
        System.out.println("|---|---|---|---|---|---|---|");
        boolean kept = true;
        for (ReaderData data : all) {
            kept &= compare(spark, data, rounds);
        }
        spark.stop();
        System.exit(kept ? 0 : 1);
    }

    private static boolean compare(SparkSession spark, ReaderData data, int rounds) {
        requireAgreement(spark, data);
        double[] sparks = new double[rounds];
        double[] ours = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            sparks[round] = seconds(read(spark, data, "csv"));
            ours[round] = seconds(read(spark, data, "crossfoot-csv"));
        }
        double ratio = median(IntStream.range(0, rounds)
                .mapToDouble(round -> ours[round] / sparks[round])
                .toArray());
        System.out.printf(
                Locale.ROOT,
                "| %s | %,d | %.2f | %.2f | %.3f | %.2f | %s |%n",
                data.name(),
                data.rows(),
                median(sparks),
                median(ours),
                ratio,
                data.atMost(),
                ratio <= data.atMost() ? "kept" : "NOT KEPT");
        return ratio <= data.atMost();
    }

    private static Dataset<Row> read(SparkSession spark, ReaderData data, String format) {
        return spark.read()
                .format(format)
                .option("header", true)
                .schema(data.schema())
                .load(data.folder().toString())
                .selectExpr(Arrays.stream(data.used().split(", ")).toArray(String[]::new));
    }

    private static double seconds(Dataset<Row> rows) {
        long began = System.nanoTime();
        rows.write().format("noop").mode("overwrite").save();
        return (System.nanoTime() - began) / 1e9;
    }

    /** Both readers give the same rows, as far as a sum of hashes can tell; this also warms them up. */
    private static void requireAgreement(SparkSession spark, ReaderData data) {
        List<String> digests = List.of("csv", "crossfoot-csv").stream()
                .map(format -> read(spark, data, format)
                        .selectExpr("xxhash64(*) AS h")
                        .selectExpr("count(*)", "sum(CAST(h AS DECIMAL(38,0)))")
                        .collectAsList()
                        .toString())
                .collect(Collectors.toList());
        if (!digests.get(0).equals(digests.get(1)) || !digests.get(0).contains("[" + data.rows() + ",")) {
            throw new IllegalStateException("the readers disagree on %s: %s".formatted(data.folder(), digests));
        }
        for (String format : List.of("csv", "crossfoot-csv")) {
            seconds(read(spark, data, format));
        }
    }

    private static double median(double[] values) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
