package io.crossfoot.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.Pipeline;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.report.RunReport;
import io.crossfoot.testing.Child;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import io.crossfoot.testing.StoppableRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A run that is killed anywhere and started again ends in the state of a run that was never killed. */
@ExtendWith(LocalSpark.class)
class KillIT {
    @TempDir
    Path scratch;

    private Ground published;
    private List<String> before;

    @BeforeEach
    void publishFirstInput(SparkSession spark) {
        Inputs.writeFirst(first());
        Inputs.writeSecond(second());
        published = new Ground(scratch.resolve("published"));
        run(spark, published.settings(first(), "run-a", "overwrite"));
        before = published.rows();
    }

    private Path first() {
        return scratch.resolve("input/first");
    }

    private Path second() {
        return scratch.resolve("input/second");
    }

    private static RunReport run(SparkSession spark, Map<String, String> settings) {
        RunReport report = Pipeline.of(EnrichConfig.of(settings)).run(spark);
        assertThat(report.verdict()).isEmpty();
        return report;
    }

    @Test
    void overwritingIsWholeAfterAKillAtAnyPoint(SparkSession spark) {
        Ground uncut = published.copyTo(scratch.resolve("uncut"));
        List<String> points = points(spark, uncut.settings(second(), "run-c", "overwrite"));
        Ground.State expected = uncut.state("run-c", "run-b");
        int aside = indexOf("set aside: ", points);
        int inPlace = indexOf("published: ", points);
        int begun = indexOf("publish: begin", points) + 1;

        List<Ground> killed = kill("overwrite", IntStream.range(0, points.size()));

        for (int point = 0; point < points.size(); point++) {
            Ground ground = killed.get(point);
            String place = "killed at " + points.get(point);
            List<String> between = point < inPlace ? List.of() : expected.rows();
            assertThat(ground.rows()).as(place).isEqualTo(point < aside ? before : between);

            run(spark, ground.settings(second(), "run-c", "overwrite"));

            assertThat(ground.state("run-c", "run-b")).as(place).isEqualTo(expected);
            if (point >= begun) {
                assertThat(Folders.read(ground.report("run-b"))).as(place).contains("\"published\" : true");
            }
        }
    }

    /** Before the files are moved an appending run is the same as another. */
    @Test
    void appendingAddsOnceAfterAKillAtAnyPointOfThePublication(SparkSession spark) {
        Ground uncut = published.copyTo(scratch.resolve("uncut"));
        List<String> points = points(spark, uncut.settings(second(), "run-b", "append"));
        Ground.State expected = uncut.state("run-b", "no other");
        int first = points.indexOf("publish");

        List<Ground> killed = kill("append", IntStream.range(first, points.size()));

        for (int point = first; point < points.size(); point++) {
            Ground ground = killed.get(point - first);
            String place = "killed at point %d of %s".formatted(point, points);
            assertThat(ground.rows()).as(place).containsAll(before).isSubsetOf(expected.rows());
            assertThat(Folders.tree(ground.output()))
                    .as(place)
                    .containsAll(Folders.tree(published.output()))
                    .isSubsetOf(Folders.tree(uncut.output()));

            run(spark, ground.settings(second(), "run-b", "append"));

            assertThat(ground.state("run-b", "no other")).as(place).isEqualTo(expected);
        }
    }

    @Test
    void aKillFromOutsideInTheMiddleOfTheWriteLeavesNoLockBehind(SparkSession spark) throws Exception {
        Ground uncut = published.copyTo(scratch.resolve("uncut"));
        run(spark, uncut.settings(second(), "run-c", "overwrite"));
        Ground ground = published.copyTo(scratch.resolve("killed"));
        Map<String, String> settings = ground.settings(second(), "run-b", "overwrite");
        settings.put("sales", "remote://disk" + second().resolve("sales"));
        // partitions are written after a shuffle: without them, reading and writing go on at the same time
        settings.remove("partition-by");

        Process writing = child("stalling:b.csv", settings).start();
        try {
            List<String> said = writing.inputReader()
                    .lines()
                    .takeWhile(line -> !line.equals("stalled"))
                    .toList();
            assertThat(said).endsWith("enrich");
            assertThat(Folders.tree(ground.control())).contains("lock");
            assertThat(ground.control().resolve("staging/run-b/_temporary")).isDirectory();
        } finally {
            writing.destroyForcibly().waitFor();
        }

        assertThat(ground.rows()).isEqualTo(before);
        run(spark, ground.settings(second(), "run-c", "overwrite"));
        assertThat(ground.state("run-c", "run-b")).isEqualTo(uncut.state("run-c", "run-b"));
    }

    private static List<String> points(SparkSession spark, Map<String, String> settings) {
        List<String> points = new ArrayList<>();
        Pipeline.of(EnrichConfig.of(settings)).telling(points::add).run(spark);
        return points;
    }

    /** Kills a run at each of the points, each in its own copy of the published output. */
    private List<Ground> kill(String mode, IntStream points) {
        ExecutorService twoAtATime = Executors.newFixedThreadPool(2);
        try {
            List<Future<Ground>> pending = points.mapToObj(point -> twoAtATime.submit(() -> {
                        Ground ground = published.copyTo(scratch.resolve("killed-" + point));
                        Child.Ending ending = child("dying:" + point, ground.settings(second(), "run-b", mode))
                                .run();
                        assertThat(ending.exitCode()).as(ending.err()).isEqualTo(137);
                        assertThat(ending.out().lines()).hasSize(point + 1);
                        return ground;
                    }))
                    .toList();
            List<Ground> killed = new ArrayList<>();
            for (Future<Ground> ground : pending) {
                killed.add(ground.get());
            }
            return killed;
        } catch (Exception failed) {
            throw new AssertionError(failed);
        } finally {
            twoAtATime.shutdownNow();
        }
    }

    private Child child(String stop, Map<String, String> settings) {
        List<String> arguments = new ArrayList<>(List.of(stop));
        settings.forEach((key, value) -> arguments.add(key + "=" + value));
        return Child.java(scratch, Jars.job() + ":" + Jars.tests(), StoppableRun.class.getName(), arguments);
    }

    private static int indexOf(String start, List<String> points) {
        return IntStream.range(0, points.size())
                .filter(i -> points.get(i).startsWith(start))
                .findFirst()
                .orElseThrow();
    }
}
