package io.crossfoot.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.Pipeline;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.error.LockedException;
import io.crossfoot.testing.Child;
import io.crossfoot.testing.LocalSpark;
import io.crossfoot.testing.StoppableRun;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Of two runs on one output at one time, the second ends at once. */
@ExtendWith(LocalSpark.class)
class LockIT {
    @TempDir
    Path scratch;

    @Test
    void theSecondRunIsRefusedAndTheFirstEndsWell(SparkSession spark) throws Exception {
        Path input = scratch.resolve("input");
        Inputs.writeFirst(input);
        Ground ground = new Ground(scratch.resolve("ground"));
        Map<String, String> second = ground.settings(input, "second", "overwrite");

        Process first = start("waiting:balance", ground.settings(input, "first", "overwrite"));
        try (BufferedReader said = first.inputReader()) {
            assertThat(said.lines().takeWhile(line -> !line.equals("balance"))).endsWith("enrich", "quarantine");

            assertThatThrownBy(() -> Pipeline.of(EnrichConfig.of(second)).run(spark))
                    .isInstanceOfSatisfying(
                            LockedException.class,
                            refused -> assertThat(refused.exitCode()).isEqualTo(5))
                    .hasMessageMatching(
                            "Cannot start: run first \\(process %d on host \\S+, since \\S+\\) is writing to %s; wait for it to end"
                                    .formatted(first.pid(), ground.output()));

            first.getOutputStream().close();
            assertThat(said.lines()).contains("publish");
            assertThat(first.waitFor()).isZero();
        } finally {
            first.destroyForcibly();
        }
        assertThat(ground.rows()).hasSize(1 + 3);
        assertThat(Pipeline.of(EnrichConfig.of(second)).run(spark).published()).isTrue();
    }

    /** Whichever comes first: the other is refused, or comes when the first has ended and finds its sales there. */
    @Test
    void twoRunsThatAreStartedTogetherBringTheSameSalesOnce() throws Exception {
        Path input = scratch.resolve("input");
        Inputs.writeFirst(input);
        Ground ground = new Ground(scratch.resolve("ground"));

        List<Process> both = Stream.of("one", "other")
                .map(runId -> start("ending:well", ground.settings(input, runId, "append")))
                .toList();
        List<Integer> exitCodes = new ArrayList<>();
        for (Process run : both) {
            try (BufferedReader said = run.inputReader()) {
                said.lines().forEach(line -> {});
                exitCodes.add(run.waitFor());
            } finally {
                run.destroyForcibly();
            }
        }

        assertThat(exitCodes).contains(0);
        assertThat(ground.rows()).hasSize(1 + 3);
        assertThat(ground.control().resolve("lock")).doesNotExist();
    }

    private Process start(String stop, Map<String, String> settings) {
        List<String> arguments = new ArrayList<>(List.of(stop));
        settings.forEach((key, value) -> arguments.add(key + "=" + value));
        return Child.java(scratch, Jars.job() + ":" + Jars.tests(), StoppableRun.class.getName(), arguments)
                .start();
    }
}
