package io.crossfoot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.error.LockedException;
import io.crossfoot.error.ShapeException;
import io.crossfoot.error.StorageException;
import io.crossfoot.error.UsageException;
import io.crossfoot.report.RunReport;
import io.crossfoot.report.RunReport.Increment;
import io.crossfoot.sink.ControlFolder;
import io.crossfoot.sink.RunLock;
import io.crossfoot.testing.Child;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import io.crossfoot.testing.StoppableRun;
import io.crossfoot.testing.Tasks;
import io.crossfoot.testing.UnsureCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.CatalogPlugin;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs whose output is an Iceberg table, in a catalog that is a folder. */
@ExtendWith(LocalSpark.class)
@Tag("iceberg")
class IcebergTest {
    private static final String TABLE = "lake.shop.out";

    @TempDir
    Path folder;

    private Lake lake;
    private SparkSession spark;

    @BeforeEach
    void begin(SparkSession shared) {
        lake = new Lake(folder.resolve("in"), folder.resolve("shop"), "");
        spark = session(shared, folder);
        lake.customers("C1,Ann,a@x.org,North");
        lake.deliver("a.csv", "1,C1,Pen,2,1.50,2024-01-15", "2,C2,Ink,1,9.00,2024-01-15");
    }

    /** A catalog is opened once in a session, and each test has its own. */
    static SparkSession session(SparkSession shared, Path folder) {
        SparkSession session = shared.newSession();
        session.conf().set("spark.sql.catalog.lake", "org.apache.iceberg.spark.SparkCatalog");
        session.conf().set("spark.sql.catalog.lake.type", "hadoop");
        session.conf().set("spark.sql.catalog.lake.warehouse", folder.toString());
        session.conf().set("spark.sql.catalog.lake.cache-enabled", "false");
        return session;
    }

    static String[] table(String mode, String... more) {
        return Stream.concat(Stream.of("table-format", "iceberg", "output-table", TABLE, "mode", mode), Stream.of(more))
                .toArray(String[]::new);
    }

    static String[] merging(String... more) {
        return table(
                "merge",
                Stream.concat(Stream.of("key", "order_id"), Stream.of(more)).toArray(String[]::new));
    }

    private RunReport run(String runId, String... settings) {
        return lake.run(spark, runId, settings);
    }

    private RunReport runOverAll(String runId, String... settings) {
        return lake.runOverAll(spark, runId, settings);
    }

    private List<String> rows() {
        return rows(TABLE);
    }

    private List<String> rows(String from) {
        return spark
                .sql("SELECT order_id, customer_id, name, quantity, total_amount FROM " + from + " ORDER BY ALL")
                .collectAsList()
                .stream()
                .map(row -> row.mkString("|"))
                .toList();
    }

    private List<Row> snapshots() {
        return spark.sql(
                        "SELECT snapshot_id, operation, summary['crossfoot.run-id'], summary['crossfoot.run-key'] FROM %s.snapshots ORDER BY committed_at"
                                .formatted(TABLE))
                .collectAsList();
    }

    private List<String> committed() {
        return snapshots().stream().map(row -> row.getString(2)).toList();
    }

    private boolean exists() {
        return spark.catalog().tableExists(TABLE);
    }

    @Test
    void aTableLacksWhatIsDroppedAndItsRowsAreCompletedAllTheSame() {
        String[] dropping = merging("personal-values", "drop");
        run("r1", dropping);
        lake.customers("C1,Ann,a@x.org,North", "C2,Bob,b@x.org,South");

        assertThat(run("r2", dropping).increment().completed()).isEqualTo(1);

        assertThat(spark.table(TABLE).columns())
                .contains("customer_id", "region", "total_amount")
                .doesNotContain("name", "email");
        assertThat(spark.sql("SELECT order_id, region FROM %s ORDER BY ALL".formatted(TABLE))
                        .collectAsList())
                .extracting(row -> row.mkString("|"))
                .containsExactly("1|North", "2|South");
    }

    @Test
    void aRunIsOneSnapshotWhichBearsItsKeyAndCanBeReadBack() {
        RunReport first = runOverAll("r1", table("overwrite"));
        lake.deliver("a.csv", "1,C1,Pen,3,1.50,2024-01-15");
        RunReport second = runOverAll("r2", table("overwrite"));

        assertThat(first.published()).isTrue();
        assertThat(rows()).containsExactly("1|C1|Ann|3|4.50");
        assertThat(committed()).containsExactly("r1", "r2");
        assertThat(snapshots().get(1).getLong(0)).isEqualTo(second.snapshot().id());
        assertThat(snapshots().get(1).getString(3))
                .isEqualTo(second.snapshot().key())
                .matches("[0-9a-f]{64}");
        assertThat(rows(TABLE + " VERSION AS OF " + first.snapshot().id()))
                .containsExactly("1|C1|Ann|2|3.00", "2|C2|null|1|9.00");
        assertThat(Folders.tree(lake.control())).noneMatch(file -> file.startsWith("staging"));
    }

    @Test
    void theSameFilesAreAppendedOnceWhateverTheRunIsCalled() {
        runOverAll("r1", table("append"));
        RunReport repeated = runOverAll("r2", table("append"));
        lake.deliver("b.csv", "3,C1,Cap,1,7.00,2024-01-16");
        RunReport more = runOverAll("r3", table("append"));

        assertThat(repeated.increment()).isEqualTo(new Increment(0, 0, 0, 1, 0, List.of(), List.of()));
        assertThat(committed()).containsExactly("r1", "r3");
        assertThat(more.increment().added()).isEqualTo(2);
    }

    @Test
    void appendsWhatIsNewAndRefusesWhatWouldHaveToBeReplaced() {
        run("r1", table("append"));
        lake.deliver("b.csv", "3,C1,Cap,1,7.00,2024-01-16");
        run("r2", table("append"));
        lake.deliver("b.csv", "3,C1,Cap,2,7.00,2024-01-16");

        assertThatThrownBy(() -> run("r3", table("append")))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("Cannot replace what run r2 has appended to lake.shop.out: ");
        assertThat(rows()).containsExactly("1|C1|Ann|2|3.00", "2|C2|null|1|9.00", "3|C1|Ann|1|7.00");
    }

    @Test
    void partitionsAreThoseOfTheTable() {
        runOverAll("r1", table("overwrite", "partition-by", "region"));

        assertThat(Folders.tree(lake.outputFolder()))
                .anyMatch(file -> file.startsWith("data/region=North/"))
                .anyMatch(file -> file.startsWith("data/region=null/"));
        runOverAll("r2", table("append", "partition-by", "region"));
        assertThat(rows()).hasSize(2);
    }

    @Test
    void aMergeTakesThePlaceOfRowsWithTheSameKeyAndAddsOthers() {
        run("r1", merging());
        lake.deliver("b.csv", "2,C1,Ink,5,9.00,2024-01-16", "3,C1,Cap,1,7.00,2024-01-16");

        RunReport report = run("r2", merging());

        assertThat(report.increment()).isEqualTo(new Increment(1, 0, 0, 1, 0, List.of(), List.of()));
        assertThat(rows()).containsExactly("1|C1|Ann|2|3.00", "2|C1|Ann|5|45.00", "3|C1|Ann|1|7.00");
        assertThat(committed()).containsExactly("r1", "r2");
        assertThat(snapshots().get(1).getString(3)).isEqualTo(report.snapshot().key());
        assertThat(runOverAll("r2", merging()).snapshot()).isEqualTo(report.snapshot());
    }

    /** Some rows of the table pass by chance. */
    @Test
    void aMergeShufflesNoRowsOfTheTableButThoseThatMayHaveItsKeys() throws Exception {
        lake.deliver(
                "a.csv",
                IntStream.range(0, 3000)
                        .mapToObj("%d,C1,Pen,2,1.50,2024-01-15"::formatted)
                        .toArray(String[]::new));
        run("r1", merging());
        lake.deliver("b.csv", "7,C1,Ink,5,9.00,2024-01-16", "3000,C1,Cap,1,7.00,2024-01-16");
        // else so small a table is handed to every task
        spark.conf().set("spark.sql.autoBroadcastJoinThreshold", "-1");

        List<TaskMetrics> tasks =
                Tasks.during(spark, () -> run("r2", merging("complete-unmatched", "false", "quality", "none")));

        assertThat(tasks.stream()
                        .mapToLong(task -> task.shuffleWriteMetrics().recordsWritten())
                        .sum())
                .isLessThan(300);
        assertThat(rows()).hasSize(3001).contains("7|C1|Ann|5|45.00", "3000|C1|Ann|1|7.00");
    }

    @Test
    void aKeyMayHaveSeveralColumns() {
        String[] settings = table("merge", "key", "order_id,product_name");
        lake.deliver("a.csv", "1,C1,Pen,2,1.50,2024-01-15", "1,C1,Ink,1,9.00,2024-01-15");
        run("r1", settings);
        lake.deliver("b.csv", "1,C1,Ink,3,9.00,2024-01-15");
        run("r2", settings);

        assertThat(rows()).containsExactly("1|C1|Ann|2|3.00", "1|C1|Ann|3|27.00");
    }

    /** Nothing that came later is undone by rows that were read with those of the file. */
    @Test
    void aFileThatWasRewrittenIsMergedAlone() {
        lake.deliver("b.csv", "3,C1,Cap,1,7.00,2024-01-16");
        run("r1", merging());
        lake.deliver("c.csv", "1,C1,Pen,7,1.50,2024-01-17");
        run("r2", merging());
        lake.deliver("b.csv", "3,C1,Cap,9,7.00,2024-01-16");

        RunReport report = run("r3", merging());

        assertThat(report.increment()).isEqualTo(new Increment(0, 1, 0, 2, 0, List.of(), List.of()));
        assertThat(rows()).containsExactly("1|C1|Ann|7|10.50", "2|C2|null|1|9.00", "3|C1|Ann|9|63.00");
        assertThat(run("r4", merging()).increment().known()).isEqualTo(3);
        assertThat(committed()).containsExactly("r1", "r2", "r3");
    }

    @Test
    void customersThatComeLateCompleteRowsOfTheTable() {
        run("r1", merging());
        lake.customers("C1,Anna,a@x.org,North", "C2,Bob,b@x.org,South");

        assertThat(run("r2", merging("complete-unmatched", "false")).increment().completed())
                .isZero();
        RunReport report = run("r3", merging());

        assertThat(report.increment()).isEqualTo(new Increment(0, 0, 0, 1, 0, List.of(), List.of(), 1, 0));
        assertThat(rows()).containsExactly("1|C1|Ann|2|3.00", "2|C2|Bob|1|9.00");
        assertThat(committed()).containsExactly("r1", "r3");
        assertThat(runOverAll("r4", merging()).increment().completed()).isZero();
        assertThat(run("r5", merging("customer-changes", "reenrich"))
                        .increment()
                        .reenriched())
                .isEqualTo(1);
        assertThat(rows()).containsExactly("1|C1|Anna|2|3.00", "2|C2|Bob|1|9.00");
        assertThat(committed()).containsExactly("r1", "r3", "r5");
    }

    @Test
    void rowsAreLookedThroughForLateCustomersOnlyWhenCustomersAreOthers() throws Exception {
        lake.deliver(
                "a.csv",
                IntStream.range(0, 3000)
                        .mapToObj("%d,C2,Pen,2,1.50,2024-01-15"::formatted)
                        .toArray(String[]::new));
        run("r1", merging());
        lake.deliver("b.csv", "3000,C1,Cap,1,7.00,2024-01-16");
        long same = rowsReadDuring("r2");
        lake.customers("C1,Ann,a@x.org,North", "C3,Cy,c@x.org,West");
        lake.deliver("c.csv", "3001,C1,Cap,1,7.00,2024-01-16");
        long others = rowsReadDuring("r3");
        lake.deliver("d.csv", "3002,C1,Cap,1,7.00,2024-01-16");

        assertThat(others - same).isGreaterThanOrEqualTo(3000);
        assertThat(rowsReadDuring("r4") - same).isLessThan(100);
    }

    private long rowsReadDuring(String runId) throws Exception {
        return Tasks.during(spark, () -> run(runId, merging())).stream()
                .mapToLong(task -> task.inputMetrics().recordsRead())
                .sum();
    }

    /** Others have their say between the look and the commit, or between two runs. */
    @Test
    void whatOthersWriteMeanwhileIsNeitherTakenBackNorTakenForComplete() {
        run("r1", merging());
        lake.customers("C1,Ann,a@x.org,North", "C2,Bob,b@x.org,South");

        assertThatThrownBy(() -> meanwhile("r2", "UPDATE lake.shop.out SET quantity = 99 WHERE order_id = 2"))
                .isInstanceOf(StorageException.class)
                .hasMessage("Cannot complete rows of lake.shop.out: others have written to it meanwhile; nothing was"
                        + " committed; start again");
        assertThat(run("r2", merging()).increment().completed()).isEqualTo(1);
        assertThat(rows()).containsExactly("1|C1|Ann|2|3.00", "2|C2|Bob|99|9.00");

        lake.deliver("b.csv", "3,C1,Cap,1,7.00,2024-01-16");
        meanwhile(
                "r3",
                "INSERT INTO lake.shop.out SELECT customer_id, 9, product_name, quantity, price, order_date, null, null, null,"
                        + " total_amount FROM lake.shop.out WHERE order_id = 2");
        lake.deliver("c.csv", "4,C1,Cap,1,7.00,2024-01-16");
        assertThat(run("r4", merging()).increment().completed()).isEqualTo(1);
        assertThat(rows()).contains("9|C2|Bob|99|9.00");
    }

    private RunReport meanwhile(String runId, String sql) {
        return Pipeline.of(lake.config(runId, merging()))
                .telling(point -> {
                    if (point.startsWith("publish: commit to")) {
                        spark.sql(sql);
                    }
                })
                .run(spark);
    }

    @Test
    void rowsThatCannotBeToldApartKeepTheirCustomersAndAreToldOf() {
        lake.deliver("a.csv", "1,C2,Pen,2,1.50,2024-01-15", "1,C2,Pen,3,1.50,2024-01-15", "2,C2,,1,9.00,2024-01-15");
        run("r1", table("append"));
        lake.customers("C1,Ann,a@x.org,North", "C2,Bob,b@x.org,South");
        lake.deliver("b.csv", "3,C1,Cap,1,7.00,2024-01-16");

        assertThat(run("r2", merging()).verdict())
                .containsExactly(
                        "Cannot merge: 1 keys come more than once in rows of lake.shop.out whose customer has come (order_id: 1);"
                                + " make them one, merge by more columns (--key), or leave such rows alone (--complete-unmatched false)");
        RunReport report = run("r3", merging("key", "order_id,product_name,quantity"));

        assertThat(report.increment().completed()).isEqualTo(2);
        assertThat(report.warnings())
                .contains(
                        "rows of lake.shop.out that have no order_id, product_name, quantity, the key by which rows are"
                                + " merged, keep the customers they have");
        assertThat(rows()).containsExactly("1|C2|Bob|2|3.00", "1|C2|Bob|3|4.50", "2|C2|null|1|9.00", "3|C1|Ann|1|7.00");
    }

    @Test
    void aTableThatIsGoneIsNotMadeOfWhatIsNewAlone() {
        run("r1", merging());
        spark.sql("DROP TABLE lake.shop.out PURGE");
        lake.deliver("b.csv", "3,C1,Cap,1,7.00,2024-01-16");

        assertThatThrownBy(() -> run("r2", merging()))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith(
                        "Cannot go on incrementally: the table lake.shop.out is gone, and with it the rows of run r1; ");
        OutputState.of(lake.output(), Optional.empty(), new Configuration(), "state")
                .rewind(Optional.empty());

        assertThat(run("r3", merging()).published()).isTrue();
        assertThat(rows()).hasSize(3);
    }

    @Test
    void whatWasOverwrittenIsReadAgain() throws IOException {
        runOverAll("r1", table("append"));
        List<String> rows = rows();
        Path file = folder.resolve("in/sales/a.csv");
        Files.move(file, folder.resolve("aside.csv"));
        lake.deliver("b.csv", "7,C1,Pen,2,1.50,2024-01-15");
        runOverAll("r2", table("overwrite"));
        Files.move(folder.resolve("aside.csv"), file);
        Files.delete(folder.resolve("in/sales/b.csv"));

        assertThat(runOverAll("r3", merging()).increment().known()).isZero();
        assertThat(rows()).hasSize(3).containsAll(rows);
        assertThat(runOverAll("r4", merging()).increment().known()).isEqualTo(1);
    }

    @Test
    void aRunThatCompletesNothingLeavesThatToTheNext() {
        run("r1", merging());
        lake.customers("C1,Ann,a@x.org,North", "C2,Bob,b@x.org,South");
        lake.deliver("b.csv", "3,C2,Cap,1,7.00,2024-01-16");
        run("r2", merging("complete-unmatched", "false"));

        assertThat(rows()).containsExactly("1|C1|Ann|2|3.00", "2|C2|null|1|9.00", "3|C2|Bob|1|7.00");
        assertThat(run("r3", merging()).increment().completed()).isEqualTo(1);
        assertThat(rows()).containsExactly("1|C1|Ann|2|3.00", "2|C2|Bob|1|9.00", "3|C2|Bob|1|7.00");
    }

    @Test
    void keysThatTellNoRowsApartAreRefused() {
        run("r1", merging());
        lake.deliver("b.csv", "3,C1,Cap,1,7.00,2024-01-16", "3,C1,Hat,1,7.00,2024-01-16", "1,C1,,1,7.00,2024-01-16");

        assertThat(run("r2", merging()).verdict())
                .containsExactly(
                        "Cannot merge: 1 keys come more than once in the rows of this run (order_id: 3); nobody can"
                                + " say which row counts: deliver each key once in a run, or merge by more columns (--key)");
        assertThat(run("r3", table("merge", "key", "order_id,product_name")).verdict())
                .singleElement()
                .asString()
                .startsWith("Cannot merge: 1 rows have no order_id, product_name, the key by which rows are merged;");
        assertThat(committed()).containsExactly("r1");
        assertThat(run("r4", merging("max-quarantine", "0")).exitCode()).isEqualTo(1);
    }

    @Test
    void aTableThatSomebodyElseHasChangedIsLeftAlone() {
        run("r1", merging());
        spark.sql("ALTER TABLE lake.shop.out ADD COLUMN note STRING");
        spark.sql("ALTER TABLE lake.shop.out DROP COLUMN region");
        spark.sql("ALTER TABLE lake.shop.out ALTER COLUMN quantity TYPE BIGINT");
        lake.deliver("b.csv", "3,C1,Cap,1,7.00,2024-01-16");

        assertThatThrownBy(() -> run("r2", merging()))
                .isInstanceOfSatisfying(
                        ShapeException.class,
                        refused -> assertThat(refused.problems())
                                .containsExactly(
                                        "Cannot write to lake.shop.out: column 'quantity' is bigint in the table and int in the output;"
                                                + " change one of them",
                                        "Cannot write to lake.shop.out: the table has no column 'region' (string); add it with"
                                                + " --schema-changes add-columns",
                                        "Cannot write to lake.shop.out: the table has a column 'note' (string) that the output has not;"
                                                + " drop it, or leave it as it is with --schema-changes add-columns"));
        assertThat(committed()).containsExactly("r1");
        assertThat(Folders.tree(lake.control())).noneMatch(file -> file.contains("journal"));
    }

    @Test
    void columnsAreAddedWhenThatIsAllowed() {
        run("r1", merging());
        spark.sql("ALTER TABLE lake.shop.out ADD COLUMN note STRING");
        spark.sql("UPDATE lake.shop.out SET note = 'theirs' WHERE order_id = 1");
        spark.sql("ALTER TABLE lake.shop.out DROP COLUMN region");
        lake.deliver("b.csv", "1,C1,Pen,4,1.50,2024-01-16", "3,C1,Cap,1,7.00,2024-01-16");

        run("r2", merging("schema-changes", "add-columns"));

        assertThat(spark.sql("SELECT order_id, quantity, region, note FROM lake.shop.out ORDER BY 1")
                        .collectAsList())
                .extracting(row -> row.mkString("|"))
                .containsExactly("1|4|North|theirs", "2|1|null|null", "3|1|North|null");
    }

    /** A merge of all sales, which the table has already. */
    private static String[] overAll() {
        return merging("incremental", "false");
    }

    /** Neither customers nor rows of the table are read, unless others have written to it. */
    @Test
    void aMergeOfNothingNewLooksForNobody() {
        run("r1", merging());
        assertThat(stages(run("r2", merging()))).doesNotContain("customers", "complete");
        assertThat(Plan.of(lake.config("plan", merging()), new Configuration()).isWorkPending())
                .isFalse();

        assertThat(Plan.of(lake.config("plan", overAll()), new Configuration()).isWorkPending())
                .isFalse();

        spark.sql("UPDATE lake.shop.out SET name = null, email = null, region = null WHERE order_id = 1");
        RunReport report = run("r3", merging());
        assertThat(report.increment().completed()).isEqualTo(1);
        assertThat(rows()).contains("1|C1|Ann|2|3.00");
        assertThat(stages(run("r4", merging()))).doesNotContain("customers", "complete");
        lake.customers("C1,Ann,a@x.org,North", "C2,Bob,b@x.org,South");
        assertThat(Plan.of(lake.config("plan", overAll()), new Configuration()).isWorkPending())
                .isTrue();
        assertThat(run("r5", merging()).increment().completed()).isEqualTo(1);
    }

    private static List<String> stages(RunReport report) {
        return report.stages().stream().map(RunReport.StageTime::stage).toList();
    }

    @Test
    void isTheSameWhereverItIsCutShort() {
        List<String> points = new ArrayList<>();
        lake.customers("C1,Ann,a@x.org,North", "C2,Bob,b@x.org,South");
        Lake trial = new Lake(lake.inputs(), folder.resolve("trial"), "");
        String[] elsewhere = table("append");
        elsewhere[3] = "lake.trial.out";
        Pipeline.of(trial.config("r0", elsewhere)).telling(points::add).run(spark);
        List<String> kinds = points.subList(points.indexOf("publish"), points.size()).stream()
                .map(point -> point.replaceFirst("/.*", "").replace("trial", "shop"))
                .distinct()
                .toList();
        assertThat(kinds).contains("publish: commit to lake.shop.out", "committed: lake.shop.out", "marked: ");
        List<String> expected = new ArrayList<>(List.of("1|C1|Ann|2|3.00", "2|C2|Bob|1|9.00"));

        for (int cut = 0; cut < kinds.size(); cut++) {
            String point = kinds.get(cut);
            lake.cutAt(point.replace("r0", "r" + cut), spark, "r" + cut, table("append"));
            if (cut == 0) {
                assertThat(exists()).as(point).isFalse();
            } else if (point.startsWith("publish: begin") || point.startsWith("publish: commit")) {
                assertThat(rows()).as(point).isEqualTo(expected);
            }
            // the next run has more to read than the dead one had
            lake.deliver("g" + cut + ".csv", cut + 10 + ",C2,Pen,2,1.50,2024-01-15");
            run("s" + cut, table("append"));

            if (cut > 0) {
                expected.add("%d|C2|Bob|2|3.00".formatted(100 + cut));
            }
            expected.add("%d|C2|Bob|2|3.00".formatted(10 + cut));
            expected.sort((one, other) -> Long.compare(number(one), number(other)));
            assertThat(rows()).as(point).isEqualTo(expected);
            lake.deliver("f" + cut + ".csv", 101 + cut + ",C2,Pen,2,1.50,2024-01-15");
        }
        assertThat(Folders.tree(lake.control())).noneMatch(file -> file.matches("journal.*|staging/.+"));
    }

    private static long number(String row) {
        return Long.parseLong(row.substring(0, row.indexOf('|')));
    }

    /** The run that follows reads what is new, and that is not what the dead run has committed. */
    @Test
    void aRunThatDiedBetweenCommitAndStateIsFoundByItsKey() {
        run("r1", table("append"));
        lake.deliver("b.csv", "3,C1,Cap,1,7.00,2024-01-16");
        lake.cutAt("committed: ", spark, "r2", table("append"));
        assertThat(rows()).hasSize(3);
        lake.deliver("c.csv", "4,C1,Cap,1,7.00,2024-01-16");

        assertThat(run("r3", table("append")).increment().known()).isEqualTo(2);

        assertThat(rows()).hasSize(4);
        assertThat(committed()).containsExactly("r1", "r2", "r3");
        assertThat(run("r2", table("append")).published()).isTrue();
        assertThat(committed()).hasSize(3);
    }

    /** Iceberg's word for it: commit state unknown. The rows are there, or they are not; the next run finds out. */
    @ParameterizedTest
    @CsvSource({"append, ANSWER", "append, REQUEST", "merge, ANSWER", "merge, REQUEST"})
    void aCommitOfWhichNobodyKnowsIsFoundOutAbout(String mode, UnsureCatalog.Loss loss) {
        spark.conf().unset("spark.sql.catalog.lake.type");
        spark.conf().set("spark.sql.catalog.lake.catalog-impl", UnsureCatalog.class.getName());
        spark.conf().set("spark.sql.catalog.lake.warehouse", "file:" + folder);
        String[] settings = mode.equals("merge") ? merging() : table(mode);
        run("r1", settings);
        lake.deliver("b.csv", "3,C1,Cap,1,7.00,2024-01-16");

        UnsureCatalog.loseNext(loss);
        assertThatThrownBy(() -> run("r2", settings))
                .isInstanceOf(StorageException.class)
                .hasMessage(
                        "Cannot commit to %s: no answer; start again: the next run finds out whether readers see these rows"
                                .formatted(TABLE));
        assertThat(rows()).hasSize(loss == UnsureCatalog.Loss.ANSWER ? 3 : 2);

        assertThat(run("r2", settings).published()).isTrue();
        assertThat(run("r3", settings).increment().known()).isEqualTo(2);
        assertThat(rows()).containsExactly("1|C1|Ann|2|3.00", "2|C2|null|1|9.00", "3|C1|Ann|1|7.00");
        assertThat(committed()).containsExactly("r1", "r2");
    }

    /** The metastore is the one that Spark brings, in memory; it has no tables in which to keep locks. */
    @Test
    void aCatalogMayBeOneOfHive() {
        System.getProperties()
                .putIfAbsent(
                        "derby.stream.error.file", folder.resolve("derby.log").toString());
        Map.of(
                        "type", "hive",
                        "hadoop.javax.jdo.option.ConnectionURL", "jdbc:derby:memory:iceberg;create=true",
                        "hadoop.datanucleus.schema.autoCreateAll", "true",
                        "hadoop.hive.metastore.schema.verification", "false",
                        "hadoop.iceberg.engine.hive.lock-enabled", "false")
                .forEach((key, value) -> spark.conf().set("spark.sql.catalog.lake." + key, value));
        run("r1", merging("partition-by", "region"));
        lake.deliver("b.csv", "2,C1,Ink,5,9.00,2024-01-16", "3,C1,Cap,1,7.00,2024-01-16");
        lake.cutAt("committed: ", spark, "r2", merging());
        lake.deliver("c.csv", "4,C1,Cap,1,7.00,2024-01-16");

        RunReport report = run("r3", merging());

        assertThat(report.increment().known()).isEqualTo(2);
        assertThat(rows()).containsExactly("1|C1|Ann|2|3.00", "2|C1|Ann|5|45.00", "3|C1|Ann|1|7.00", "4|C1|Ann|1|7.00");
        assertThat(committed()).containsExactly("r1", "r2", "r3");
        assertThat(Folders.tree(lake.outputFolder())).anyMatch(file -> file.startsWith("data/region=North/"));
        assertThatThrownBy(() -> run("r4", merging("output", lake.root() + "/other")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("its place is file:" + lake.output());
    }

    @Test
    void oneRunAtATimeWritesATable() {
        ControlFolder control =
                ControlFolder.of(new org.apache.hadoop.fs.Path(lake.output()), Optional.empty(), new Configuration());
        control.create();
        try (RunLock held = RunLock.acquire(control, "other")) {
            assertThatThrownBy(() -> run("r1", merging())).isInstanceOf(LockedException.class);
            held.confirm();
        }
        assertThat(exists()).isFalse();
    }

    @Test
    void saysWhereTheTableLiesAndWhatIsInItsWay() {
        assertThatThrownBy(() -> run("r1", table("append", "output-table", "lake.shop.other")))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith(
                        "Cannot write the table lake.shop.other to " + lake.output() + ": its place is ");
        assertThatThrownBy(() -> run("r1", table("append", "output-table", "sea.shop.out")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("this Spark has no catalog 'sea'; set spark.sql.catalog.sea=");
        Folders.write(lake.outputFolder().resolve("mine.txt"), "");
        assertThatThrownBy(() -> run("r1", table("append")))
                .isInstanceOf(UsageException.class)
                .hasMessage("Cannot make a table in %s: it holds mine.txt; name another --output, or empty this one"
                        .formatted(lake.output()));
        Folders.delete(lake.outputFolder().resolve("mine.txt"));
        Folders.write(lake.outputFolder().resolve("data/theirs.parquet"), "");
        assertThatThrownBy(() -> run("r1", table("append")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("it holds data/theirs.parquet;");
    }

    @Test
    void saysHowToGetIcebergWhereThereIsNone() {
        String without = Stream.of(System.getProperty("java.class.path").split(":"))
                .filter(jar -> !jar.contains("iceberg-spark-runtime"))
                .collect(Collectors.joining(":"));
        List<String> arguments = new ArrayList<>(List.of("dying-at:never"));
        Map<String, String> settings = new TreeMap<>(Map.of(
                "sales", lake.inputs().resolve("sales").toString(),
                "customers", lake.inputs().resolve("customers").toString(),
                "output", lake.output(),
                "run-id", "r1"));
        settings.putAll(Map.of("table-format", "iceberg", "output-table", TABLE));
        settings.forEach((key, value) -> arguments.add(key + "=" + value));

        Child.Ending ending = Child.jvm(folder, without, StoppableRun.class.getName(), arguments)
                .run();

        assertThat(ending.err())
                .contains(
                        "UsageException: Cannot write to the Iceberg table lake.shop.out: this Spark has no Iceberg; give"
                                + " spark-submit --packages org.apache.iceberg:iceberg-spark-runtime-"
                                + (spark.version().startsWith("3.5.") ? "3.5_2.12:1.10.2" : "4.1_2.13:1.11.0")
                                + ", or on Glue --datalake-formats iceberg");
        assertThat(lake.root()).doesNotExist();
    }

    @Test
    void acknowledgedSalesAreMergedHoweverOftenTheyAreHandedOut() {
        List<String> acknowledged = new ArrayList<>();
        String[] settings = merging("incremental", "false");
        assertThatThrownBy(() -> Pipeline.of(lake.config("r1", settings))
                        .acknowledging(() -> {
                            throw new Lake.Cut();
                        })
                        .run(spark))
                .isInstanceOf(Lake.Cut.class);
        lake.deliver("b.csv", "2,C1,Ink,5,9.00,2024-01-16", "3,C1,Cap,1,7.00,2024-01-16");
        lake.deliver("a.csv", "1,C1,Pen,2,1.50,2024-01-15");

        Pipeline.of(lake.config("r2", settings))
                .acknowledging(() -> acknowledged.add("r2"))
                .run(spark);

        assertThat(acknowledged).containsExactly("r2");
        assertThat(rows()).containsExactly("1|C1|Ann|2|3.00", "2|C1|Ann|5|45.00", "3|C1|Ann|1|7.00");
        assertThatThrownBy(() -> Pipeline.of(lake.config("r3", table("append", "incremental", "false")))
                        .acknowledging(() -> true)
                        .run(spark))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("Cannot append to an Iceberg table with a bookmark: ");
    }

    /** A catalog whose library is not there. */
    public static final class Lacking implements CatalogPlugin {
        @Override
        public void initialize(String name, CaseInsensitiveStringMap options) {
            throw new NoClassDefFoundError("software/amazon/awssdk/services/kms/KmsClient");
        }

        @Override
        public String name() {
            return "lacking";
        }
    }

    @Test
    void aCatalogThatLacksALibraryIsToldOfInALine() {
        spark.conf().set("spark.sql.catalog.lacking", Lacking.class.getName());

        assertThatThrownBy(() -> run("r1", merging("output-table", "lacking.shop.out")))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("Cannot look for the Iceberg table lacking.shop.out: ")
                .hasMessageContaining("KmsClient");
    }

    @Test
    void whatTheCatalogSaysOfAFailureIsToldInALine() {
        spark.conf().set("spark.sql.catalog.lake.type", "none");

        assertThatThrownBy(() -> run("r1", merging()))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("Cannot look for the Iceberg table lake.shop.out: ")
                .hasMessageContaining("spark.sql.catalog.lake.*");
    }
}
