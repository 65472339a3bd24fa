package io.crossfoot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.Plan.Action;
import io.crossfoot.Plan.Step;
import io.crossfoot.config.CompactConfig;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.error.StorageException;
import io.crossfoot.error.UsageException;
import io.crossfoot.report.RunReport;
import io.crossfoot.sink.Compression;
import io.crossfoot.state.ProcessedRun;
import io.crossfoot.testing.DuckDb;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import java.nio.file.Path;
import java.util.HashMap;
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

/** What counts as processed can be changed, and no row is lost or doubled by it. */
@ExtendWith(LocalSpark.class)
class OutputStateTest {
    private static final String HEADER = "order_id,customer_id,product_name,quantity,price,order_date\n";

    @TempDir
    Path folder;

    @BeforeEach
    void runThreeTimes(SparkSession spark) {
        Folders.write(folder.resolve("customers/c.csv"), "customer_id,name,email,region\nC1,Ann,a@x.org,North\n");
        deliver("month=1/a.csv", 1);
        run(spark, "r1");
        deliver("month=1/b.csv", 2);
        run(spark, "r2");
        deliver("month=2/c.csv", 3);
        run(spark, "r3");
        assertThat(orders()).containsExactly("1", "2", "3");
    }

    private void deliver(String file, int order) {
        Folders.write(folder.resolve("sales/" + file), HEADER + order + ",C1,Pen,2,1.50,2024-01-15\n");
    }

    private EnrichConfig config(String runId, String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "sales", folder.resolve("sales").toString(),
                "customers", folder.resolve("customers").toString(),
                "output", folder.resolve("out").toString(),
                "incremental", "true",
                "run-id", runId));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return EnrichConfig.of(settings);
    }

    private RunReport run(SparkSession spark, String runId, String... more) {
        return Pipeline.of(config(runId, more)).run(spark);
    }

    private Plan plan(String... more) {
        return Plan.of(config("plan", more), new Configuration());
    }

    private OutputState state() {
        return OutputState.of(folder.resolve("out").toString(), Optional.empty(), new Configuration(), "state");
    }

    private List<String> runs() {
        return state().accounts().stream()
                .map(account -> account.run().run() + " " + account.run().standing())
                .toList();
    }

    private List<String> orders() {
        List<String> table = DuckDb.query("SELECT order_id FROM %s ORDER BY ALL"
                .formatted(DuckDb.parquet(folder.resolve("out").toString())));
        return table.subList(1, table.size());
    }

    @Test
    void whatIsRewoundIsReadAgainAndReplaced(SparkSession spark) {
        List<ProcessedRun> again = state().rewind(Optional.of("r1"));

        assertThat(again).extracting(ProcessedRun::run).containsExactly("r2", "r3");
        assertThat(runs()).containsExactly("r1 PUBLISHED", "r2 REWOUND", "r3 REWOUND");
        assertThat(orders()).containsExactly("1", "2", "3");
        assertThat(plan().isWorkPending()).isTrue();
        assertThat(plan().steps())
                .extracting(Step::action, Step::table, Step::files, Step::why)
                .map(Object::toString)
                .containsExactly(
                        "(READ, \"sales\", 2L, \"read by a run that is replaced\")",
                        "(DELETE, \"output\", 1L, \"published by run r3\")",
                        "(DELETE, \"output\", 1L, \"published by run r2\")",
                        "(KEEP, \"sales\", 1L, \"read before\")",
                        "(READ, \"customers\", 1L, \"a lookup is read whole\")",
                        "(WRITE, \"output\", 0L, \"rows of these sales, beside those that stay\")");

        Folders.write(folder.resolve("customers/c.csv"), "customer_id,name,email,region\nC1,Bea,a@x.org,North\n");
        RunReport report = run(spark, "r2");

        assertThat(report.increment().replaced()).containsExactly("r3", "r2");
        assertThat(orders()).containsExactly("1", "2", "3");
        assertThat(runs()).containsExactly("r1 PUBLISHED", "r2 PUBLISHED");
        assertThat(plan().steps()).extracting(Step::action).containsExactly(Action.KEEP);
        assertThat(plan().isWorkPending()).isFalse();
    }

    @Test
    void goingForthAgainLeavesNothingToDo() {
        state().rewind(Optional.empty());
        assertThat(runs()).containsExactly("r1 REWOUND", "r2 REWOUND", "r3 REWOUND");

        state().rewind(Optional.of("r3"));

        assertThat(runs()).containsExactly("r1 PUBLISHED", "r2 PUBLISHED", "r3 PUBLISHED");
        assertThat(plan().isWorkPending()).isFalse();
        assertThatThrownBy(() -> state().rewind(Optional.of("r")))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("Cannot rewind to run r: the output has no rows of such a run");
    }

    @Test
    void anOlderStateDoublesNothing(SparkSession spark) {
        String exported = exported();
        deliver("month=2/d.csv", 4);
        run(spark, "r4");

        state().replaceBy(exported);

        assertThat(runs()).containsExactly("r1 PUBLISHED", "r2 PUBLISHED", "r3 PUBLISHED", "r4 REWOUND");
        run(spark, "r5");
        assertThat(orders()).containsExactly("1", "2", "3", "4");
        assertThat(runs()).containsExactly("r1 PUBLISHED", "r2 PUBLISHED", "r3 PUBLISHED", "r5 PUBLISHED");
    }

    @Test
    void aStateOfBeforeACompactionKnowsTheFilesOfAfterIt(SparkSession spark) {
        String exported = exported();
        CompactConfig all = new CompactConfig(
                folder.resolve("out").toString(),
                Optional.empty(),
                Optional.empty(),
                1 << 20,
                Compression.ZSTD,
                "compact");
        Compaction.of(all).run(spark);

        state().replaceBy(exported);

        deliver("month=1/a.csv", 10);
        run(spark, "r4");
        assertThat(orders()).containsExactly("2", "3", "10");
    }

    @Test
    void aRunThatWasDoneAnewUnderItsNameIsAnotherThanThatOfAnOlderState(SparkSession spark) {
        String exported = exported();
        state().rewind(Optional.of("r2"));
        deliver("month=2/d.csv", 4);
        run(spark, "r3");
        assertThat(orders()).containsExactly("1", "2", "3", "4");

        state().replaceBy(exported);

        assertThat(runs()).containsExactly("r1 PUBLISHED", "r2 PUBLISHED", "r3 REWOUND");
        run(spark, "r4");
        assertThat(orders()).containsExactly("1", "2", "3", "4");
    }

    @Test
    void aStateOfRowsThatAreGoneIsNotTaken(SparkSession spark) {
        String exported = exported();
        deliver("month=1/a.csv", 10);
        run(spark, "r4");
        List<String> before = runs();

        assertThatThrownBy(() -> state().replaceBy(exported))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith(
                        "Cannot import the state from %s: the rows of run r1 are gone from ".formatted(exported))
                .hasMessageContaining("(first file: part-00000-r1-")
                .hasMessageEndingWith("; import one that was exported later; the state is unchanged");

        assertThat(runs()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "version":1              | "version":2         | it has version 2, and this program knows version 1; use a newer Crossfoot
                    "bytes":                 | "bytes":1           | the objects of run r3 (line 2) are not those that it has read; who edited them?
                    "standing":"published"   | "standing":"set"    | its lines are not those that were written; who edited them?
                    """)
    void aTextThatCannotBeTrustedIsNotImported(String written, String found, String said) {
        String exported = exported();
        Path text = Path.of(exported);
        Folders.write(text, Folders.read(text).replaceFirst(Pattern.quote(written), found));

        assertThatThrownBy(() -> state().replaceBy(exported))
                .isInstanceOf(StorageException.class)
                .hasMessage("Cannot import the state from %s: %s; the state is unchanged".formatted(exported, said));

        assertThat(runs()).containsExactly("r1 PUBLISHED", "r2 PUBLISHED", "r3 PUBLISHED");
    }

    private String exported() {
        String file = folder.resolve("state.jsonl").toString();
        state().export(file);
        return file;
    }

    @Test
    void aStateOfAnotherOutputIsNotTaken() {
        String exported = exported();
        OutputState other =
                OutputState.of(folder.resolve("other").toString(), Optional.empty(), new Configuration(), "state");

        assertThatThrownBy(() -> other.replaceBy(exported))
                .isInstanceOf(StorageException.class)
                .hasMessage(
                        "Cannot import the state from %s: it belongs to the output ../../out, and not to ../../other;"
                                        .formatted(exported)
                                + " the state is unchanged");
        assertThat(other.accounts()).isEmpty();
    }

    @Test
    void aPartOfWhatIsNewLeavesTheRestNew(SparkSession spark) {
        deliver("month=1/d.csv", 4);
        deliver("month=2/e.csv", 5);

        run(spark, "r4", "only", "month=2");

        assertThat(orders()).containsExactly("1", "2", "3", "5");
        assertThat(plan("since", "2999-01-01").isWorkPending()).isFalse();
        assertThat(plan("since", "2001-01-01").isWorkPending()).isTrue();
        run(spark, "r5");
        assertThat(orders()).containsExactly("1", "2", "3", "4", "5");
        assertThatThrownBy(() -> run(spark, "r6", "only", "mnth=2"))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "Cannot use only = mnth=…: no file of the sales lies in a folder mnth=…; did you mean 'month'?");
    }

    @Test
    void whatWasSetIsNotRead(SparkSession spark) {
        deliver("month=2/d.csv", 4);
        assertThat(state().set(config("set"))).hasSize(1);

        assertThat(plan().isWorkPending()).isFalse();
        Folders.write(
                folder.resolve("sales/month=2/d.csv"),
                HEADER + "40,C1,Pen,2,1.50,2024-01-15\n41,C1,Pen,2,1.50,2024-01-15\n");
        run(spark, "r4");

        assertThat(orders()).containsExactly("1", "2", "3", "40", "41");
        assertThat(plan().isWorkPending()).isFalse();
    }
}
