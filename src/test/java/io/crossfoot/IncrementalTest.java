package io.crossfoot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.error.StorageException;
import io.crossfoot.error.UsageException;
import io.crossfoot.report.RunReport;
import io.crossfoot.report.RunReport.Increment;
import io.crossfoot.testing.DuckDb;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that reads what is new leaves the output that a run would leave that reads all. */
@ExtendWith(LocalSpark.class)
class IncrementalTest {
    private static final String HEADER = "order_id,customer_id,product_name,quantity,price,order_date\n";

    @TempDir
    Path folder;

    private Path lake;

    @BeforeEach
    void writeInput() {
        lake = folder.resolve("lake");
        Folders.write(
                folder.resolve("customers/c.json"),
                "{\"customer_id\": \"C1\", \"name\": \"Ann\", \"email\": \"a@x.org\", \"region\": \"North\"}\n");
        deliver("a.csv", "1,C1,Pen,2,1.50,2024-01-15");
        deliver("b.csv", "2,C9,Ink,1,7.00,2024-01-16", "3,C1,Cap,x,7.00,2024-01-16");
    }

    private Lake here() {
        return new Lake(folder, lake, "");
    }

    private void deliver(String file, String... rows) {
        here().deliver(file, rows);
    }

    private void withdraw(String file) {
        assertThat(folder.resolve("sales/" + file).toFile().delete()).isTrue();
    }

    private RunReport run(SparkSession spark, String runId, String... more) {
        return here().run(spark, runId, more);
    }

    private List<String> rows() {
        List<String> table = DuckDb.query("SELECT order_id, region, total_amount FROM %s ORDER BY ALL"
                .formatted(DuckDb.parquet(lake.resolve("out").toString())));
        return table.subList(1, table.size());
    }

    private Path control() {
        return here().control();
    }

    private List<String> quarantined() {
        return Folders.tree(control().resolve("quarantine")).stream()
                .filter(file -> file.endsWith(".json"))
                .flatMap(file -> Folders.read(control().resolve("quarantine").resolve(file))
                        .lines())
                .map(line -> line.replaceAll(".*\\\\\"order_id\\\\\":\\\\\"(\\d+).*", "$1"))
                .sorted()
                .toList();
    }

    @Test
    void aSecondRunHasNothingToDoAndAThirdReadsTheNewFileOnly(SparkSession spark) {
        RunReport first = run(spark, "r1");
        Map<String, String> output = Folders.contents(lake.resolve("out"));
        RunReport second = run(spark, "r2");

        assertThat(first.increment()).isEqualTo(new Increment(2, 0, 0, 0, 0, List.of(), List.of()));
        assertThat(second.increment()).isEqualTo(new Increment(0, 0, 0, 2, 0, List.of(), List.of()));
        assertThat(second.published()).isTrue();
        assertThat(second.sales().rows()).isZero();
        assertThat(Folders.contents(lake.resolve("out"))).isEqualTo(output);
        assertThat(Folders.tree(control().resolve("state"))).containsExactly("000000001.run.jsonl", "nothing-new.json");

        deliver("c.csv", "4,C1,Hat,1,9.00,2024-02-01");
        RunReport third = run(spark, "r3");

        assertThat(third.increment()).isEqualTo(new Increment(1, 0, 0, 2, 0, List.of(), List.of()));
        assertThat(third.sales().files())
                .singleElement()
                .satisfies(file -> assertThat(file.name()).isEqualTo("c.csv"));
        assertThat(rows()).containsExactly("1|North|3.00", "2|∅|7.00", "4|North|9.00");
        assertThat(Folders.contents(lake.resolve("out"))).containsAllEntriesOf(output);
    }

    @Test
    void aRewrittenFileTakesThePlaceOfItsRowsAndOfNoOthers(SparkSession spark) {
        run(spark, "r1");
        deliver("c.csv", "4,C1,Hat,1,9.00,2024-02-01");
        run(spark, "r2");

        deliver("b.csv", "2,C9,Ink,10,7.00,2024-01-16", "3,C1,Cap,y,7.00,2024-01-16");
        RunReport report = run(spark, "r3");

        assertThat(report.increment()).isEqualTo(new Increment(0, 1, 1, 1, 0, List.of(), List.of("r1")));
        assertThat(rows()).containsExactly("1|North|3.00", "2|∅|70.00", "4|North|9.00");
        assertThat(quarantined()).containsExactly("3");
        assertThat(Folders.tree(control())).noneMatch(file -> file.startsWith("runs/r1/"));
        assertThat(run(spark, "r4").increment()).isEqualTo(new Increment(0, 0, 0, 3, 0, List.of(), List.of()));
    }

    @Test
    void aFileThatIsGoneLeavesItsRowsAndIsReported(SparkSession spark) {
        run(spark, "r1");
        withdraw("a.csv");
        deliver("c.csv", "4,C1,Hat,1,9.00,2024-02-01");

        RunReport report = run(spark, "r2");

        assertThat(report.increment().vanished()).isEqualTo(1);
        assertThat(report.increment().firstVanished())
                .singleElement()
                .asString()
                .endsWith("/sales/a.csv");
        assertThat(rows()).containsExactly("1|North|3.00", "2|∅|7.00", "4|North|9.00");
    }

    @Test
    void rowsThatCouldNotBeReadAgainAreNotReplaced(SparkSession spark) {
        run(spark, "r1");
        withdraw("a.csv");
        deliver("b.csv", "2,C9,Ink,10,7.00,2024-01-16");
        Map<String, String> before = Folders.contents(lake);

        assertThatThrownBy(() -> run(spark, "r2"))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith(
                        "Cannot replace what run r1 has published: 1 of the files that it had read are gone,")
                .hasMessageContaining("/sales/a.csv");

        assertThat(Folders.contents(lake)).isEqualTo(before);
    }

    /** Runs are numbered, and files known by their times: no clock says which is older. */
    @Test
    void clocksThatGoBackChangeNothing(SparkSession spark) throws IOException {
        written("a.csv", "2100-01-01T00:00:00Z");
        run(spark, "21000101T000000Z-0001");
        deliver("c.csv", "4,C1,Hat,1,9.00,2024-02-01");
        written("c.csv", "1990-01-01T00:00:00Z");
        assertThat(run(spark, "19900101T000000Z-0001").increment().added()).isEqualTo(1);

        deliver("a.csv", "1,C1,Pen,3,1.50,2024-01-15");
        written("a.csv", "1980-01-01T00:00:00Z");
        RunReport report = run(spark, "19800101T000000Z-0001");

        assertThat(report.increment().replaced()).containsExactly("21000101T000000Z-0001");
        assertThat(rows()).containsExactly("1|North|4.50", "2|∅|7.00", "4|North|9.00");
        OutputState state = OutputState.of(here().output(), Optional.empty(), new Configuration(), "state");
        assertThat(state.accounts())
                .extracting(account -> account.run().run())
                .containsExactly("19900101T000000Z-0001", "19800101T000000Z-0001");
        assertThat(Folders.read(control().resolve("history.jsonl")).lines())
                .extracting(line -> line.replaceAll(".*\"run_id\":\"(\\d{4}).*", "$1"))
                .containsExactly("2100", "1990", "1980");
        assertThat(run(spark, "20240101T000000Z-0001").increment())
                .isEqualTo(new Increment(0, 0, 0, 3, 0, List.of(), List.of()));
    }

    private void written(String file, String time) throws IOException {
        Files.setLastModifiedTime(folder.resolve("sales").resolve(file), FileTime.from(Instant.parse(time)));
    }

    @Test
    void aRunThatHasPublishedIsDone(SparkSession spark) {
        RunReport first = run(spark, "r1");
        deliver("c.csv", "4,C1,Hat,1,9.00,2024-02-01");

        assertThat(run(spark, "r1")).isEqualTo(first);
        assertThat(rows()).hasSize(2);
    }

    @Test
    void aRunThatIsRefusedHasReadNothing(SparkSession spark) {
        run(spark, "r1");
        deliver("c.csv", "4,C1,Hat,x,9.00,2024-02-01");

        assertThat(run(spark, "r2", "max-quarantine", "0").published()).isFalse();
        deliver("c.csv", "4,C1,Hat,1,9.00,2024-02-01");
        run(spark, "r3", "max-quarantine", "0");

        assertThat(rows()).containsExactly("1|North|3.00", "2|∅|7.00", "4|North|9.00");
    }

    @Test
    void goesOnFromARunThatHasReadAll(SparkSession spark) {
        run(spark, "r1", "incremental", "false");
        run(spark, "r2", "incremental", "false");
        deliver("c.csv", "4,C1,Hat,1,9.00,2024-02-01");
        RunReport report = run(spark, "r3");

        assertThat(report.increment()).isEqualTo(new Increment(1, 0, 0, 2, 0, List.of(), List.of()));
        assertThat(Folders.tree(control().resolve("state")))
                .containsExactly("000000002.whole.jsonl", "000000003.run.jsonl", "nothing-new.json");
        deliver("b.csv", "2,C9,Ink,10,7.00,2024-01-16");
        run(spark, "r4");
        assertThat(rows()).containsExactly("1|North|3.00", "2|∅|70.00", "4|North|9.00");
    }

    @Test
    void emptyFilesAreReadOnce(SparkSession spark) {
        run(spark, "r1");
        Folders.write(folder.resolve("sales/empty.csv"), "");
        Folders.write(folder.resolve("sales/header.csv"), HEADER);

        assertThat(run(spark, "r2").increment().added()).isEqualTo(2);
        assertThat(run(spark, "r3").increment()).isEqualTo(new Increment(0, 0, 0, 4, 0, List.of(), List.of()));
        assertThat(rows()).hasSize(2);
    }

    @Test
    void manyRunsBecomeOneFileOfState(SparkSession spark) {
        run(spark, "r0");
        Path state = control().resolve("state/000000001.run.jsonl");
        String text = Folders.read(state);
        for (int i = 2; i <= 66; i++) {
            String run = text.replace("\"run\":\"r0\"", "\"run\":\"copy-%d\"".formatted(i));
            Folders.write(
                    control().resolve("state/%09d.run.jsonl".formatted(i)),
                    Lake.sealed(run.replace("\"number\":1", "\"number\":" + i)));
        }
        deliver("c.csv", "4,C1,Hat,1,9.00,2024-02-01");

        run(spark, "r1");

        assertThat(Folders.tree(control().resolve("state")))
                .containsExactly("000000067.whole.jsonl", "000000068.run.jsonl", "nothing-new.json");
        assertThat(run(spark, "r2").increment()).isEqualTo(new Increment(0, 0, 0, 3, 0, List.of(), List.of()));
    }

    @Test
    void anOutputThatNobodyHasKeptAccountOfIsNotAddedTo(SparkSession spark) {
        run(spark, "r1", "incremental", "false");
        Folders.delete(control().resolve("state"));

        assertThatThrownBy(() -> run(spark, "r2"))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("Cannot go on incrementally: nothing says which sales are in ");
    }

    @Test
    void anOutputWhoseRowsAreGoneIsNotAddedTo(SparkSession spark) {
        run(spark, "r1");
        deliver("c.csv", "4,C1,Hat,1,9.00,2024-02-01");
        run(spark, "r2");
        Folders.delete(lake.resolve("out"));
        Map<String, String> before = Folders.contents(lake);
        String refused =
                ("Cannot go on incrementally: the rows of run r1 and others are gone from %s; put them back, or let them be"
                                + " done again with crossfoot state rewind --all")
                        .formatted(here().output());

        assertThatThrownBy(() -> run(spark, "r3"))
                .isInstanceOf(StorageException.class)
                .hasMessage(refused);
        assertThatThrownBy(() -> Plan.of(here().config("r3"), new Configuration()))
                .isInstanceOf(StorageException.class)
                .hasMessage(refused);
        assertThat(Folders.contents(lake)).isEqualTo(before);

        OutputState.of(here().output(), Optional.empty(), new Configuration(), "state")
                .rewind(Optional.empty());
        run(spark, "r3");
        assertThat(rows()).containsExactly("1|North|3.00", "2|∅|7.00", "4|North|9.00");
    }

    /** Two runs of one name would go together, and the rows of the second would come twice. */
    @Test
    void aRunDoesNotTakeTheNameOfOneThatWaitsToBeDoneAgain(SparkSession spark) {
        run(spark, "r1");
        deliver("month=2/c.csv", "4,C1,Hat,1,9.00,2024-02-01");
        OutputState.of(here().output(), Optional.empty(), new Configuration(), "state")
                .rewind(Optional.empty());

        assertThatThrownBy(() -> run(spark, "r1", "only", "month=2"))
                .isInstanceOf(UsageException.class)
                .hasMessage("Cannot run as r1: the rows of an earlier run r1 stay in %s; give another --run-id"
                        .formatted(here().output()));
        run(spark, "r2", "only", "month=2");
        run(spark, "r1");
        assertThat(rows()).containsExactly("1|North|3.00", "2|∅|7.00", "4|North|9.00");
    }

    @Test
    void whatWasSetNeedsNoOutput(SparkSession spark) {
        OutputState.of(here().output(), Optional.empty(), new Configuration(), "state")
                .set(here().config("set"));
        deliver("c.csv", "4,C1,Hat,1,9.00,2024-02-01");

        assertThat(Plan.of(here().config("r1"), new Configuration()).isWorkPending())
                .isTrue();
        assertThat(run(spark, "r1").increment()).isEqualTo(new Increment(1, 0, 0, 2, 0, List.of(), List.of()));
        assertThat(rows()).containsExactly("4|North|9.00");
    }

    @Test
    void whatIsNewDoesNotReplaceWhatIsThere() {
        assertThatThrownBy(() -> here().config("r1", "mode", "overwrite"))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "Cannot use mode = 'overwrite' (given): the new sales of an incremental run would replace all"
                                + " earlier ones; leave it out, or append");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "version":1                  | "version":2                | it has version 2, and this program knows version 1; use a newer Crossfoot
                    "bytes":8                    | "bytes":9                  | the objects of run r1 (line 2) are not those that it has read; who edited them?
                    "bytes":8                    | "bytes":"many              | it is damaged at line 3:
                    {"runs":1                    | ''                         | it is damaged at line 5: it ends too early
                    "runs":1                     | "runs":2                   | it is damaged at line 5: the last line speaks of 2 runs, and there are others
                    "standing":"published"       | "standing":"perhaps"       | it is damaged at line 2:
                    "standing":"published"       | "standing":"rewound"       | its lines are not those that were written; who edited them?
                    "files":["part-00000         | "files":["part-00001       | its lines are not those that were written; who edited them?
                    "sha256":                    | "sha1":                    | it is damaged at line 5:
                    """)
    void aStateThatCannotBeTrustedEndsTheRun(String written, String found, String said, SparkSession spark) {
        run(spark, "r1");
        deliver("c.csv", "4,C1,Hat,1,9.00,2024-02-01");
        Path state = control().resolve("state/000000001.run.jsonl");
        assertThat(Folders.read(state)).contains(written);
        Folders.write(
                state,
                Folders.read(state).replaceFirst(Pattern.quote(written) + (found.isEmpty() ? ".*\n" : ""), found));
        Map<String, String> before = Folders.contents(lake);

        assertThatThrownBy(() -> run(spark, "r2"))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("Cannot go on from the state of ")
                .hasMessageContaining("000000001.run.jsonl: " + said)
                .hasMessageEndingWith(
                        said.endsWith("use a newer Crossfoot")
                                ? said
                                : "; put a copy of it back, or run once with --mode overwrite, which reads all sales and begins a new state");

        assertThat(Folders.contents(lake)).isEqualTo(before);
    }

    @Test
    void aStateOfAnotherOutputEndsTheRun(SparkSession spark) {
        run(spark, "r1");
        Path state = control().resolve("state/000000001.run.jsonl");
        Folders.write(state, Lake.sealed(Folders.read(state).replace("\"../../out\"", "\"../../other\"")));

        assertThatThrownBy(() -> run(spark, "r2"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(
                        "000000001.run.jsonl: it belongs to the output ../../other, and not to ../../out; put a copy");
    }
}
