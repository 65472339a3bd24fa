package io.crossfoot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.error.LockedException;
import io.crossfoot.error.StorageException;
import io.crossfoot.sink.ControlFolder;
import io.crossfoot.sink.LeftOvers.LeftOver;
import io.crossfoot.sink.RunLock;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What no later run needs is removed, and nothing else. */
@ExtendWith(LocalSpark.class)
class CleaningTest {
    private static final Instant LATER = Instant.now().plus(Duration.ofDays(1));

    @TempDir
    Path folder;

    private Lake lake;

    /** Two runs that have published, of which the second has set a row apart. */
    @BeforeEach
    void publish(SparkSession spark) {
        lake = new Lake(folder);
        lake.customers("C1,Ann,a@x.org,North");
        lake.deliver("a.csv", "1,C1,Pen,2,1.50,2024-01-15");
        lake.run(spark, "r1");
        lake.deliver("b.csv", "2,C1,Pen,2,1.50,2024-01-15", "3,C1,Pen,x,1.50,2024-01-15");
        lake.run(spark, "r2");
        lake.deliver("c.csv", "4,C1,Pen,y,1.50,2024-01-15");
    }

    private Cleaning cleaning() {
        return Cleaning.of(lake.output(), Optional.empty(), new Configuration(), "clean");
    }

    private static List<String> kinds(List<LeftOver> found) {
        return found.stream().map(leftOver -> leftOver.kind().toString()).toList();
    }

    @Test
    void whatPublishedRunsHaveLeftStays() {
        Map<String, String> before = Folders.contents(folder);

        assertThat(cleaning().find(LATER)).isEmpty();
        assertThat(cleaning().remove(LATER)).isEmpty();

        assertThat(Folders.contents(folder)).isEqualTo(before);
    }

    @Test
    void aRunThatIsOverwrittenKeepsItsAccount(SparkSession spark) {
        lake.run(spark, "r3", "incremental", "false");

        assertThat(cleaning().remove(LATER)).isEmpty();
        assertThat(Folders.tree(lake.control())).contains("runs/r2/run-report.json", "runs/r2/report.html");
        assertThat(lake.control().resolve("quarantine/r2")).isDirectory();
    }

    @Test
    void whatADeadAndARefusedRunHaveLeftIsRemoved(SparkSession spark) {
        Map<String, String> before = contentsButHistory();
        lake.run(spark, "refused");
        lake.cutAt("balance", spark, "dead");
        Folders.write(lake.control().resolve("replaced/r0/part-00000-r0-c000.zstd.parquet"), "old");
        Folders.write(lake.control().resolve("writable"), "");
        Folders.write(lake.control().resolve("history.jsonl.part"), "cut");

        List<LeftOver> found = cleaning().find(LATER);

        assertThat(kinds(found))
                .containsExactly(
                        "staged", "replaced", "quarantined", "quarantined", "reported", "unfinished", "unfinished");
        assertThat(found).extracting(LeftOver::files).allMatch(files -> files > 0);
        assertThat(found.get(1).bytes()).isEqualTo(3);
        assertThat(cleaning().remove(LATER)).isEqualTo(found);
        assertThat(contentsButHistory()).isEqualTo(before);
        assertThat(cleaning().find(LATER)).isEmpty();
    }

    private Map<String, String> contentsButHistory() {
        Map<String, String> contents = new TreeMap<>(Folders.contents(folder));
        contents.remove("_crossfoot/out/history.jsonl");
        return contents;
    }

    @Test
    void theRowsOfAPublicationThatWasGivenUpAreRemoved(SparkSession spark) {
        lake.deliver("c.csv", "4,C1,Pen,4,1.50,2024-01-15");
        Map<String, String> before = Folders.contents(lake.outputFolder());
        lake.run(spark, "r");
        // what is left of a run whose journal was deleted when half of its files had been published
        Folders.delete(lake.control().resolve("runs/r/published.json"));
        Folders.delete(lake.control().resolve("state/000000003.run.jsonl"));
        Path report = lake.control().resolve("runs/r/run-report.json");
        Folders.write(report, Folders.read(report).replace("\"published\" : true", "\"published\" : false"));
        assertThat(Folders.tree(lake.outputFolder())).hasSize(3);

        assertThat(kinds(cleaning().remove(LATER))).containsExactly("reported", "orphaned");

        assertThat(Folders.contents(lake.outputFolder())).isEqualTo(before);
    }

    @Test
    void aPublicationThatWillBeFinishedIsLeftAlone(SparkSession spark) {
        lake.deliver("c.csv", "4,C1,Pen,4,1.50,2024-01-15");
        lake.cutAt("publish: move", spark, "r3");
        Map<String, String> before = Folders.contents(folder);

        assertThatThrownBy(() -> cleaning().remove(LATER))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("Cannot clean ")
                .hasMessageEndingWith(
                        "/out: run r3 has died while it was publishing; start it again, which finishes that first");
        assertThatThrownBy(() -> cleaning().find(LATER)).isInstanceOf(StorageException.class);

        assertThat(Folders.contents(folder)).isEqualTo(before);
    }

    @Test
    void aJobThatIsUnderWayIsLeftAlone(SparkSession spark) {
        lake.cutAt("balance", spark, "dead");
        Map<String, String> before = Folders.contents(folder);
        Configuration hadoop = new Configuration();
        String output = lake.output();

        try (RunLock lock = RunLock.acquire(
                ControlFolder.of(new org.apache.hadoop.fs.Path(output), Optional.empty(), hadoop), "other")) {
            assertThatThrownBy(() -> cleaning().remove(LATER)).isInstanceOf(LockedException.class);
            lock.confirm();
        }
        assertThat(cleaning().remove(Instant.now().minus(Duration.ofHours(1)))).isEmpty();

        assertThat(Folders.contents(folder)).isEqualTo(before);
    }

    @Test
    void anOutputThatNobodyHasWrittenIsClean() {
        Cleaning other =
                Cleaning.of(folder.resolve("no/such").toString(), Optional.empty(), new Configuration(), "clean");

        assertThat(other.remove(LATER)).isEmpty();
        assertThat(folder.resolve("no")).doesNotExist();
    }
}
