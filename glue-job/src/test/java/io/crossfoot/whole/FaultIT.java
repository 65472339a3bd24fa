package io.crossfoot.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.Pipeline;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.error.StorageException;
import io.crossfoot.testing.FaultyFileSystem;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Storage that fails once, at any of its operations, costs a repetition, and no row. */
@ExtendWith(LocalSpark.class)
class FaultIT {
    private static final String STORE = "remote://disk";

    @TempDir
    Path scratch;

    private Path input;
    private Ground start;

    @BeforeEach
    void publishFirstInput(SparkSession spark) {
        FaultyFileSystem.register(spark.sparkContext().hadoopConfiguration());
        input = scratch.resolve("input");
        Inputs.writeFirst(input);
        start = Ground.empty(scratch.resolve("start"));
        run(spark, onStore(start.settings(input, "run-a", "overwrite")));
        Inputs.addFile(input);
        Inputs.rewriteFile(input);
    }

    @AfterEach
    void heal() {
        FaultyFileSystem.heal();
    }

    private static Map<String, String> onStore(Map<String, String> settings) {
        settings.compute("output", (key, path) -> STORE + path);
        return settings;
    }

    private Map<String, String> settings(Ground ground, String mode) {
        return onStore(
                mode.equals("incremental") ? ground.incremental(input, "run-b") : ground.settings(input, "run-b", mode));
    }

    private static void run(SparkSession spark, Map<String, String> settings) {
        assertThat(Pipeline.of(EnrichConfig.of(settings)).run(spark).verdict()).isEmpty();
    }

    /** Whether the run has told of a fault; what it throws besides is a bug. */
    private static boolean isRefused(SparkSession spark, Map<String, String> settings) {
        try {
            run(spark, settings);
            return false;
        } catch (StorageException failed) {
            assertThat(failed).hasMessageStartingWith("Cannot ");
            return true;
        }
    }

    @ParameterizedTest
    @CsvSource({"overwrite", "append", "incremental"})
    void anyOperationThatFailsIsPutRight(String mode, SparkSession spark) {
        List<String> before = start.rows();
        Ground uncut = start.copyTo(scratch.resolve("uncut"));
        run(spark, settings(uncut, mode));
        Ground.State expected = uncut.state("run-b", "no other");
        Set<String> known = new HashSet<>();
        int refusals = 0;
        boolean anyLeft = true;
        for (int operation = 0; anyLeft; operation++) {
            Ground ground = start.copyTo(scratch.resolve("failed"));
            FaultyFileSystem.failAt(operation);
            boolean isRefused = isRefused(spark, settings(ground, mode));
            anyLeft = FaultyFileSystem.hasFailed();
            FaultyFileSystem.heal();

            String place = "operation %d, refused: %s".formatted(operation, isRefused);
            List<String> seen = ground.rows();
            assertThat(seen.containsAll(before) || seen.containsAll(expected.rows()) || seen.isEmpty())
                    .as("%s: %s", place, seen)
                    .isTrue();
            refusals += isRefused ? 1 : 0;
            // what has been put right once need not be again
            if (known.add(isRefused + ground.shape())) {
                run(spark, settings(ground, mode));
                assertThat(ground.state("run-b", "no other")).as(place).isEqualTo(expected);
            }
            Folders.delete(ground.root());
        }
        assertThat(refusals).isGreaterThan(50);
    }
}
