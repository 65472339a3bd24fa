package io.crossfoot.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfoot.sink.ControlFolder;
import io.crossfoot.sink.RunLock;
import io.crossfoot.testing.Child;
import io.crossfoot.testing.DuckDb;
import io.crossfoot.testing.Folders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job jar as a user starts it: by Spark's own SparkSubmit, in a process of its own. */
class SparkSubmitIT {
    private static final String MAIN = "io.crossfoot.cli.Main";
    private static final String TOTAL =
            "published 5 rows · 5 matched · 0 unmatched · 0 quarantined · 1 file · 1,575.97 total · ";

    @TempDir
    Path scratch;

    private Child submit(List<String> sparkArguments, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--class", MAIN));
        all.addAll(sparkArguments);
        all.add(Jars.job().toString());
        all.addAll(List.of(arguments));
        return Child.java(scratch, Jars.job().toString(), "org.apache.spark.deploy.SparkSubmit", all);
    }

    private Child.Ending enrich(Path sales, String... more) {
        return submit(List.of(), enrichArguments(sales, more)).run();
    }

    private String[] enrichArguments(Path sales, String... more) {
        List<String> arguments = new ArrayList<>(List.of("enrich", "--sales", sales.toString()));
        arguments.addAll(List.of(
                "--customers", Folders.testData().resolve("customers").toString(), "--output", output().toString()));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private static Path samples() {
        return Folders.testData().resolve("sales/sample-sales.csv");
    }

    private Path output() {
        return scratch.resolve("out");
    }

    private List<String> rows() {
        return DuckDb.query("SELECT * FROM " + DuckDb.parquet(output().toString()) + " ORDER BY ALL");
    }

    private static List<String> expectedRows() {
        return Folders.read(Folders.testData().resolve("cases/recipe/expected-output.txt"))
                .lines()
                .toList();
    }

    @Test
    void enrichesTheRecipesSamples() {
        Child.Ending ending = enrich(samples(), "--rules", "Rules = [ ColumnValues \"quantity\" > 0 ]");

        // no word of the rule parser, of Hadoop or of Spark
        assertThat(ending.err()).isEmpty();
        assertThat(ending.lastLine()).startsWith(TOTAL);
        assertThat(ending.exitCode()).isZero();
        assertThat(rows()).isEqualTo(expectedRows());
    }

    @Test
    void printsTheReportAndNothingElseWhenAskedForJson() throws Exception {
        Child.Ending ending = enrich(samples(), "--json", "--run-id", "nightly");

        JsonNode report = new ObjectMapper()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .readTree(ending.out());
        assertThat(report.get("run_id").asText()).isEqualTo("nightly");
        assertThat(report.get("versions").get("spark").asText())
                .isEqualTo(System.getProperty("crossfoot.spark.version"));
        assertThat(report.get("balance").get("written").asInt()).isEqualTo(5);
        assertThat(ending.err()).isEmpty();
        assertThat(ending.exitCode()).isZero();
    }

    /** Executors are processes of their own: what is sent to them must survive the way. */
    @Test
    void runsOnOtherProcesses() {
        Child.Ending ending = SparkHome.in(scratch)
                .of(submit(
                        List.of(
                                "--master",
                                "local-cluster[2,1,512]",
                                "--conf",
                                "spark.executor.memory=512m",
                                "--conf",
                                "spark.driver.host=127.0.0.1"),
                        enrichArguments(samples(), "--rules", "Rules = [ ColumnLength \"customer_id\" = 4 ]")))
                .run();

        assertThat(ending.lastLine()).as(ending.err()).startsWith(TOTAL);
        assertThat(ending.exitCode()).isZero();
        assertThat(rows()).isEqualTo(expectedRows());
    }

    @Test
    void exits1WhenTooManyRowsAreBad() {
        Path sales =
                sales("order_id,customer_id,product_name,quantity,price,order_date\n1,C001,Pen,x,1.00,2024-01-15\n");

        Child.Ending ending = enrich(sales);

        assertRefused(ending, 1, "Cannot publish: ");
        assertThat(ending.lastLine()).startsWith("published nothing · 1 row read · 1 quarantined · ");
        assertThat(output()).doesNotExist();
    }

    @Test
    @Tag("any-spark")
    void exits2WhenUsedWrongly() {
        Child.Ending ending = enrich(samples(), "--mod", "append");

        assertRefused(ending, 2, "Cannot use --mod: 'crossfoot enrich' has no such flag");
        assertThat(ending.out()).isEmpty();
    }

    @Test
    @Tag("any-spark")
    void exits3WhenAColumnIsMissing() {
        Child.Ending ending = enrich(
                sales("order_id,customer_id,product_name,quantty,price,order_date\n1,C001,Pen,1,1.00,2024-01-15\n"));

        assertRefused(ending, 3, "Cannot read sales: ");
        assertThat(ending.err()).contains("'quantity'", "did you mean 'quantty'?");
    }

    @Test
    @Tag("any-spark")
    void exits4WhenThereIsNoSuchFile() {
        Child.Ending ending = enrich(scratch.resolve("nowhere"));

        assertRefused(
                ending,
                4,
                "Cannot read sales: %s does not exist; check the path given with --sales"
                        .formatted(scratch.resolve("nowhere")));
    }

    @Test
    @Tag("any-spark")
    void exits5WhileAnotherRunWrites() {
        ControlFolder control = ControlFolder.of(
                new org.apache.hadoop.fs.Path(output().toUri()), Optional.empty(), new Configuration());
        control.create();

        try (RunLock held = RunLock.acquire(control, "another")) {
            Child.Ending ending = enrich(samples());

            assertRefused(ending, 5, "Cannot start: run another (process %d on host ".formatted(pid()));
            held.confirm();
        }
    }

    private static long pid() {
        return ProcessHandle.current().pid();
    }

    private Path sales(String csv) {
        return Folders.write(scratch.resolve("sales.csv"), csv);
    }

    private static void assertRefused(Child.Ending ending, int exitCode, String message) {
        assertThat(ending.err()).startsWith("crossfoot: " + message).doesNotContain("\tat ", "Exception");
        assertThat(ending.err().lines()).hasSize(1);
        assertThat(ending.exitCode()).isEqualTo(exitCode);
    }
}
