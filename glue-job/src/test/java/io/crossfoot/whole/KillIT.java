package io.crossfoot.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.testing.Child;
import io.crossfoot.testing.DyingRuns;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import io.crossfoot.testing.StoppableRun;
import io.crossfoot.testing.Trace;
import io.crossfoot.whole.Death.Mode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A run that is killed anywhere and started again ends in the state of a run that was never killed, and readers see no
 * wrong total on the way. Processes are killed at each point at which anything has changed on disk; {@link Trace} says why
 * that is enough. Most kills end many runs, each at its own point and on its own ground.
 */
@ExtendWith(LocalSpark.class)
class KillIT {
    @TempDir
    static Path scratch;

    private static final Map<Mode, List<Death>> DEATHS = new EnumMap<>(Mode.class);

    private static Scenario overwriting;
    private static Path archive;

    /** A process that dies early spends most of its life on loading classes. */
    @BeforeAll
    static void archiveClasses(SparkSession spark) {
        overwriting = Scenario.of(Mode.OVERWRITE, scratch, spark);
        Path classes = scratch.resolve("classes.jsa");
        Ground ground = overwriting.copy(scratch.resolve("archived"));
        Child.Ending ending = child("ending:well", ground, overwriting.first(ground))
                .jvmOption("-XX:ArchiveClassesAtExit=" + classes)
                .run();
        assertThat(ending.exitCode()).as(ending.err()).isZero();
        archive = classes;
    }

    @ParameterizedTest
    @EnumSource
    void endsAsIfItHadNeverBeenKilled(Mode mode, SparkSession spark) throws Exception {
        assertThat(deaths(mode, spark)).extracting(Death::point).contains("publish: begin …", "register");
    }

    /** The table is what this test has seen: a point that is new makes another. */
    @Test
    void theReadmeShowsWhatBecomesOfEachDeath(SparkSession spark) throws Exception {
        List<Death> all = new ArrayList<>();
        for (Mode mode : Mode.values()) {
            all.addAll(deaths(mode, spark));
        }
        String table = String.join("\n", Death.table(all));

        assertThat(Folders.read(Folders.root().resolve("README.md")))
                .as("README.md is to show:%n%s%n%nand shows something else", table)
                .contains("\n\n" + table + "\n\n");
    }

    private static List<Death> deaths(Mode mode, SparkSession spark) throws Exception {
        if (!DEATHS.containsKey(mode)) {
            Scenario scenario = mode == Mode.OVERWRITE ? overwriting : Scenario.of(mode, scratch, spark);
            DEATHS.put(mode, died(scenario, spark));
        }
        return DEATHS.get(mode);
    }

    private static List<Death> died(Scenario scenario, SparkSession spark) throws Exception {
        Mode mode = scenario.mode();
        Ground uncut = scenario.copy(scratch.resolve(mode + "-uncut"));
        List<String> before = uncut.rows();
        Trace trace;
        List<List<String>> polled;
        try (Poll poll = new Poll(List.of(uncut))) {
            trace = Trace.of(uncut.root(), points -> scenario.repeat(spark, uncut, points));
            polled = poll.end();
        }
        Ground.State expected = scenario.state(uncut);
        assertThat(polled).contains(before).allMatch(rows -> mode.shows(rows, before, expected.rows()));

        Map<Integer, Ground> killed = copies(scenario, trace.changesFrom(0));
        try (Poll poll = new Poll(killed.values())) {
            kill(scenario, killed);
            polled = poll.end();
        }
        assertThat(polled).contains(before).allMatch(rows -> mode.shows(rows, before, expected.rows()));
        Map<Integer, List<String>> left = new LinkedHashMap<>();
        Map<Integer, String> repeats = new LinkedHashMap<>();
        killed.forEach((point, ground) -> {
            String place = "%s, killed at point %d of %s".formatted(mode, point, trace.points());
            left.put(point, ground.rows());
            assertThat(mode.shows(left.get(point), before, expected.rows()))
                    .as("%s: %s", place, left.get(point))
                    .isTrue();
            List<String> points = new ArrayList<>();
            try (Poll poll = new Poll(List.of(ground))) {
                scenario.repeat(spark, ground, points::add);
                assertThat(poll.end()).as(place).allMatch(rows -> mode.shows(rows, before, expected.rows()));
            }
            repeats.put(point, Death.repeat(points));
            assertThat(scenario.state(ground)).as(place).isEqualTo(expected);
        });
        List<Death> deaths = new ArrayList<>();
        for (int point = 0; point < trace.points().size(); point++) {
            String name = Death.named(trace.points().get(point), uncut);
            int source = trace.source(point);
            deaths.add(new Death(
                    mode,
                    name,
                    Death.left(mode, name, left.get(source), before, expected.rows()),
                    repeats.get(source)));
        }
        return deaths;
    }

    /** Returns a copy of where a run starts for each of the points. */
    private static Map<Integer, Ground> copies(Scenario scenario, List<Integer> points) {
        Map<Integer, Ground> copies = new ConcurrentSkipListMap<>();
        points.forEach(
                point -> copies.put(point, scenario.copy(scratch.resolve(scenario.mode() + "-killed-" + point))));
        return copies;
    }

    /** Kills a run at each of the points, each on its own ground. */
    private static void kill(Scenario scenario, Map<Integer, Ground> killed) {
        List<String> arguments = new ArrayList<>();
        killed.forEach((point, ground) -> {
            arguments.addAll(arguments.isEmpty() ? List.of() : List.of("--"));
            arguments.addAll(arguments("dying:" + point, scenario.first(ground)));
        });
        Child.Ending ending = child(DyingRuns.class, scratch, arguments).run();
        assertThat(ending.exitCode()).as(ending.err()).isEqualTo(137);
    }

    @ParameterizedTest
    @EnumSource
    void aKillFromOutsideInTheMiddleOfATaskLeavesNoLockBehind(Mode mode, SparkSession spark) throws Exception {
        Scenario scenario = Scenario.of(mode, scratch.resolve("task"), spark);
        Ground uncut = scenario.copy(scratch.resolve(mode + "-task-uncut"));
        scenario.repeat(spark, uncut, point -> {});
        Ground ground = scenario.copy(scratch.resolve(mode + "-task-killed"));
        Map<String, String> settings = scenario.first(ground);
        settings.computeIfPresent("sales", (key, path) -> "remote://disk" + path);
        // partitions are written after a shuffle: without them, reading and writing go on at the same time; runs that
        // add files
        // keep those of the files that stay
        boolean writesMeanwhile = mode == Mode.OVERWRITE || mode == Mode.MERGE;
        if (writesMeanwhile) {
            settings.remove("partition-by");
        }

        Process writing = child("stalling:b.csv", ground, settings).start();
        try {
            List<String> said = writing.inputReader()
                    .lines()
                    .takeWhile(line -> !line.equals("stalled"))
                    .toList();
            assertThat(said).endsWith("enrich");
            assertThat(Folders.tree(ground.control())).contains("lock");
            assertThat(ground.control()
                            .resolve("staging/run-b/_temporary")
                            .toFile()
                            .exists())
                    .isEqualTo(writesMeanwhile);
        } finally {
            writing.destroyForcibly().waitFor();
        }

        assertThat(ground.rows()).isEqualTo(scenario.start().rows());
        scenario.repeat(spark, ground, point -> {});
        assertThat(scenario.state(ground)).isEqualTo(scenario.state(uncut));
    }

    /** No point is told in there: what the table is to be has been written, and readers do not find it yet, or do. */
    @Test
    void endsAsIfItHadNotBeenKilledInsideTheCommitToATable(SparkSession spark) throws Exception {
        Scenario merging = Scenario.of(Mode.MERGE, scratch.resolve("swap"), spark);
        Ground uncut = merging.copy(scratch.resolve("swap-uncut"));
        List<String> before = uncut.rows();
        merging.repeat(spark, uncut, point -> {});
        Ground.State expected = merging.state(uncut);

        for (String when : List.of("before", "after")) {
            Ground ground = merging.copy(scratch.resolve("swap-" + when));
            Child.Ending ending =
                    child("swapping:" + when, ground, merging.first(ground)).run();
            assertThat(ending.exitCode()).as(ending.err()).isEqualTo(137);
            assertThat(ending.out()).endsWith("publish: commit to lake.shop.out\n");

            assertThat(ground.rows()).as(when).isEqualTo(when.equals("before") ? before : expected.rows());
            List<String> points = new ArrayList<>();
            merging.repeat(spark, ground, points::add);
            assertThat(Death.repeat(points))
                    .isEqualTo(
                            when.equals("before")
                                    ? "gives the publication up, then starts over"
                                    : "finishes the publication, then reports what was published");
            assertThat(merging.state(ground)).as(when).isEqualTo(expected);
        }
    }

    private static Child child(String stop, Ground ground, Map<String, String> settings) {
        return child(StoppableRun.class, ground.workingFolder(), arguments(stop, settings));
    }

    private static List<String> arguments(String stop, Map<String, String> settings) {
        List<String> arguments = new ArrayList<>(List.of(stop));
        settings.forEach((key, value) -> arguments.add(key + "=" + value));
        return arguments;
    }

    private static Child child(Class<?> main, Path folder, List<String> arguments) {
        Child child = Child.java(folder, Jars.job() + ":" + Jars.tests(), main.getName(), arguments);
        return archive == null ? child : child.jvmOption("-XX:SharedArchiveFile=" + archive);
    }
}
