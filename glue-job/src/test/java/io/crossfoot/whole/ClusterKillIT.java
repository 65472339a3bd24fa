package io.crossfoot.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.Pipeline;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.testing.Child;
import io.crossfoot.testing.FaultyFileSystem;
import io.crossfoot.testing.LocalSpark;
import io.crossfoot.testing.StoppableRun;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Who loses an executor, or the worker that it runs under, in the middle of a task, does that task again elsewhere. */
@ExtendWith(LocalSpark.class)
class ClusterKillIT {
    private static final int MILLIS = 120_000;

    @TempDir
    Path scratch;

    private final List<Process> started = new ArrayList<>();
    private SparkHome home;
    private Path input;
    private Ground ground;
    private Ground.State expected;

    @BeforeEach
    void runWithoutAKill(SparkSession spark) {
        home = SparkHome.in(scratch);
        input = scratch.resolve("input");
        Inputs.writeSecond(input);
        FaultyFileSystem.register(spark.sparkContext().hadoopConfiguration());
        Ground uncut = new Ground(scratch.resolve("uncut"));
        Pipeline.of(EnrichConfig.of(settings(uncut))).run(spark);
        expected = uncut.state("run-b", "no other");
        ground = new Ground(scratch.resolve("ground"));
    }

    @AfterEach
    void stop() {
        started.forEach(Process::destroyForcibly);
    }

    /** To a store that cannot rename a task writes under the final name: a dead one leaves a piece there. */
    private Map<String, String> settings(Ground place) {
        Map<String, String> settings = place.settings(input, "run-b", "overwrite");
        settings.computeIfPresent("sales", (key, path) -> "remote://disk" + path);
        settings.computeIfPresent("output", (key, path) -> "gs://bucket" + path);
        // partitions are written after a shuffle: without them, reading and writing go on at the same time
        settings.remove("partition-by");
        return settings;
    }

    @Test
    void anExecutorThatIsKilledInATaskLosesAndDoublesNothing() throws Exception {
        try (ServerSocket calls = listen()) {
            BufferedReader said = submit("local-cluster[2,1,512]", calls);

            long first = kill(calls);
            long second = goOn(calls);

            assertThat(second).isNotEqualTo(first);
            assertPublished(said);
        }
    }

    @Test
    void aWorkerThatIsKilledWithATaskLosesAndDoublesNothing() throws Exception {
        String master = "spark://127.0.0.1:" + freePort();
        String port = master.substring(master.lastIndexOf(':') + 1);
        start("ALIVE", "org.apache.spark.deploy.master.Master", "--port", port);
        Process one = start("Successfully registered", "org.apache.spark.deploy.worker.Worker", "--cores", "1", master);
        Process two = start("Successfully registered", "org.apache.spark.deploy.worker.Worker", "--cores", "1", master);
        try (ServerSocket calls = listen()) {
            BufferedReader said = submit(master, calls);

            ProcessHandle worker = parentOf(answer(calls));
            assertThat(worker.pid()).isIn(one.pid(), two.pid());
            assertThat(worker.destroyForcibly()).isTrue();
            ProcessHandle other = parentOf(goOn(calls));

            assertThat(other.pid()).isIn(one.pid(), two.pid()).isNotEqualTo(worker.pid());
            assertPublished(said);
        }
    }

    private static ServerSocket listen() throws IOException {
        ServerSocket calls = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        calls.setSoTimeout(MILLIS);
        return calls;
    }

    private static int freePort() throws IOException {
        try (ServerSocket some = new ServerSocket(0)) {
            return some.getLocalPort();
        }
    }

    /** Starts a run whose tasks call before they read the second file. */
    private BufferedReader submit(String master, ServerSocket calls) {
        String jars = Jars.job() + ":" + Jars.tests();
        List<String> arguments = new ArrayList<>(List.of(
                "ending:well",
                "spark.master=" + master,
                "spark.executor.memory=512m",
                "spark.executor.cores=1",
                "spark.executor.extraClassPath=" + jars,
                "spark.executor.extraJavaOptions=-XX:+UseSerialGC -XX:TieredStopAtLevel=1"));
        FaultyFileSystem.calling("/b.csv", calls.getLocalPort())
                .forEach((key, value) -> arguments.add(key + "=" + value));
        settings(ground).forEach((key, value) -> arguments.add(key + "=" + value));
        Child driver = Child.java(scratch, jars, StoppableRun.class.getName(), arguments);
        Process process = home.of(driver).start();
        started.add(process);
        return process.inputReader();
    }

    /** Starts a process of the cluster, and waits until it says so. */
    private Process start(String sign, String mainClass, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--host", "127.0.0.1", "--webui-port", "0"));
        all.addAll(List.of(arguments));
        Child child =
                Child.java(scratch, Jars.tests().toString(), mainClass, all).jvmOption("-Dcrossfoot.log=info");
        Process process = home.of(child).startMerged();
        started.add(process);
        assertThat(process.inputReader().lines().anyMatch(line -> line.contains(sign)))
                .as(mainClass)
                .isTrue();
        return process;
    }

    /** Waits for a task, and kills its process in the middle of it. */
    private static long kill(ServerSocket calls) throws IOException {
        long pid = answer(calls);
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
        return pid;
    }

    /** Waits for a task, and leaves it waiting. */
    private static long answer(ServerSocket calls) throws IOException {
        return new DataInputStream(calls.accept().getInputStream()).readLong();
    }

    /** Waits for a task, and lets it and all that come later go on. */
    private static long goOn(ServerSocket calls) throws IOException {
        try (Socket call = calls.accept()) {
            calls.close();
            return new DataInputStream(call.getInputStream()).readLong();
        }
    }

    private static ProcessHandle parentOf(long pid) {
        return ProcessHandle.of(pid).flatMap(ProcessHandle::parent).orElseThrow();
    }

    private void assertPublished(BufferedReader said) throws InterruptedException {
        assertThat(said.lines()).contains("publish", "register");
        assertThat(started.get(started.size() - 1).waitFor()).isZero();
        assertThat(ground.rows()).isEqualTo(expected.rows());
        assertThat(ground.state("run-b", "no other")).isEqualTo(expected);
    }
}
