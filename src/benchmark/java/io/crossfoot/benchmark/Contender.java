package io.crossfoot.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One way to do the work.
 *
 * @param name what the table calls it
 * @param isExact whether its amounts are exact
 * @param command from the folder of its output to the process that writes it
 */
record Contender(String name, boolean isExact, Function<String, List<String>> command) {
    static final String CROSSFOOT = "crossfoot";
    static final String NO_RULES = "crossfoot-no-rules";
    static final String BARE = "bare";
    static final String RECIPE = "recipe";
    static final String DUCKDB = "duckdb";

    static final String JAR = "glue-job/target/crossfoot-glue-job.jar";

    private static final String RUN = "benchmark";

    private static final Path POLARS = Path.of("target", "benchmark", "polars");

    /** Returns all contenders, in the order in which they run; Polars where there is a folder with its package. */
    static List<Contender> all(String classPath, BenchmarkData data) {
        Stream<Contender> contenders = Stream.of(
                crossfoot(CROSSFOOT, "4g", classPath, data),
                crossfoot("crossfoot-spark-csv", "4g", classPath, data, "--csv-reader", "spark"),
                crossfoot(NO_RULES, "4g", classPath, data, "--quality", "none"),
                new Contender(BARE, true, output -> submit(classPath, BareSpark.class, data, output)),
                new Contender(RECIPE, false, output -> submit(classPath, RecipeSpark.class, data, output)),
                new Contender(DUCKDB, true, output -> duckDb(classPath, data, output)),
                new Contender("polars", true, output -> polars(data, output)),
                crossfoot("crossfoot-1g", "1g", classPath, data));
        return contenders
                .filter(contender -> !contender.name.equals("polars") || Files.isDirectory(POLARS))
                .toList();
    }

    private static Contender crossfoot(
            String name, String heap, String classPath, BenchmarkData data, String... settings) {
        return new Contender(name, true, output -> {
            List<String> command =
                    enrich(spark(JAR + ":" + classPath, heap), RUN, data.sales(), data.customers(), Path.of(output));
            command.addAll(data.shape().isWide() ? List.of("--extra-columns", "ignore") : List.of());
            command.addAll(List.of(settings));
            return command;
        });
    }

    /** Returns where a run of Crossfoot tells of itself. */
    static Path runFolder(Path output) {
        return output.resolveSibling("_crossfoot")
                .resolve(output.getFileName())
                .resolve("runs")
                .resolve(RUN);
    }

    /** Returns a run of Crossfoot, after what starts Spark. */
    static List<String> enrich(List<String> spark, String run, Object sales, Object customers, Path output) {
        List<String> command = new ArrayList<>(spark);
        command.addAll(List.of("--class", "io.crossfoot.cli.Main", JAR));
        command.addAll(enrich(run, sales, customers, output));
        return command;
    }

    /** Returns the command of Crossfoot and its arguments. */
    static List<String> enrich(String run, Object sales, Object customers, Path output) {
        return new ArrayList<>(List.of(
                "enrich",
                "--run-id",
                run,
                "--sales",
                sales.toString(),
                "--customers",
                customers.toString(),
                "--output",
                output.toString()));
    }

    /** The classes are on the class path already, which "spark-internal" says. */
    private static List<String> submit(String classPath, Class<?> main, BenchmarkData data, String output) {
        List<String> command = spark(classPath, "4g");
        command.addAll(List.of("--class", main.getName(), "spark-internal"));
        command.addAll(arguments(data, output));
        return command;
    }

    private static List<String> arguments(BenchmarkData data, String output) {
        return List.of(
                data.sales().toString(),
                data.customers().toString(),
                output,
                data.shape().schema());
    }

    /** Every Spark contender starts the same way, with the settings that the command line of Crossfoot takes too. */
    static List<String> spark(String classPath, String heap) {
        return spark(classPath, heap, "local[*]");
    }

    static List<String> spark(String classPath, String heap, String master) {
        List<String> command = java(classPath);
        command.addAll(List.of("-Xmx" + heap, "-XX:+UseParallelGC"));
        command.addAll(List.of("org.apache.spark.deploy.SparkSubmit", "--master", master));
        command.addAll(List.of("--conf", "spark.ui.enabled=false", "--conf", "spark.driver.host=127.0.0.1"));
        command.addAll(List.of("--conf", "spark.sql.session.timeZone=UTC"));
        return command;
    }

    private static List<String> duckDb(String classPath, BenchmarkData data, String output) {
        List<String> command = java(classPath);
        command.add(DuckDbCopy.class.getName());
        command.addAll(arguments(data, output));
        return command;
    }

    private static List<String> polars(BenchmarkData data, String output) {
        List<String> command =
                new ArrayList<>(List.of("node", POLARS.resolve("copy.cjs").toString()));
        command.addAll(arguments(data, output));
        return command;
    }

    static List<String> java(String classPath) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, "@.mvn/jvm.config"));
        String options = System.getenv().getOrDefault("BENCHMARK_JAVA_OPTIONS", "");
        command.addAll(options.isBlank() ? List.of() : List.of(options.split(" ")));
        command.addAll(List.of("-Dlog4j2.configurationFile=src/main/resources/io/crossfoot/cli/log4j2.properties"));
        command.addAll(List.of("-cp", classPath));
        return command;
    }
}
