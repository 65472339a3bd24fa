package io.crossfoot.benchmark;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The same run on one worker and on two, processes of their own with a core each, which Spark's own master leads. */
final class ClusterBenchmark {
    private static final double AT_MOST = 0.65;
    private static final int POLL_MILLIS = 50;
    private static final Path WORK = Path.of("target", "benchmark").toAbsolutePath();

    private final String classPath;
    private final BenchmarkData data;
    private final Path home;

    private ClusterBenchmark(String classPath, BenchmarkData data, Path home) {
        this.classPath = classPath;
        this.data = data;
        this.home = home;
    }

    /** @param arguments class path, then rows and rounds, both optional; the exit code is 1 when the limit is not kept */
    public static void main(String[] arguments) throws Exception {
        long rows = arguments.length > 1 ? Long.parseLong(arguments[1]) : 10_000_000;
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
        ClusterBenchmark benchmark =
                new ClusterBenchmark(arguments[0], BenchmarkData.in(WORK, rows), home(arguments[0]));
        double[] ratios = new double[rounds];
        System.out.println("| round | one worker, s | two workers, s | ratio |");
        System.out.println("|---|---|---|---|");
        for (int round = 0; round < rounds; round++) {
            double one = benchmark.run(1);
            double two = benchmark.run(2);
            ratios[round] = two / one;
            System.out.printf(Locale.ROOT, "| %d | %.1f | %.1f | %.2f |%n", round + 1, one, two, ratios[round]);
        }
        System.exit(Arrays.stream(ratios).sorted().toArray()[rounds / 2] <= AT_MOST ? 0 : 1);
    }

    /** Makes a folder as Spark is installed in, from which workers start executors. */
    private static Path home(String classPath) throws IOException {
        Path home = WORK.resolve("spark-home");
        Benchmark.delete(home);
        Files.createDirectories(home.resolve("jars"));
        for (String jar : classPath.split(":")) {
            if (jar.endsWith(".jar")) {
                Path path = Path.of(jar);
                Files.createSymbolicLink(home.resolve("jars").resolve(path.getFileName()), path);
            }
        }
        return home;
    }

    private double run(int workers) throws Exception {
        String port = String.valueOf(freePort());
        String master = "spark://127.0.0.1:" + port;
        List<Process> cluster = new ArrayList<>();
        try {
            cluster.add(start("ALIVE", "master.Master", "--port", port));
            for (int i = 0; i < workers; i++) {
                cluster.add(
                        start("Successfully registered", "worker.Worker", "--cores", "1", "--memory", "2g", master));
            }
            return enrich(master);
        } finally {
            for (Process process : cluster) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket some = new ServerSocket(0)) {
            return some.getLocalPort();
        }
    }

    /** Starts a process of the cluster, and waits until it says so. */
    private Process start(String sign, String mainClass, String... arguments) throws Exception {
        List<String> command = Contender.java(classPath);
        command.add(1, "-Dcrossfoot.log=info");
        command.addAll(List.of("-Xmx512m", "org.apache.spark.deploy." + mainClass));
        command.addAll(List.of("--host", "127.0.0.1", "--webui-port", "0"));
        command.addAll(List.of(arguments));
        Path log = Files.createTempFile(WORK, "cluster-", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("SPARK_HOME", home.toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.12");
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        Process process = builder.start();
        while (!Files.readString(log).contains(sign)) {
            if (!process.isAlive()) {
                throw new IllegalStateException("%s ended:%n%s".formatted(mainClass, Files.readString(log)));
            }
            Thread.sleep(POLL_MILLIS);
        }
        return process;
    }

    private double enrich(String master) throws Exception {
        Benchmark.delete(WORK.resolve("out"));
        List<String> spark = Contender.spark(Contender.JAR + ":" + classPath, "2g", master);
        spark.addAll(List.of("--executor-memory", "1g", "--executor-cores", "1"));
        List<String> command =
                Contender.enrich(spark, "benchmark", data.sales(), data.customers(), WORK.resolve("out/cluster"));
        return Measured.publishing(data.rows(), command, WORK.resolve("cluster.log"))
                .wallSeconds();
    }
}
