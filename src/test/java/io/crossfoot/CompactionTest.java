package io.crossfoot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.Lake.Cut;
import io.crossfoot.config.CompactConfig;
import io.crossfoot.error.StorageException;
import io.crossfoot.error.UsageException;
import io.crossfoot.report.RunReport.Increment;
import io.crossfoot.sink.CompactionSummary;
import io.crossfoot.sink.Compression;
import io.crossfoot.testing.FaultyFileSystem;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import io.crossfoot.testing.Trace;
import io.crossfoot.testing.Trials;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Few files instead of many hold the same rows, and what runs have read stays known. */
@ExtendWith(LocalSpark.class)
class CompactionTest {
    @TempDir
    Path folder;

    private Lake lake;

    @BeforeAll
    static void serve() {
        FaultyFileSystem.register(LocalSpark.session().sparkContext().hadoopConfiguration());
    }

    /** Three runs, a file of rows each; the second has set one apart, and has rows without a customer. */
    private void publish(String store, SparkSession spark, String... more) {
        lake = new Lake(folder.resolve("in"), folder.resolve("start"), store);
        lake.customers("C1,Ann,a@x.org,North", "C2,Bob,b@x.org,South");
        lake.deliver("a.csv", "1,C1,Pen,2,1.50,2024-01-15", "2,C2,Ink,1,9.00,2024-01-15");
        lake.run(spark, "r1", more);
        lake.deliver("b.csv", "3,C9,Pen,2,1.50,2024-01-16", "4,C1,Pen,x,1.50,2024-01-16", "5,C1,Cap,1,2.00,2024-01-16");
        lake.run(spark, "r2", more);
        lake.deliver("c.csv", "6,C2,Hat,1,9.00,2024-02-01");
        lake.run(spark, "r3", more);
    }

    private static Compaction compaction(Lake lake, String runId) {
        return Compaction.of(new CompactConfig(
                lake.output(), Optional.empty(), Optional.empty(), 128L << 20, Compression.ZSTD, runId));
    }

    private List<String> keys() {
        return OutputState.of(
                        lake.outputFolder().toString(),
                        Optional.of(lake.control().toString()),
                        new Configuration(),
                        "state")
                .accounts()
                .stream()
                .map(account -> account.run().run() + " " + account.run().key() + " " + account.objects())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "remote://disk", "gs://bucket"})
    void fewFilesHoldTheSameRowsAndTheSameIsKnown(String store, SparkSession spark) {
        publish(store, spark);
        List<String> rows = lake.rows();
        List<String> keys = keys();
        CompactionSummary plan =
                compaction(lake, "plan").plan(spark.sparkContext().hadoopConfiguration());

        CompactionSummary done = compaction(lake, "c1").run(spark);

        assertThat(Folders.tree(lake.outputFolder())).singleElement().asString().contains("c1");
        assertThat(rows).hasSize(5);
        assertThat(lake.rows()).isEqualTo(rows);
        assertThat(keys()).isEqualTo(keys);
        assertThat(done.files()).isEqualTo(plan.files()).isEqualTo(3);
        assertThat(done.newFiles()).isEqualTo(plan.newFiles()).isEqualTo(1);
        assertThat(done.rows()).isEqualTo(plan.rows()).isEqualTo(5);
        assertThat(lake.run(spark, "r4").increment()).isEqualTo(new Increment(0, 0, 0, 3, 0, List.of(), List.of()));
        assertThat(compaction(lake, "c2").run(spark)).isEqualTo(CompactionSummary.NOTHING);
    }

    /** A file of the run is as large as it should be, and stays; files are named by who has staged them. */
    @ParameterizedTest
    @ValueSource(strings = {"", "remote://disk", "gs://bucket"})
    void theNameOfARunIsNotTakenAgain(String store, SparkSession spark) {
        publish(store, spark);
        lake.deliver(
                "d.csv",
                IntStream.range(100, 3000)
                        .mapToObj(order -> order + ",C1,Pen,2,1.50,2024-01-15")
                        .toArray(String[]::new));
        lake.run(spark, "r4");
        List<String> rows = lake.rows();
        long large = Folders.tree(lake.outputFolder()).stream()
                .map(lake.outputFolder()::resolve)
                .mapToLong(file -> file.toFile().length())
                .max()
                .orElseThrow();

        CompactionSummary done = Compaction.of(new CompactConfig(
                        lake.output(), Optional.empty(), Optional.empty(), large, Compression.ZSTD, "r4"))
                .run(spark);

        assertThat(done.files()).isEqualTo(3);
        assertThat(lake.rows()).isEqualTo(rows).hasSize(2905);
        assertThatThrownBy(() -> lake.run(spark, "r4-2"))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("Cannot run as r4-2: a compaction has published under this id");
    }

    @Test
    void foldersStayWhatTheyAre(SparkSession spark) {
        publish("", spark, "partition-by", "region");
        lake.deliver("d.csv", "7,C9,Pen,2,1.50,2024-01-16");
        lake.run(spark, "r4", "partition-by", "region");
        List<String> rows = lake.rows();

        CompactionSummary done = compaction(lake, "c1").run(spark);

        assertThat(Folders.tree(lake.outputFolder()))
                .extracting(file -> Path.of(file).getParent().toString())
                .containsExactly("region=North", "region=South", "region=__HIVE_DEFAULT_PARTITION__");
        assertThat(lake.rows()).isEqualTo(rows);
        assertThat(done.files()).isEqualTo(6);
        assertThat(done.newFiles()).isEqualTo(3);
    }

    @Test
    void whatSharesAFileIsReplacedTogether(SparkSession spark) {
        publish("", spark);
        compaction(lake, "c1").run(spark);
        lake.deliver("d.csv", "7,C1,Pen,1,1.00,2024-01-16");
        lake.run(spark, "r4");
        lake.deliver("b.csv", "3,C1,Pen,20,1.50,2024-01-16");

        Increment increment = lake.run(spark, "r5").increment();

        assertThat(increment).isEqualTo(new Increment(0, 1, 2, 1, 0, List.of(), List.of("r3", "r2", "r1")));
        assertThat(lake.rows())
                .extracting(row -> row.split("\\|")[0] + " " + row.split("\\|")[4])
                .containsExactly("1 2", "2 1", "3 20", "6 1", "7 1");
        assertThat(lake.run(spark, "r6").increment()).isEqualTo(new Increment(0, 0, 0, 4, 0, List.of(), List.of()));
    }

    @Test
    void whatSharesAFileIsNotReplacedWhereOneCouldNotBeReadAgain(SparkSession spark) {
        publish("", spark);
        compaction(lake, "c1").run(spark);
        Folders.delete(folder.resolve("in/sales/c.csv"));
        lake.deliver("b.csv", "3,C1,Pen,20,1.50,2024-01-16");
        List<String> rows = lake.rows();

        assertThatThrownBy(() -> lake.run(spark, "r4"))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("Cannot replace what run r3, r2, r1 has published: 1 of the files");

        assertThat(lake.rows()).isEqualTo(rows);
    }

    @ParameterizedTest
    @CsvSource({"'',", "remote://disk,region"})
    void isTheSameWhereverItIsCutShort(String store, String partitionBy, SparkSession spark) {
        publish(store, spark, partitionBy == null ? new String[0] : new String[] {"partition-by", partitionBy});
        List<String> rows = lake.rows();
        Lake uncut = lake.copyTo(folder.resolve("uncut"));
        Trace trace = Trace.of(
                uncut.root(), told -> compaction(uncut, "c1").telling(told).run(spark));
        List<String> points = trace.points();
        List<String> expected = uncut.state();
        assertThat(points).contains("compact", "audit").anyMatch(point -> point.startsWith("marked: "));

        Trials.each(trace.changesFrom(0), cut -> {
            Lake ground = lake.copyTo(folder.resolve("cut-" + cut));
            Consumer<String> cutter = Lake.cutterAt(cut);
            assertThatThrownBy(() -> compaction(ground, "c1").telling(cutter).run(spark))
                    .isInstanceOf(Cut.class);
            if (!store.isEmpty()) {
                // elsewhere a reader may see a row twice, never none
                assertThat(ground.rows()).as(points.get(cut)).containsAll(rows);
            } else {
                assertThat(ground.rows()).as(points.get(cut)).isIn(rows, List.of());
            }

            compaction(ground, "c1").run(spark);

            assertThat(ground.state()).as(points.get(cut)).isEqualTo(expected);
        });
    }

    /** What is half done is finished by whoever comes next. */
    @Test
    void aRunFinishesACompactionAndACompactionARun(SparkSession spark) {
        publish("", spark);
        List<String> rows = lake.rows();
        Lake other = lake.copyTo(folder.resolve("other"));
        assertThatThrownBy(
                        () -> compaction(lake, "c1").telling(Lake.cutterAt(4)).run(spark))
                .isInstanceOf(Cut.class);
        assertThat(lake.run(spark, "r4").increment().known()).isEqualTo(3);
        assertThat(lake.rows()).isEqualTo(rows);
        assertThat(Folders.tree(lake.outputFolder())).hasSize(1);

        other.deliver("d.csv", "7,C1,Pen,1,1.00,2024-01-16");
        other.cutAt("publish: move", spark, "r4");
        assertThat(compaction(other, "c1").run(spark).rows()).isEqualTo(6);
        assertThat(Folders.read(other.control().resolve("runs/r4/run-report.json")))
                .contains("\"published\" : true");
    }

    @Test
    void whatNobodyKnowsIsLeftAlone(SparkSession spark) throws Exception {
        publish("", spark);
        Path foreign = lake.outputFolder().resolve("foreign.parquet");
        Files.copy(lake.outputFolder().resolve(Folders.tree(lake.outputFolder()).get(0)), foreign);
        List<String> rows = lake.rows();

        assertThat(compaction(lake, "c1").run(spark).files()).isEqualTo(3);

        assertThat(foreign).exists();
        assertThat(lake.rows()).isEqualTo(rows);
    }

    @Test
    void aBookmarkThatIsNotSavedComesFirst(SparkSession spark) {
        publish("", spark);
        Folders.write(
                lake.control().resolve("unacknowledged.json"),
                "{\"version\": 1, \"run\": \"r3\", \"witness\": null, \"files\": []}");
        Map<String, String> before = Folders.contents(lake.root());

        assertThatThrownBy(() -> compaction(lake, "c1").run(spark))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(": run r3 has published and died before its bookmark was saved;");

        assertThat(Folders.contents(lake.root())).isEqualTo(before);
    }
}
