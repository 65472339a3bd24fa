package io.crossfoot.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One way to do the work.
 *
 * @param name what the table calls it
 * @param isExact whether its amounts are exact
 * @param command from the folder of its output to the process that writes it
 */
record Contender(String name, boolean isExact, UnaryOperator<List<String>> command) {
    static final String BARE = "bare";

    static final String JAR = "glue-job/target/crossfoot-glue-job.jar";

    /** Returns all contenders, in the order in which they run. */
    static List<Contender> all(String classPath, BenchmarkData data) {
        List<String> inputs = List.of(data.sales().toString(), data.customers().toString());
        return List.of(
                crossfoot("crossfoot", "4g", classPath, inputs),
                crossfoot("crossfoot-spark-csv", "4g", classPath, inputs, "--csv-reader", "spark"),
                crossfoot("crossfoot-no-rules", "4g", classPath, inputs, "--quality", "none"),
                new Contender(BARE, true, output -> submit(classPath, "4g", BareSpark.class, inputs, output)),
                new Contender("recipe", false, output -> submit(classPath, "4g", RecipeSpark.class, inputs, output)),
                new Contender("duckdb", true, output -> duckDb(classPath, inputs, output)),
                crossfoot("crossfoot-1g", "1g", classPath, inputs));
    }

    private static Contender crossfoot(
            String name, String heap, String classPath, List<String> inputs, String... settings) {
        return new Contender(name, true, output -> {
            List<String> command = spark(JAR + ":" + classPath, heap);
            command.addAll(List.of("--class", "io.crossfoot.cli.Main", JAR, "enrich"));
            command.addAll(List.of("--sales", inputs.get(0), "--customers", inputs.get(1)));
            command.addAll(List.of("--output", output.get(0), "--run-id", "benchmark"));
            command.addAll(List.of(settings));
            return command;
        });
    }

    /** The classes are on the class path already, which "spark-internal" says. */
    private static List<String> submit(
            String classPath, String heap, Class<?> main, List<String> inputs, List<String> output) {
        List<String> command = spark(classPath, heap);
        command.addAll(List.of("--class", main.getName(), "spark-internal"));
        command.addAll(inputs);
        command.addAll(output);
        return command;
    }

    /** Every Spark contender starts the same way, with the settings that the command line of Crossfoot takes too. */
    static List<String> spark(String classPath, String heap) {
        List<String> command = java(classPath);
        command.addAll(List.of(
                "-Xmx" + heap, "-XX:+UseParallelGC", "org.apache.spark.deploy.SparkSubmit", "--master", "local[*]"));
        command.addAll(List.of("--conf", "spark.ui.enabled=false", "--conf", "spark.driver.host=127.0.0.1"));
        command.addAll(List.of("--conf", "spark.sql.session.timeZone=UTC"));
        return command;
    }

    private static List<String> duckDb(String classPath, List<String> inputs, List<String> output) {
        List<String> command = java(classPath);
        command.add(DuckDbCopy.class.getName());
        command.addAll(inputs);
        command.addAll(output);
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
