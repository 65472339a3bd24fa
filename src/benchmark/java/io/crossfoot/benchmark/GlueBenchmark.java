package io.crossfoot.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the Glue job costs beside the command line, and what a bookmark saves: the job jar with the stand-in for AWS's
 * library, over a catalog in a folder. Nothing here was measured on AWS.
 */
final class GlueBenchmark {
    private static final Path WORK = Path.of("target", "benchmark").toAbsolutePath();
    private static final String RUNTIME = "deploy/emulator/glue-runtime/target/crossfoot-glue-runtime.jar";
    private static final int FEW = 100;

    private final String classPath;
    private final Path root = WORK.resolve("glue");
    private final Path catalog = root.resolve("catalog");

    private GlueBenchmark(String classPath) {
        this.classPath = classPath;
    }

    /** @param arguments class path, then rows and rounds, both optional */
    public static void main(String[] arguments) throws Exception {
        long rows = arguments.length > 1 ? Long.parseLong(arguments[1]) : 10_000_000;
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
        GlueBenchmark benchmark = new GlueBenchmark(arguments[0]);
        System.out.println("| round | rows | run | wall s |");
        System.out.println("|---|---|---|---|");
        for (int round = 1; round <= rounds; round++) {
            benchmark.start(round);
            benchmark.bookmark(round, rows);
        }
    }

    /** The same small run by the command line and as a job. */
    private void start(int round) throws Exception {
        prepare(BenchmarkData.in(WORK, FEW));
        say(round, FEW, "command line", enrich("cli-" + round));
        say(round, FEW, "job", job("job-" + round, "job-bookmark-disable"));
    }

    private void bookmark(int round, long rows) throws Exception {
        prepare(BenchmarkData.in(WORK, rows));
        say(round, rows, "job with a bookmark, all sales", job("all-" + round, "job-bookmark-enable"));
        requireRead(rows);
        BenchmarkData.in(WORK, rows / 100).copySales(sales(), "more");
        say(round, rows / 100, "the same, 1 % more sales", job("more-" + round, "job-bookmark-enable"));
        requireRead(rows / 100);
        say(round, 0, "the same, nothing new", job("none-" + round, "job-bookmark-enable"));
    }

    /** The job reads what it should read, or its time says nothing. */
    private static void requireRead(long rows) throws IOException {
        Path log = log("job");
        if (!Files.readString(log).contains("\"SalesRead\":%d,".formatted(rows))) {
            throw new IllegalStateException("the job should have read %d sales; see %s".formatted(rows, log));
        }
    }

    private static void say(int round, long rows, String run, Measured took) {
        System.out.printf(Locale.ROOT, "| %d | %,d | %s | %.1f |%n", round, rows, run, took.wallSeconds());
    }

    private void prepare(BenchmarkData data) throws Exception {
        Benchmark.delete(root);
        data.linkSales(sales());
        Files.createDirectories(root.resolve("raw/customers"));
        Path customers = data.customers().resolve("customers.json");
        Files.createLink(root.resolve("raw/customers/customers.json"), customers);
        List<String> crawl = java("-Xmx1g", Contender.JAR + ":" + classPath);
        crawl.addAll(
                List.of("io.crossfoot.cli.Main", "crawl", root.resolve("raw").toString()));
        crawl.addAll(List.of("--database", "shop", "--catalog", catalog.toString()));
        measured("crawl", crawl);
    }

    private Path sales() {
        return root.resolve("raw/sales");
    }

    private Measured enrich(String run) throws Exception {
        List<String> command = Contender.enrich(
                Contender.spark(Contender.JAR + ":" + classPath, "4g"),
                run,
                "catalog:shop.sales",
                "catalog:shop.customers",
                root.resolve("cli"));
        command.addAll(List.of("--catalog", catalog.toString(), "--output-table", "shop.enriched_sales"));
        return measured("command-line", command);
    }

    private Measured job(String run, String bookmark) throws Exception {
        List<String> command = java("-Xmx4g", RUNTIME + ":" + Contender.JAR + ":" + classPath);
        command.addAll(
                command.size() - 2,
                List.of(
                        "-Dspark.sql.session.timeZone=UTC",
                        "-Dcrossfoot.glue.catalog=" + catalog,
                        "-Dcrossfoot.glue.bookmarks=" + root.resolve("bookmarks")));
        command.addAll(List.of("io.crossfoot.emulator.glue.Launch", "--class", "io.crossfoot.glue.GlueJob"));
        command.addAll(List.of("--JOB_NAME", "benchmark", "--JOB_ID", "j_1", "--JOB_RUN_ID", run));
        command.addAll(List.of("--job-bookmark-option", bookmark, "--DATABASE_NAME", "shop"));
        command.addAll(List.of("--CATALOG", catalog.toString(), "--OUTPUT_TABLE", bookmark.replace('-', '_')));
        command.addAll(List.of("--OUTPUT", root.resolve(bookmark).toString()));
        return measured("job", command);
    }

    private static List<String> java(String heap, String classPath) {
        List<String> command = new ArrayList<>(Contender.java(classPath));
        command.add(1, heap);
        return command;
    }

    private Measured measured(String name, List<String> command) throws IOException, InterruptedException {
        return Measured.of(command, log(name));
    }

    private static Path log(String name) {
        return WORK.resolve("glue-" + name + ".log");
    }
}
