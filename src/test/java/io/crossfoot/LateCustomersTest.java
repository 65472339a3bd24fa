package io.crossfoot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.Lake.Cut;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.error.UsageException;
import io.crossfoot.report.RunReport;
import io.crossfoot.report.RunReport.Increment;
import io.crossfoot.testing.DuckDb;
import io.crossfoot.testing.FaultyFileSystem;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import io.crossfoot.testing.Trace;
import io.crossfoot.testing.Trials;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Orders that came before their customer, or whose customer has changed, end as if all were read today. */
@ExtendWith(LocalSpark.class)
class LateCustomersTest {
    private static final String[] COMPLETE = {"complete-unmatched", "true"};
    private static final String[] REENRICH = {"customer-changes", "reenrich"};

    @TempDir
    Path folder;

    private Lake lake;

    @BeforeAll
    static void serve() {
        FaultyFileSystem.register(LocalSpark.session().sparkContext().hadoopConfiguration());
    }

    /** Two runs that know one customer; then another comes, and the first is called otherwise. */
    private void publish(String store, SparkSession spark, String... more) {
        lake = new Lake(folder.resolve("in"), folder.resolve("start"), store);
        lake.customers("C1,Ann,a@x.org,North");
        lake.deliver("a.csv", "1,C1,Pen,2,1.50,2024-01-15", "2,C2,Ink,1,9.00,2024-01-15", "3,,Ink,1,9.00,2024-01-15");
        lake.run(spark, "r1", more);
        lake.deliver("b.csv", "4,C1,Pen,1,1.50,2024-01-16", "5,C1,Pen,x,1.50,2024-01-16");
        lake.run(spark, "r2", more);
        lake.customers("C1,Anna,a@x.org,North", "C2,Bob,b@x.org,South");
    }

    @Test
    void anOrderIsCompletedOnceInTheRunAfterItsCustomerHasCome(SparkSession spark) {
        publish("", spark);
        String untouched = Folders.tree(lake.outputFolder()).stream()
                .filter(file -> file.contains("r2"))
                .findFirst()
                .orElseThrow();
        assertThat(lake.run(spark, "r3").increment().completed()).isZero();
        assertThat(plan().isWorkPending()).isFalse();
        assertThat(plan(COMPLETE).isWorkPending()).isTrue();

        RunReport report = lake.run(spark, "r4", COMPLETE);

        assertThat(report.increment()).isEqualTo(new Increment(0, 0, 0, 2, 0, List.of(), List.of(), 1, 0));
        assertThat(report.balance().read()).isZero();
        assertThat(lake.rows())
                .containsExactly(
                        "1|C1|Ann|North|2|3.00", "2|C2|Bob|South|1|9.00", "3|∅|∅|∅|1|9.00", "4|C1|Ann|North|1|1.50");
        assertThat(Folders.tree(lake.outputFolder())).contains(untouched);
        Map<String, String> output = Folders.contents(lake.outputFolder());
        assertThat(lake.run(spark, "r5", COMPLETE).increment().completed()).isZero();
        assertThat(Folders.contents(lake.outputFolder())).isEqualTo(output);
    }

    /** To find out that nobody has come means to look at all rows without a customer. */
    @Test
    void customersThatAllRowsHaveMetAreNotLaidAgainstThemAgain(SparkSession spark) {
        publish("", spark);
        assertThat(stages(lake.run(spark, "r3", COMPLETE))).contains("complete");
        assertThat(plan(COMPLETE).isWorkPending()).isFalse();
        assertThat(stages(lake.run(spark, "r4", COMPLETE))).doesNotContain("complete", "customers");

        lake.deliver("c.csv", "6,C3,Hat,1,9.00,2024-02-01");
        assertThat(stages(lake.run(spark, "r5", COMPLETE))).contains("publish").doesNotContain("complete");
        assertThat(stages(lake.run(spark, "r6", COMPLETE))).doesNotContain("complete", "customers");

        assertThat(plan(Lake.and(COMPLETE, "duplicates", "quarantine")).isWorkPending())
                .isTrue();
        assertThat(plan(REENRICH).isWorkPending()).isTrue();
        lake.customers("C1,Ann,a@x.org,North", "C3,Cyd,c@x.org,South");
        assertThat(plan(COMPLETE).isWorkPending()).isTrue();
        assertThat(lake.run(spark, "r7", COMPLETE).increment().completed()).isEqualTo(1);
        assertThat(plan(COMPLETE).isWorkPending()).isFalse();
    }

    @Test
    void rowsThatWereReplayedOrReadByWhoDoesNotCompleteAreLookedForAgain(SparkSession spark) {
        publish("", spark);
        lake.run(spark, "r3", COMPLETE);
        String quarantined = Folders.tree(lake.control().resolve("quarantine/r2")).stream()
                .filter(file -> file.endsWith(".json"))
                .findFirst()
                .orElseThrow();
        Path rejected = lake.control().resolve("quarantine/r2/" + quarantined);
        Folders.write(rejected, Folders.read(rejected).replace("\\\"x\\\"", "\\\"7\\\""));
        Pipeline.of(lake.config("r4", "incremental", "false", "mode", "append"))
                .replaying("r2")
                .run(spark);
        assertThat(plan(COMPLETE).isWorkPending()).isTrue();
        lake.run(spark, "r5", COMPLETE);
        assertThat(plan(COMPLETE).isWorkPending()).isFalse();

        lake.deliver("c.csv", "6,C3,Hat,1,9.00,2024-02-01");
        lake.run(spark, "r6");
        assertThat(plan(COMPLETE).isWorkPending()).isTrue();
    }

    private static List<String> stages(RunReport report) {
        return report.stages().stream().map(RunReport.StageTime::stage).toList();
    }

    /** Rules and the last runs are about rows that come, and none does. */
    @Test
    void completingAloneIsNoRunWithoutRows(SparkSession spark) {
        publish("", spark, "anomalies", "warn");
        lake.deliver("c.csv", "6,C1,Pen,1,1.50,2024-01-17");
        lake.run(spark, "r3");

        RunReport report = lake.run(
                spark,
                "r4",
                Lake.and(
                        COMPLETE,
                        "quality",
                        "Rules = [ RowCount > 0 ]",
                        "customers-quality",
                        "Rules = [ RowCountMatch \"sales\" > 0, ReferentialIntegrity \"customer_id\" \"sales.customer_id\" > 0 ]",
                        "anomalies",
                        "fail"));

        assertThat(report.verdict()).isEmpty();
        assertThat(report.increment().completed()).isEqualTo(1);
        assertThat(report.quality()).isEmpty();
        assertThat(report.anomalies()).isEmpty();
        assertThat(report.files()).isEmpty();
        assertThat(Folders.tree(lake.outputFolder())).hasSize(3).noneMatch(file -> file.contains("r1"));
        assertThat(Folders.tree(lake.control())).noneMatch(file -> file.startsWith("staging"));
    }

    private Plan plan(String... more) {
        return Plan.of(lake.config("plan", more), new Configuration());
    }

    @ParameterizedTest
    @CsvSource({"'',customer_id", "remote://disk,region", "gs://bucket,product_name"})
    void reenrichingEndsAsReadingAllDoes(String store, String partitionBy, SparkSession spark) {
        String[] folders = {"partition-by", partitionBy, "personal", "email"};
        publish(store, spark, folders);
        lake.deliver("c.csv", "6,C2,Hat,1,9.00,2024-02-01", "7,C7,Hat,1,9.00,2024-02-01");

        RunReport report = lake.run(spark, "r3", Lake.and(REENRICH, folders));

        assertThat(report.increment()).isEqualTo(new Increment(1, 0, 0, 2, 0, List.of(), List.of(), 1, 2));
        assertThat(report.balance().read()).isEqualTo(2);
        List<String> rows = lake.rows();
        assertThat(lake.run(spark, "r4", Lake.and(REENRICH, folders)).increment())
                .isEqualTo(new Increment(0, 0, 0, 3, 0, List.of(), List.of()));
        lake.runOverAll(spark, "all", folders);
        assertThat(rows).hasSize(6).isEqualTo(lake.rows());
    }

    @ParameterizedTest
    @CsvSource({"mask", "hash"})
    void whatTheOutputHidesStaysHidden(String how, SparkSession spark) {
        String[] hiding = how.equals("mask")
                ? new String[] {"personal-values", how}
                : new String[] {"personal-values", how, "hash-salt", "a secret of theirs"};
        publish("", spark, hiding);

        lake.run(spark, "r3", Lake.and(REENRICH, hiding));

        List<String> rows = lake.rows();
        assertThat(rows).hasSize(4).noneMatch(row -> row.contains("Ann") || row.contains("Bob"));
        lake.runOverAll(spark, "all", hiding);
        assertThat(rows).isEqualTo(lake.rows());
    }

    @Test
    void whatTheOutputLacksStaysAway(SparkSession spark) {
        String[] dropping = {"personal-values", "drop", "personal", "email"};
        publish("", spark, dropping);

        RunReport report = lake.run(spark, "r3", Lake.and(REENRICH, dropping));

        assertThat(report.increment()).isEqualTo(new Increment(0, 0, 0, 2, 0, List.of(), List.of(), 1, 2));
        assertThat(lake.rows())
                .containsExactly(
                        "1|C1|Anna|North|2|3.00", "2|C2|Bob|South|1|9.00", "3|∅|∅|∅|1|9.00", "4|C1|Anna|North|1|1.50");
        assertThat(DuckDb.query("DESCRIBE SELECT * FROM "
                        + DuckDb.parquet(lake.outputFolder().toString())))
                .noneMatch(column -> column.startsWith("email"));
    }

    @Test
    void aCustomerWhoIsGoneIsTakenAwayByReenrichingOnly(SparkSession spark) {
        publish("", spark);
        lake.customers("C2,Bob,b@x.org,South");

        assertThat(lake.run(spark, "r3", COMPLETE).increment().completed()).isEqualTo(1);
        assertThat(lake.rows()).contains("1|C1|Ann|North|2|3.00");
        assertThat(lake.run(spark, "r4", REENRICH).increment().reenriched()).isEqualTo(2);
        assertThat(lake.rows()).contains("1|C1|∅|∅|2|3.00", "2|C2|Bob|South|1|9.00");
    }

    @Test
    void rowsThatAreReplacedAreNotCompletedBesides(SparkSession spark) {
        publish("", spark);
        lake.deliver("a.csv", "1,C1,Pen,2,1.50,2024-01-15", "2,C2,Ink,7,9.00,2024-01-15");

        assertThat(lake.run(spark, "r3", COMPLETE).increment())
                .isEqualTo(new Increment(0, 1, 0, 1, 0, List.of(), List.of("r1"), 0, 0));
        assertThat(lake.rows())
                .containsExactly("1|C1|Anna|North|2|3.00", "2|C2|Bob|South|7|63.00", "4|C1|Ann|North|1|1.50");
    }

    @Test
    void whatWasCompletedIsReplacedWhenItsFileIsRewritten(SparkSession spark) {
        publish("", spark);
        lake.run(spark, "r3", COMPLETE);
        lake.deliver("a.csv", "1,C1,Pen,3,1.50,2024-01-15");

        assertThat(lake.run(spark, "r4", COMPLETE).increment().replaced()).contains("r1");
        assertThat(lake.rows()).containsExactly("1|C1|Anna|North|3|4.50", "4|C1|Ann|North|1|1.50");
        assertThat(lake.run(spark, "r5").increment().known()).isEqualTo(2);
    }

    @Test
    void whatHasOtherColumnsKeepsItsCustomersAndIsReported(SparkSession spark) {
        publish("", spark);

        RunReport report = lake.run(
                spark,
                "r3",
                Lake.and(COMPLETE, "customers-contract", "customer_id STRING NOT NULL, name STRING, region STRING"));

        assertThat(report.increment().completed()).isZero();
        assertThat(lake.rows()).contains("2|C2|∅|∅|1|9.00");
    }

    /** A run that reads no sales does not know the column that they have besides. */
    @Test
    void whatCouldNotBeCompletedIsLookedForAgain(SparkSession spark) {
        String[] keeping = Lake.and(COMPLETE, "extra-columns", "keep");
        lake = new Lake(folder.resolve("in"), folder.resolve("start"), "");
        lake.customers("C1,Ann,a@x.org,North");
        deliverWithShop("a.csv", "1,C2,Ink,1,9.00,2024-01-15,east");
        lake.run(spark, "r1", keeping);
        lake.customers("C1,Ann,a@x.org,North", "C2,Bob,b@x.org,South");

        assertThat(lake.run(spark, "r2", keeping).warnings())
                .contains("1 files of earlier runs have other columns than this one; their rows keep the customers they"
                        + " have");
        assertThat(plan(keeping).isWorkPending()).isTrue();
        deliverWithShop("b.csv", "2,C1,Ink,1,9.00,2024-01-15,west");
        assertThat(lake.run(spark, "r3", keeping).increment().completed()).isEqualTo(1);
        assertThat(lake.rows()).contains("1|C2|Bob|South|1|9.00");
    }

    private void deliverWithShop(String file, String row) {
        Folders.write(
                lake.inputs().resolve("sales/" + file),
                "order_id,customer_id,product_name,quantity,price,order_date,shop\n" + row + "\n");
    }

    @ParameterizedTest
    @CsvSource({"'',product_name,complete", "remote://disk,region,publish: begin"})
    void isTheSameWhereverItIsCutShort(String store, String partitionBy, String from, SparkSession spark) {
        String[] settings = Lake.and(COMPLETE, "partition-by", partitionBy);
        publish(store, spark, "partition-by", partitionBy);
        lake.deliver("c.csv", "6,C2,Hat,1,9.00,2024-02-01", "7,C1,Hat,z,9.00,2024-02-01");
        List<String> before = lake.rows();
        Lake uncut = lake.copyTo(folder.resolve("uncut"));
        Trace trace = Trace.of(
                uncut.root(),
                told -> Pipeline.of(uncut.config("r3", settings)).telling(told).run(spark));
        List<String> points = trace.points();
        List<String> expected = uncut.state();
        assertThat(points).contains("complete").anyMatch(point -> point.startsWith("marked: "));

        Trials.each(trace.changesFrom(trace.first(from)), cut -> {
            Lake ground = lake.copyTo(folder.resolve("cut-" + cut));
            Consumer<String> cutter = Lake.cutterAt(cut);
            assertThatThrownBy(() -> Pipeline.of(ground.config("r3", settings))
                            .telling(cutter)
                            .run(spark))
                    .isInstanceOf(Cut.class);
            List<String> seen = ground.rows();
            if (store.isEmpty()) {
                assertThat(seen).as(points.get(cut)).isIn(before, uncut.rows(), List.of());
            } else {
                assertThat(seen.containsAll(before) || seen.containsAll(uncut.rows()))
                        .as(points.get(cut))
                        .isTrue();
            }

            RunReport report = ground.run(spark, "r3", settings);

            assertThat(report.increment().completed()).isEqualTo(1);
            assertThat(ground.state()).as(points.get(cut)).isEqualTo(expected);
        });
    }

    @Test
    void aRunThatReadsAllHasNoEarlierRows() {
        assertThatThrownBy(() -> EnrichConfig.of(Map.of(
                        "sales", "s", "customers", "c", "output", "o", "run-id", "r", "complete-unmatched", "true")))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "Cannot use complete-unmatched = 'true' (given): only a run with incremental keeps rows of earlier"
                                + " ones; leave it out, or give --incremental");
    }
}
