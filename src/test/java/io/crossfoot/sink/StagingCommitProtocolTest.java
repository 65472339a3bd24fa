package io.crossfoot.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.testing.FaultyFileSystem;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.internal.io.FileNameSpec;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import scala.Option;

@ExtendWith(LocalSpark.class)
class StagingCommitProtocolTest {
    private static final String COORDINATION = "spark.hadoop.outputCommitCoordination.enabled";

    @TempDir
    Path folder;

    private SparkSession writing(SparkSession shared) {
        SparkSession spark = shared.newSession();
        FaultyFileSystem.configuration().forEach(setting -> {
            if (setting.getKey().startsWith("fs.gs.")) {
                spark.conf().set(setting.getKey(), setting.getValue());
            }
        });
        spark.conf().set("spark.sql.sources.commitProtocolClass", StagingCommitProtocol.class.getName());
        return spark;
    }

    @Test
    void sparkWritesWithoutOneRename(SparkSession shared) {
        SparkSession spark = writing(shared);
        long before = FaultyFileSystem.renames();

        spark.range(0, 100, 1, 4)
                .selectExpr("id", "id % 2 AS half")
                .write()
                .partitionBy("half")
                .parquet("gs://host" + folder.resolve("out"));

        assertThat(FaultyFileSystem.renames()).isEqualTo(before);
        List<String> files = Folders.tree(folder.resolve("out"));
        assertThat(files)
                .hasSize(9)
                .contains("_committed")
                .filteredOn(file -> file.startsWith("half=1/part-"))
                .hasSize(4);
        assertThat(Folders.read(folder.resolve("out/_committed")).lines())
                .containsExactlyElementsOf(
                        files.stream().filter(file -> file.startsWith("half=")).toList());
        assertThat(shared.read().parquet(folder.resolve("out").toString()).count())
                .isEqualTo(100);
    }

    @Test
    void aJobThatFailsLeavesNoFile(SparkSession shared) {
        SparkSession spark = writing(shared);
        MapFunction<Long, Long> failing = id -> {
            if (id == 99) {
                throw new IllegalStateException("the last row");
            }
            return id;
        };

        assertThatThrownBy(() -> spark.range(0, 100, 1, 4)
                        .map(failing, Encoders.LONG())
                        .write()
                        .parquet("gs://host" + folder.resolve("out")))
                .hasRootCauseMessage("the last row");

        assertThat(Folders.tree(folder.resolve("out"))).doesNotContain("_committed");
    }

    @Test
    void keepsWhatCommittedAttemptsHaveWrittenAndNothingElse(SparkSession running) {
        // Spark asks its driver which attempt may commit; there is no task here that it knows
        SparkEnv.get().conf().set(COORDINATION, "false");
        try {
            String out = "gs://host" + folder.resolve("out");
            StagingCommitProtocol driver = new StagingCommitProtocol("job", out);
            driver.setupJob(attempt(0, 0));
            StagingCommitProtocol dead = new StagingCommitProtocol("job", out);
            StagingCommitProtocol second = new StagingCommitProtocol("job", out);
            Path left = write(dead, attempt(0, 0));
            Path kept = write(second, attempt(0, 1));

            driver.onTaskCommit(second.commitTask(attempt(0, 1)));
            driver.commitJob(attempt(0, 0), scala.collection.immutable.List$.MODULE$.empty());
            Path late = write(dead, attempt(0, 0));

            assertThat(left).doesNotExist();
            assertThat(kept).exists();
            assertThat(late).exists();
            assertThat(Folders.read(folder.resolve("out/_committed"))).isEqualTo("region=N/" + kept.getFileName());
        } finally {
            SparkEnv.get().conf().remove(COORDINATION);
        }
    }

    private static TaskAttemptContext attempt(int task, int attempt) {
        return new TaskAttemptContextImpl(
                FaultyFileSystem.configuration(),
                TaskAttemptID.forName("attempt_202601010000_0001_m_%06d_%d".formatted(task, attempt)));
    }

    private static Path write(StagingCommitProtocol protocol, TaskAttemptContext attempt) {
        protocol.setupTask(attempt);
        String file = protocol.newTaskTempFile(attempt, Option.apply("region=N"), new FileNameSpec("", ".parquet"));
        return Folders.write(Path.of(file.substring("gs://host".length())), "rows");
    }
}
