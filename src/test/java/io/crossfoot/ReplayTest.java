package io.crossfoot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.Lake.Cut;
import io.crossfoot.config.CompactConfig;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.error.StorageException;
import io.crossfoot.error.UsageException;
import io.crossfoot.report.RunHistory;
import io.crossfoot.report.RunReport;
import io.crossfoot.report.RunReport.ReplayOf;
import io.crossfoot.report.RunReport.ReplayedBy;
import io.crossfoot.sink.Compression;
import io.crossfoot.testing.DuckDb;
import io.crossfoot.testing.FaultyFileSystem;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import io.crossfoot.testing.Trace;
import io.crossfoot.testing.Trials;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was quarantined and mended is published once, wherever a replay is cut short, and all accounts add up. */
@ExtendWith(LocalSpark.class)
class ReplayTest {
    private static final String RULE = "Rules = [ ColumnValues \"quantity\" > 0 ]";

    @TempDir
    private Path folder;

    private Lake lake;

    @BeforeAll
    static void serve() {
        FaultyFileSystem.register(LocalSpark.session().sparkContext().hadoopConfiguration());
    }

    /** Two runs; the second has quarantined a quantity that is none, one that breaks a rule, and a line cut short. */
    private void publish(String store, SparkSession spark, String... more) {
        lake = new Lake(folder.resolve("in"), folder.resolve("start"), store);
        lake.customers("C1,Ann,a@x.org,North", "C2,Bob,b@x.org,South");
        lake.deliver("a.csv", "1,C1,Pen,2,1.50,2024-01-15");
        lake.run(spark, "r1", more);
        lake.deliver(
                "b.csv",
                "2,C2,Ink,1,9.00,2024-01-15",
                "3,C1,Pen,x,1.50,2024-01-16",
                "4,C2,Pen,-1,1.50,2024-01-16",
                "5,C9,Cap,0,2.00");
        lake.run(spark, "r2", Lake.and(more, "rules", RULE, "max-quarantine", "80%"));
    }

    /** The quantity that is none becomes one, where an editor would do it. */
    private static void mend(Lake lake, String run, String from, String to) {
        Path quarantine = lake.control().resolve("quarantine/" + run);
        List<String> files = Folders.tree(quarantine);
        assertThat(files).noneMatch(file -> file.endsWith(".crc"));
        for (String file : files) {
            String text = Folders.read(quarantine.resolve(file));
            Folders.write(quarantine.resolve(file), text.replace(from, to));
        }
    }

    private static void mend(Lake lake) {
        mend(lake, "r2", "\\\"quantity\\\":\\\"x\\\"", "\\\"quantity\\\":\\\"3\\\"");
    }

    private static Pipeline replay(Lake lake, String runId, String of, String... more) {
        EnrichConfig config = lake.config(
                runId,
                Lake.and(
                        new String[] {"incremental", "false", "mode", "append", "max-quarantine", "100%"},
                        Lake.and(more, "quality", "none")));
        return Pipeline.of(config).replaying(of);
    }

    private RunReport reportOf(String run) {
        return io.crossfoot.report.ReportJson.read(
                Folders.read(lake.control().resolve("runs/" + run + "/run-report.json")));
    }

    private String pageOf(String run) {
        return Folders.read(lake.control().resolve("runs/" + run + "/report.html"));
    }

    private static List<String> orders(Lake lake) {
        return lake.rows().stream()
                .map(row -> row.split("\\|")[0] + " " + row.split("\\|")[4])
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "remote://disk", "gs://bucket"})
    void whatWasMendedIsPublishedOnceAndBothAccountsAddUp(String store, SparkSession spark) {
        publish(store, spark);
        mend(lake);
        assertThat(orders(lake)).containsExactly("1 2", "2 1");

        RunReport report = replay(lake, "x1", "r2").run(spark);

        assertThat(report.published()).isTrue();
        assertThat(report.replayOf()).isEqualTo(new ReplayOf("r2", "r2", 3));
        assertThat(report.balance().read()).isEqualTo(3);
        assertThat(report.balance().written()).isEqualTo(2);
        assertThat(report.balance().quarantined()).isEqualTo(1);
        assertThat(report.sales().location()).endsWith("quarantine/r2");
        assertThat(orders(lake)).containsExactly("1 2", "2 1", "3 3", "4 -1");
        assertThat(Folders.tree(lake.control().resolve("quarantine/x1")))
                .filteredOn(file -> file.endsWith(".json"))
                .singleElement()
                .satisfies(file -> assertThat(Folders.read(lake.control().resolve("quarantine/x1/" + file)))
                        .contains(
                                "\"reason\":\"malformed record\"", "b.csv\"", "\"source_offset\":", "5,C9,Cap,0,2.00"));
        RunReport earlier = reportOf("r2");
        assertThat(earlier.replayedBy()).isEqualTo(new ReplayedBy("x1", 3, 2, 1));
        assertThat(earlier.balance().quarantined()).isEqualTo(3);
        assertThat(pageOf("r2")).contains("Quarantined sales, replayed by <a href=\"../x1/report.html\">x1</a>");
        assertThat(pageOf("x1")).contains("A replay of 3 sales that run <a href=\"../r2/report.html\">r2</a>");
        assertThat(new RunHistory(
                                new org.apache.hadoop.fs.Path(
                                        lake.control().resolve("history.jsonl").toString()),
                                new Configuration())
                        .runs())
                .extracting(run -> run.runId() + " " + run.replayOf() + " "
                        + (run.replayedBy() == null ? "-" : run.replayedBy().run()))
                .containsExactly("r1 null -", "r2 null x1", "x1 r2 -");

        Map<String, String> before = Folders.contents(lake.outputFolder());
        RunReport again = replay(lake, "x2", "r2").run(spark);

        assertThat(again.runId()).isEqualTo("x1");
        assertThat(Folders.contents(lake.outputFolder())).isEqualTo(before);
        assertThat(lake.control().resolve("runs/x2")).doesNotExist();
    }

    /** Editors leave lines that hold nothing, and people lines that are none of ours: a run that has published says so. */
    @Test
    void linesThatHoldNoRowAreNotShown(SparkSession spark) {
        publish("", spark);
        mend(lake);
        mend(lake, "r2", "\n", "\n\n{}\n" + " ".repeat(20_000) + "\n");

        RunReport report = replay(lake, "x1", "r2").run(spark);

        assertThat(report.published()).isTrue();
        assertThat(pageOf("r2")).contains("<summary>sales: malformed record");
    }

    /** A row that broke the contract again can be mended again; what runs have read stays known. */
    @Test
    void whatIsStillQuarantinedCanBeReplayedInItsTurn(SparkSession spark) {
        publish("", spark);
        replay(lake, "x1", "r2").run(spark);
        assertThat(orders(lake)).containsExactly("1 2", "2 1", "4 -1");
        mend(lake, "x1", "\\\"quantity\\\":\\\"x\\\"", "\\\"quantity\\\":\\\"3\\\"");
        mend(
                lake,
                "x1",
                "5,C9,Cap,0,2.00",
                "{\\\"order_id\\\":5,\\\"customer_id\\\":\\\"C9\\\",\\\"product_name\\\":\\\"Cap\\\","
                        + "\\\"quantity\\\":5,\\\"price\\\":2.00,\\\"order_date\\\":\\\"2024-01-17\\\"}");

        RunReport report = replay(lake, "x2", "x1").run(spark);

        assertThat(report.replayOf()).isEqualTo(new ReplayOf("x1", "r2", 2));
        assertThat(orders(lake)).containsExactly("1 2", "2 1", "3 3", "4 -1", "5 5");
        assertThat(reportOf("x1").replayedBy()).isEqualTo(new ReplayedBy("x2", 2, 2, 0));
        assertThat(lake.run(spark, "r3").increment().known()).isEqualTo(2);
        assertThat(orders(lake)).hasSize(5);
    }

    /** The sales were mended where they came from: they are read again, and must not be there twice. */
    @ParameterizedTest
    @ValueSource(strings = {"", "remote://disk"})
    void whatWasReplayedGoesWhenItsSourceIsReadAgain(String store, SparkSession spark) {
        publish(store, spark);
        mend(lake);
        replay(lake, "x1", "r2").run(spark);
        Compaction.of(new CompactConfig(
                        lake.output(), Optional.empty(), Optional.empty(), 128L << 20, Compression.ZSTD, "c1"))
                .run(spark);
        assertThat(orders(lake)).hasSize(4);
        lake.deliver("b.csv", "2,C2,Ink,1,9.00,2024-01-15", "3,C1,Pen,30,1.50,2024-01-16");

        lake.run(spark, "r3");

        assertThat(orders(lake)).containsExactly("1 2", "2 1", "3 30");
        assertThatThrownBy(() -> replay(lake, "x2", "x1").run(spark))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("Cannot replay run x1: a later run has read the same sales again");
        assertThatThrownBy(() -> replay(lake, "x2", "r2").run(spark))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("is gone: a later run has taken its place");
        assertThat(orders(lake)).hasSize(3);
    }

    @Test
    void foldersAndPersonalValuesAreWhatTheyAreInOtherRuns(SparkSession spark) {
        String[] more = {"partition-by", "region", "personal-values", "hash", "hash-salt", "a secret that is long"};
        publish("", spark, more);
        mend(lake);

        replay(lake, "x1", "r2", more).run(spark);

        assertThat(DuckDb.query(
                        "SELECT order_id, region, name = sha256('a secret that is long:' || CASE region WHEN 'North' THEN 'Ann' ELSE 'Bob' END) FROM read_parquet('%s/*/*.parquet', hive_partitioning = true) ORDER BY ALL"
                                .formatted(lake.outputFolder())))
                .contains("1|North|true", "2|South|true", "3|North|true", "4|South|true")
                .hasSize(5);
    }

    @ParameterizedTest
    @CsvSource({"'',", "remote://disk,region"})
    void isTheSameWhereverItIsCutShort(String store, String partitionBy, SparkSession spark) {
        String[] more = partitionBy == null ? new String[0] : new String[] {"partition-by", partitionBy};
        publish(store, spark, more);
        mend(lake);
        Lake uncut = lake.copyTo(folder.resolve("uncut"));
        Trace trace = Trace.of(
                uncut.root(),
                told -> replay(uncut, "x1", "r2", more).telling(told).run(spark));
        List<String> points = trace.points();
        List<String> expected = uncut.state();
        assertThat(points).contains("enrich", "quarantine").anyMatch(point -> point.startsWith("noted: "));

        // before that nothing is touched but what the next run throws away
        Trials.each(trace.changesFrom(trace.first("publish")), cut -> {
            Lake ground = lake.copyTo(folder.resolve("cut-" + cut));
            Consumer<String> cutter = Lake.cutterAt(cut);
            assertThatThrownBy(() ->
                            replay(ground, "x1", "r2", more).telling(cutter).run(spark))
                    .isInstanceOf(Cut.class);

            RunReport report = replay(ground, "x1", "r2", more).run(spark);

            assertThat(report.runId()).isEqualTo("x1");
            assertThat(ground.state()).as(points.get(cut)).isEqualTo(expected);
            assertThat(Folders.read(ground.control().resolve("runs/r2/run-report.json")))
                    .as(points.get(cut))
                    .contains("\"replayed_by\"");
            assertThat(Folders.read(ground.control().resolve("runs/r2/report.html")))
                    .as(points.get(cut))
                    .contains("replayed by");
        });
    }

    @Test
    void nothingChangesWhenNoRowWasMendedOrARowIsMissing(SparkSession spark) {
        publish("", spark);
        Map<String, String> before = Folders.contents(lake.outputFolder());

        RunReport unmended = replay(lake, "x1", "r2", "rules", RULE).run(spark);

        assertThat(unmended.verdict())
                .containsExactly(
                        "Cannot publish: all 3 sales that run r2 has quarantined still break the contract; mend them, or the contract, and replay again");
        mend(lake, "r2", "\"table\":\"sales\",\"source_file\"", "\"table\":\"sale\",\"source_file\"");
        assertThat(replay(lake, "x2", "r2").run(spark).verdict())
                .containsExactly(
                        "Cannot publish: the quarantine of run r2 holds 0 sales, and its report says 3; put it back as it was, but for what was mended");
        assertThat(Folders.contents(lake.outputFolder())).isEqualTo(before);
        assertThat(reportOf("r2").replayedBy()).isNull();

        mend(lake, "r2", "\"table\":\"sale\",", "\"table\":\"sales\",");
        mend(lake);
        assertThat(replay(lake, "x3", "r2").run(spark).published()).isTrue();
    }

    @Test
    void refusesWhatCannotBeReplayed(SparkSession spark) {
        publish("", spark);
        Map<String, String> before = Folders.contents(lake.outputFolder());

        refuses("x1", "r9", "has no run 'r9'; did you mean 'r1'?", spark);
        refuses("x1", "r1", "Cannot replay run r1: it has quarantined no sales", spark);
        refuses("r2", "r2", "Cannot replay run r2 under its own name; give the replay an id of its own", spark);
        refuses("r1", "r2", "Cannot start run r1: it has published before; give each run an id of its own", spark);
        assertThatThrownBy(() -> Pipeline.of(lake.config("x1")).replaying("r2").run(spark))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("quarantined rows are added; say mode = append");
        lake.run(spark, "r3", "incremental", "false", "rules", RULE, "max-quarantine", "0");
        refuses("x1", "r3", "Cannot replay run r3: it has published nothing; mend its sales", spark);
        OutputState.of(lake.output(), Optional.empty(), new Configuration(), "state")
                .rewind(Optional.of("r1"));
        refuses("x1", "r2", "run r2 is to be done again, with all that it had read; run enrich --incremental", spark);
        assertThat(Folders.contents(lake.outputFolder())).isEqualTo(before);

        Lake other = lake.copyTo(folder.resolve("other"));
        lake.run(spark, "r4", "incremental", "false", "max-quarantine", "90%");
        refuses("x1", "r2", "a later run has read the same sales again, and taken its place; replay that one", spark);
        Folders.write(
                other.control().resolve("unacknowledged.json"),
                "{\"version\": 1, \"run\": \"r2\", \"witness\": null, \"files\": []}");
        assertThatThrownBy(() -> replay(other, "x1", "r2").run(spark))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("run r2 has published and died before its bookmark was saved");
    }

    private void refuses(String runId, String of, String message, SparkSession spark) {
        assertThatThrownBy(() -> replay(lake, runId, of).run(spark))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(message);
    }
}
