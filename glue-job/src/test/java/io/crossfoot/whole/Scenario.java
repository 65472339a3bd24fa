package io.crossfoot.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.Pipeline;
import io.crossfoot.testing.StoppableRun;
import io.crossfoot.whole.Death.Mode;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/**
 * An output, and a run that changes it, which is called run-b.
 *
 * @param start where the output lies before; copies of it are changed
 * @param settings those of the run on such a copy, by its id
 * @param repeated the id of the run that comes after one that did not end well
 */
record Scenario(Mode mode, Ground start, BiFunction<Ground, String, Map<String, String>> settings, String repeated) {

    /** Makes input and output in a folder of its own. */
    static Scenario of(Mode mode, Path scratch, SparkSession spark) {
        Path folder = scratch.resolve(mode.name());
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        Ground start = new Ground(folder.resolve("start/shop"));
        Inputs.writeFirst(first);
        Inputs.writeSecond(second);
        if (mode == Mode.MERGE) {
            run(spark, start.merging(first, "run-a"), point -> {});
        } else {
            run(spark, start.settings(first, "run-a", "overwrite"), point -> {});
        }
        return switch (mode) {
            case OVERWRITE ->
                new Scenario(mode, start, (ground, id) -> ground.settings(second, id, "overwrite"), "run-c");
            case APPEND -> new Scenario(mode, start, (ground, id) -> ground.settings(second, id, "append"), "run-b");
            case NEW_FILE -> {
                Inputs.addFile(first);
                yield new Scenario(mode, start, (ground, id) -> ground.incremental(first, id), "run-b");
            }
            case REWRITTEN_FILE -> {
                // what the rewritten file was read with goes; what another run has read stays
                Inputs.addFile(first);
                run(spark, start.incremental(first, "run-n"), point -> {});
                Inputs.rewriteFile(first);
                yield new Scenario(mode, start, (ground, id) -> ground.incremental(first, id), "run-b");
            }
            case MERGE -> {
                // a row is another, one stays as it is, and others come
                Inputs.addFile(first);
                Inputs.rewriteFile(first);
                yield new Scenario(mode, start, (ground, id) -> ground.merging(first, id), "run-b");
            }
        };
    }

    /** Returns a copy of where the run starts, below a folder. */
    Ground copy(Path below) {
        return start.copyTo(below.resolve("shop"));
    }

    /** @param settings those of the run; of Spark where they begin with it */
    static void run(SparkSession spark, Map<String, String> settings, Consumer<String> points) {
        assertThat(Pipeline.of(StoppableRun.config(settings))
                        .telling(points)
                        .run(StoppableRun.session(spark, settings))
                        .verdict())
                .isEmpty();
    }

    Map<String, String> first(Ground ground) {
        return settings.apply(ground, "run-b");
    }

    /** Runs on a ground on which another may have died. */
    void repeat(SparkSession spark, Ground ground, Consumer<String> points) {
        run(spark, settings.apply(ground, repeated), points);
    }

    /** What a run has left, but for what bears the name of another that has died. */
    Ground.State state(Ground ground) {
        return ground.state(repeated, repeated.equals("run-b") ? "no other" : "run-b");
    }
}
