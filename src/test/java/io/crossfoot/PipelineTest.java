package io.crossfoot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.error.UsageException;
import io.crossfoot.report.ReportFile;
import io.crossfoot.report.RunReport;
import io.crossfoot.testing.DuckDb;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LocalSpark.class)
class PipelineTest {
    private static final String HEADER = "order_id,customer_id,product_name,quantity,price,order_date\n";

    @TempDir
    Path folder;

    @BeforeEach
    void writeInput() {
        Folders.write(
                folder.resolve("sales/1.csv"), HEADER + "1,C1,Pen,2,1.50,2024-01-15\n2,C2,Ink,1,7.00,2024-01-16\n");
        Folders.write(
                folder.resolve("customers/1.json"), "{\"customer_id\":\"C1\",\"name\":\"Ann\",\"region\":\"N\"}\n");
    }

    private EnrichConfig config(String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "sales", folder.resolve("sales").toString(),
                "customers", folder.resolve("customers").toString(),
                "output", folder.resolve("out").toString(),
                "run-id", "first"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return EnrichConfig.of(settings);
    }

    private List<String> output(String columns) {
        return DuckDb.query("SELECT %s FROM %s ORDER BY ALL"
                .formatted(columns, DuckDb.parquet(folder.resolve("out").toString())));
    }

    @Test
    void keepsItsReportInTheControlFolder(SparkSession spark) {
        RunReport report = Pipeline.of(config()).run(spark);

        String path =
                folder.resolve("_crossfoot/out/runs/first/run-report.json").toString();
        ReportFile file = new ReportFile(new org.apache.hadoop.fs.Path(path), new Configuration());
        assertThat(file.read()).contains(report);
        assertThat(report.published()).isTrue();
        assertThat(report.files()).singleElement().satisfies(written -> {
            assertThat(written.rows()).isEqualTo(2);
            assertThat(folder.resolve("out").resolve(written.path())).hasSize(written.bytes());
        });
    }

    @Test
    void leavesNothingButDataUnderTheOutput(SparkSession spark) {
        Pipeline.of(config()).run(spark);

        assertThat(Folders.tree(folder.resolve("out"))).containsExactly("part-00000-first-c000.zstd.parquet");
        assertThat(Folders.tree(folder.resolve("_crossfoot/out")))
                .containsExactly(
                        "history.jsonl",
                        "output.txt",
                        "runs/first/published.json",
                        "runs/first/report.html",
                        "runs/first/run-report.json",
                        "state/000000001.whole.jsonl");
    }

    @Test
    void replacesTheOutputOfAnEarlierRun(SparkSession spark) {
        Pipeline.of(config()).run(spark);
        Folders.write(folder.resolve("sales/1.csv"), HEADER + "3,C1,Cap,1,5.00,2024-01-17\n");

        Pipeline.of(config("run-id", "second")).run(spark);

        assertThat(output("order_id")).containsExactly("order_id", "3");
    }

    @Test
    void appendsOnceForEachRunId(SparkSession spark) {
        EnrichConfig first = config("mode", "append");
        EnrichConfig second = config("mode", "append", "run-id", "second");

        RunReport report = Pipeline.of(first).run(spark);
        Folders.write(folder.resolve("sales/1.csv"), HEADER + "3,C1,Cap,1,5.00,2024-01-17\n");
        RunReport again = Pipeline.of(first).run(spark);
        Pipeline.of(second).run(spark);

        assertThat(again).isEqualTo(report);
        assertThat(output("order_id")).containsExactly("order_id", "1", "2", "3");
    }

    @Test
    void appendsFilesAgainWhoseRowsAreGone(SparkSession spark) throws IOException {
        Pipeline.of(config("mode", "append")).run(spark);
        Folders.delete(folder.resolve("out"));
        Folders.write(folder.resolve("sales/2.csv"), HEADER + "3,C1,Cap,1,5.00,2024-01-17\n");
        Pipeline.of(config("mode", "append", "run-id", "second")).run(spark);
        Files.delete(folder.resolve("sales/2.csv"));

        Pipeline.of(config("mode", "append", "run-id", "third")).run(spark);

        assertThat(output("order_id")).containsExactly("order_id", "1", "1", "2", "2", "3");
    }

    @ParameterizedTest
    @CsvSource({
        ", region, 'no folders, and these would lie in folders by region', 'leave --partition-by out'",
        "region,, 'folders by region, and these would lie in no folders', 'say --partition-by region'",
        "'region,order_date', order_date, 'folders by region, order_date, and these would lie in folders by order_date',"
                + "'say --partition-by region,order_date'",
        "region, REGION, 'folders by region, and these would lie in folders by REGION', 'say --partition-by region'"
    })
    void addsNoRowsThatReadersWouldNotSee(String first, String then, String how, String remedy, SparkSession spark) {
        Pipeline.of(adding("first", first)).run(spark);
        Map<String, String> before = Folders.contents(folder.resolve("out"));
        Folders.write(folder.resolve("sales/2.csv"), HEADER + "3,C1,Cap,1,5.00,2024-01-17\n");
        EnrichConfig other = adding("second", then);

        String told =
                "Cannot add to %s: its files lie in %s, where readers do not see both; %s, or write all of it anew with --mode overwrite"
                        .formatted(folder.resolve("out"), how, remedy);
        assertThatThrownBy(() -> Pipeline.of(other).run(spark))
                .isInstanceOf(UsageException.class)
                .hasMessage(told);
        assertThatThrownBy(() -> Plan.of(other, new Configuration())).hasMessage(told);
        assertThat(Folders.contents(folder.resolve("out"))).isEqualTo(before);

        Pipeline.of(adding("second", first)).run(spark);
        assertThat(output("order_id")).contains("3");
    }

    @Test
    void laysAllRowsOtherwiseWhereNoneStays(SparkSession spark) {
        Pipeline.of(config("incremental", "true")).run(spark);
        OutputState.of(folder.resolve("out").toString(), Optional.empty(), new Configuration(), "state")
                .rewind(Optional.empty());

        Pipeline.of(config("incremental", "true", "run-id", "second", "partition-by", "region"))
                .run(spark);

        assertThat(output("order_id")).containsExactly("order_id", "1", "2");
    }

    private EnrichConfig adding(String runId, String partitionBy) {
        return partitionBy == null
                ? config("mode", "append", "run-id", runId)
                : config("mode", "append", "run-id", runId, "partition-by", partitionBy);
    }

    @Test
    void addsNothingBesideFilesOfRunsThatNobodyKnows(SparkSession spark) {
        Pipeline.of(config("mode", "append")).run(spark);
        Folders.delete(folder.resolve("_crossfoot"));

        assertThatThrownBy(() -> Pipeline.of(config("mode", "append", "run-id", "second"))
                        .run(spark))
                .isInstanceOf(UsageException.class)
                .hasMessageMatching("Cannot add to .*/out: it holds part-00000-first-c000.*[.]parquet of a run that"
                        + " its control folder knows nothing of, and the same sales could come twice; .*");

        EnrichConfig incremental = config("incremental", "true", "run-id", "second");
        assertThatThrownBy(() -> Plan.of(incremental, new Configuration())).hasMessageStartingWith("Cannot add to ");
        OutputState.of(folder.resolve("out").toString(), Optional.empty(), new Configuration(), "state")
                .set(incremental);
        assertThat(Pipeline.of(incremental).run(spark).balance().written()).isZero();
        assertThat(output("order_id")).containsExactly("order_id", "1", "2");

        // what Spark wrote by itself, no run has read
        Folders.delete(folder.resolve("_crossfoot"));
        Path ours = folder.resolve("out")
                .resolve(Folders.tree(folder.resolve("out")).stream()
                        .filter(file -> file.startsWith("part-"))
                        .findFirst()
                        .orElseThrow());
        assertThat(ours.toFile()
                        .renameTo(
                                folder.resolve("out/part-00000-9a7b2c1d-0000-4000-8000-123456789abc-c000.zstd.parquet")
                                        .toFile()))
                .isTrue();
        Pipeline.of(config("mode", "append", "run-id", "third")).run(spark);
        assertThat(output("order_id")).containsExactly("order_id", "1", "1", "2", "2");
    }

    @Test
    void doesNotAppendBesideRowsThatAreToBeReplaced(SparkSession spark) {
        Pipeline.of(config("mode", "append")).run(spark);
        OutputState.of(folder.resolve("out").toString(), Optional.empty(), new Configuration(), "state")
                .rewind(Optional.empty());

        assertThatThrownBy(() -> Pipeline.of(config("mode", "append", "run-id", "second"))
                        .run(spark))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "Cannot append: run first has read the same files, is rewound, and would leave its rows beside"
                                + " these; run with --incremental, which replaces them");
        assertThat(output("order_id")).containsExactly("order_id", "1", "2");
    }

    @Test
    void writesAFolderForEachValue(SparkSession spark) {
        Pipeline.of(config("partition-by", "region,order_date")).run(spark);

        assertThat(Folders.tree(folder.resolve("out")))
                .extracting(file -> Path.of(file).getParent().toString())
                .containsExactly(
                        "region=N/order_date=2024-01-15", "region=__HIVE_DEFAULT_PARTITION__/order_date=2024-01-16");
        assertThat(output("order_id, total_amount, order_date")).hasSize(3);
    }

    @Test
    void spreadsALargePackedFileOverSeveralFiles(SparkSession spark) throws IOException {
        StringBuilder rows = new StringBuilder(HEADER);
        for (int i = 0; i < 50_000; i++) {
            rows.append(i).append(",C1,Pen ").append(i * 7919L).append(",1,1.50,2024-01-15\n");
        }
        Files.delete(folder.resolve("sales/1.csv"));
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("sales/1.csv.gz")))) {
            out.write(rows.toString().getBytes(StandardCharsets.UTF_8));
        }

        RunReport report = Pipeline.of(config("target-file-size", "100KiB")).run(spark);

        assertThat(report.balance().written()).isEqualTo(50_000);
        assertThat(report.files()).hasSizeGreaterThan(2);
    }

    @Test
    void leavesTheSettingsOfTheSessionAlone(SparkSession spark) {
        spark.conf().set("spark.sql.session.timeZone", "Asia/Tokyo");
        spark.conf().set("spark.sql.ansi.enabled", true);
        try {
            Pipeline.of(config()).run(spark);

            assertThat(spark.conf().get("spark.sql.session.timeZone")).isEqualTo("Asia/Tokyo");
            assertThat(spark.conf().get("spark.sql.ansi.enabled")).isEqualTo("true");
        } finally {
            spark.conf().set("spark.sql.session.timeZone", "UTC");
            spark.conf().set("spark.sql.ansi.enabled", false);
        }
    }

    @Test
    void tellsItsStages(SparkSession spark) {
        List<String> points = new java.util.ArrayList<>();

        Pipeline.of(config()).telling(points::add).run(spark);

        assertThat(points)
                .startsWith(
                        "recover",
                        "open",
                        "customers",
                        "enrich",
                        "quarantine",
                        "balance",
                        "quality",
                        "lineage",
                        "revenue",
                        "publish");
    }

    @Test
    void doesNotReplaceAFolderThatHoldsOtherThings(SparkSession spark) {
        Folders.write(folder.resolve("out/thesis.txt"), "ten years");

        assertThatThrownBy(() -> Pipeline.of(config()).run(spark))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "Cannot overwrite %s: it holds thesis.txt, which no run has written; name another --output, or empty this one"
                                .formatted(folder.resolve("out")));
        assertThat(folder.resolve("out/thesis.txt")).hasContent("ten years");
    }

    @Test
    void listsAllThatIsWrongWithItsSettings(SparkSession spark) {
        EnrichConfig config = config("on", "custmer_id", "quantity", "qty", "duplicates", "latest-by:updated");

        assertThatThrownBy(() -> Pipeline.of(config).run(spark)).hasMessage("""
                Cannot start: 4 settings are wrong
                  - Cannot use --on custmer_id: the contract of sales has no such column; did you mean 'customer_id'?
                  - Cannot use --on custmer_id: the contract of customers has no such column; did you mean 'customer_id'?
                  - Cannot use --quantity qty: the contract of sales has no such column
                  - Cannot use --duplicates latest-by updated: the contract of customers has no such column""");
    }

    @Test
    void listsAllThatIsWrongWithItsOutput(SparkSession spark) {
        EnrichConfig config = config(
                "customers-contract", "customer_id STRING, Price DOUBLE", "amount", "price", "partition-by", "regoin");

        assertThatThrownBy(() -> Pipeline.of(config).run(spark)).hasMessage("""
                Cannot start: 3 settings are wrong
                  - Cannot join: sales and customers both have a column 'Price'; rename one with --rename-customers Price=customer_Price
                  - Cannot add --amount price: a column of that name is there already; name another
                  - Cannot use --partition-by regoin: the output has no such column""");
    }

    @Test
    void listsWhatIsWrongWithBothContracts(SparkSession spark) {
        EnrichConfig config = config("sales-contract", "order_id BIGNT", "customers-contract", "id INT, ID INT");

        assertThatThrownBy(() -> Pipeline.of(config).run(spark))
                .hasMessageStartingWith("Cannot start: 2 settings are wrong\n  - Cannot use the contract of sales: ")
                .hasMessageEndingWith("\n  - Cannot use the contract of customers: column 'ID' stands in it twice");
    }

    @Test
    void doesNotReplaceParquetOfSomebodyElse(SparkSession spark) {
        Folders.write(folder.resolve("out/part-0.parquet"), "theirs");

        assertThatThrownBy(() -> Pipeline.of(config()).run(spark))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("it holds part-0.parquet, which no run has written");
    }

    @Test
    void writesBesideTheFilesOfAGlob(SparkSession spark) {
        String glob = folder.resolve("s*/?.csv").toString();

        assertThat(Pipeline.of(config("sales", glob)).run(spark).published()).isTrue();
        assertThatThrownBy(() -> Pipeline.of(config(
                                "sales",
                                glob,
                                "output",
                                folder.resolve("sales/1.csv/out").toString()))
                        .run(spark))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("it lies inside the sales at");
    }

    @Test
    void refusesAControlFolderThatTheNextRunWouldRead(SparkSession spark) {
        String sales = folder.resolve("sales").toString();

        assertThatThrownBy(() -> Pipeline.of(config("sales", sales, "control", sales + "/control"))
                        .run(spark))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("it lies inside the sales at");
        assertThat(folder.resolve("sales/control")).doesNotExist();
        assertThat(Pipeline.of(config("sales", sales, "control", sales + "/_control"))
                        .run(spark)
                        .published())
                .isTrue();
    }

    @Test
    void doesNotShareAControlFolderBetweenOutputs(SparkSession spark) {
        String control = folder.resolve("control").toString();
        Pipeline.of(config("control", control)).run(spark);

        EnrichConfig other =
                config("control", control, "output", folder.resolve("other").toString());

        assertThatThrownBy(() -> Pipeline.of(other).run(spark))
                .isInstanceOf(UsageException.class)
                .hasMessageMatching("Cannot use .*/control as the control folder of .*/other: it belongs to .*/out;"
                        + " name another with --control");
    }

    @Test
    void doesNotTakeAFolderOfOtherThingsForItsControlFolder(SparkSession spark) {
        Folders.write(folder.resolve("data/staging/precious.csv"), "1");

        assertThatThrownBy(() -> Pipeline.of(
                                config("control", folder.resolve("data").toString()))
                        .run(spark))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("it holds other things; name a new folder with --control");
        assertThat(folder.resolve("data/staging/precious.csv")).exists();
    }

    @Test
    void publishesARunAgainWhoseFilesWereReplacedSince(SparkSession spark) {
        Pipeline.of(config("mode", "append")).run(spark);
        Pipeline.of(config("run-id", "second")).run(spark);
        Folders.write(folder.resolve("sales/2.csv"), HEADER + "3,C1,Cap,1,5.00,2024-01-17\n");

        Pipeline.of(config("mode", "append")).run(spark);

        assertThat(output("order_id")).containsExactly("order_id", "1", "1", "2", "2", "3");
    }

    @Test
    void appendsTheSameFilesOnceWhateverTheRunIsCalled(SparkSession spark) {
        Pipeline.of(config("mode", "append")).run(spark);
        Map<String, String> output = Folders.contents(folder.resolve("out"));

        RunReport again =
                Pipeline.of(config("mode", "append", "run-id", "second")).run(spark);

        assertThat(again.published()).isTrue();
        assertThat(again.increment().known()).isEqualTo(1);
        assertThat(again.sales().files()).isEmpty();
        assertThat(Folders.contents(folder.resolve("out"))).isEqualTo(output);
        EnrichConfig third = config("mode", "append", "run-id", "third");
        assertThat(Plan.of(third, new Configuration()).isWorkPending()).isFalse();
        Folders.delete(folder.resolve("out"));
        assertThat(Plan.of(third, new Configuration()).isWorkPending()).isTrue();
        Pipeline.of(third).run(spark);
        assertThat(output("order_id")).containsExactly("order_id", "1", "2");
    }

    @Test
    void clearsTheQuarantineOfAnEarlierRunOfItsId(SparkSession spark) {
        Folders.write(folder.resolve("sales/2.csv"), HEADER + "3,C1,Cap,free,5.00,2024-01-17\n");
        Pipeline.of(config("max-quarantine", "1")).run(spark);
        assertThat(Folders.tree(folder.resolve("_crossfoot/out/quarantine/first")))
                .isNotEmpty();
        Folders.write(folder.resolve("sales/2.csv"), HEADER + "3,C1,Cap,1,5.00,2024-01-17\n");

        Pipeline.of(config()).run(spark);

        assertThat(Folders.tree(folder.resolve("_crossfoot/out/quarantine/first")))
                .isEmpty();
    }

    @Test
    void writesToAFolderWhoseNameLooksLikeAPattern(SparkSession spark) {
        Folders.write(folder.resolve("sales/2.csv"), HEADER + "3,C9,Cap,free,5.00,2024-01-17\n");

        RunReport report = Pipeline.of(
                        config("output", folder.resolve("o[1]{2}").toString(), "max-quarantine", "1"))
                .run(spark);

        assertThat(report.balance().unmatched()).isEqualTo(1);
        assertThat(report.quarantine()).hasSize(1);
    }

    @Test
    void refusesAnAccountThatIsTooLargeToAddUp(SparkSession spark) {
        String row = ",C1,Pen,9223372036854775807,9999999999999999.99,2024-01-15\n";
        Folders.write(folder.resolve("sales/1.csv"), HEADER + ("1" + row).repeat(20));

        RunReport report = Pipeline.of(
                        config("sales-contract", "customer_id STRING, quantity BIGINT, price DECIMAL(18,2)"))
                .run(spark);

        assertThat(report.published()).isFalse();
        assertThat(report.verdict())
                .containsExactly(
                        "Cannot publish: the run does not add up: the sum of the amounts has more than 38 digits");
    }

    @Test
    void renamesToColumnsInAnyCase(SparkSession spark) {
        Folders.write(
                folder.resolve("sales/1.csv"), HEADER.replace("product_name", "prod") + "1,C1,Pen,2,1.50,2024-01-15\n");

        Pipeline.of(config("rename-sales", "prod=Product_NAME")).run(spark);

        assertThat(output("product_name")).containsExactly("product_name", "Pen");
    }

    @Test
    void countsCustomersThatHaveNoKey(SparkSession spark) {
        Folders.write(folder.resolve("customers/2.json"), "{\"name\":\"Nobody\"}\n");

        RunReport report = Pipeline.of(config("customers-contract", "customer_id STRING, name STRING"))
                .run(spark);

        assertThat(report.lookup()).isEqualTo(new RunReport.LookupRows(1, 0, 0, 1));
    }

    @Test
    void refusesMoneyThatIsNotExact(SparkSession spark) {
        EnrichConfig config = config("sales-contract", "customer_id STRING, quantity INT, price DOUBLE");

        assertThatThrownBy(() -> Pipeline.of(config).run(spark))
                .hasMessage(
                        "Cannot compute 'total_amount' exactly: column 'price' is DOUBLE; give it a decimal or whole-number type");
    }
}
