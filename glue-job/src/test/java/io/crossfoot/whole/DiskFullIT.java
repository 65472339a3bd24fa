package io.crossfoot.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.Pipeline;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.error.StorageException;
import io.crossfoot.testing.FaultyFileSystem;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Input and output on file systems that are not the local disk, and that run full. */
@ExtendWith(LocalSpark.class)
class DiskFullIT {
    @TempDir
    Path scratch;

    private Path first;
    private Path second;
    private Ground ground;

    @BeforeEach
    void writeInput(SparkSession spark) {
        FaultyFileSystem.register(spark.sparkContext().hadoopConfiguration());
        first = scratch.resolve("first");
        second = scratch.resolve("second");
        Inputs.writeFirst(first);
        Inputs.writeSecond(second);
        ground = new Ground(scratch.resolve("ground"));
    }

    @AfterEach
    void heal() {
        FaultyFileSystem.heal();
    }

    private Map<String, String> settings(String scheme, Path input, String runId) {
        Map<String, String> settings = ground.settings(input, runId, "overwrite");
        for (String place : List.of("sales", "customers", "output")) {
            settings.compute(place, (key, path) -> scheme + "://host" + path);
        }
        return settings;
    }

    private static void run(SparkSession spark, Map<String, String> settings) {
        assertThat(Pipeline.of(EnrichConfig.of(settings)).run(spark).published())
                .isTrue();
    }

    /** One renames folders, the other is taken for a store that cannot. */
    @ParameterizedTest
    @ValueSource(strings = {"remote", "gs"})
    void anyFileSystemServesForInputAndOutput(String scheme, SparkSession spark) {
        Ground local = new Ground(scratch.resolve("local"));
        run(spark, local.settings(second, "run-b", "overwrite"));

        run(spark, settings(scheme, first, "run-a"));
        run(spark, settings(scheme, second, "run-b"));

        assertThat(ground.rows()).isEqualTo(local.rows());
        assertThat(Folders.tree(ground.output())).isEqualTo(Folders.tree(local.output()));
        assertThat(Folders.tree(ground.control())).doesNotContain("lock", "journal.json");
    }

    @ParameterizedTest
    @ValueSource(longs = {1500, 5500})
    void aFullDiskLeavesThePreviousOutputAsItWas(long room, SparkSession spark) {
        run(spark, settings("remote", first, "run-a"));
        List<String> files = Folders.tree(ground.output());
        List<String> rows = ground.rows();

        FaultyFileSystem.leaveRoomFor(room);
        assertThatThrownBy(() -> run(spark, settings("remote", second, "run-b")))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        full -> assertThat(full.exitCode()).isEqualTo(4))
                .hasMessage(
                        "Cannot write to remote://host%s: no space is left on the device; free some and start again; the previous output is untouched"
                                .formatted(ground.output()));

        assertThat(Folders.tree(ground.output())).isEqualTo(files);
        assertThat(ground.rows()).isEqualTo(rows);
        FaultyFileSystem.leaveRoomFor(Long.MAX_VALUE);
        run(spark, settings("remote", second, "run-c"));
        assertThat(ground.rows()).hasSize(1 + 3);
        assertThat(Folders.tree(ground.control())).noneMatch(file -> file.startsWith("staging"));
    }

    @Test
    void aDiskTooFullForTheLockSaysSo(SparkSession spark) {
        FaultyFileSystem.leaveRoomFor(0);

        assertThatThrownBy(() -> run(spark, settings("remote", first, "run-a")))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("Cannot write ")
                .hasMessageContaining("no space is left; free some space");
    }
}
