package io.crossfoot;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.contract.CheckedTable;
import io.crossfoot.contract.Contract;
import io.crossfoot.contract.ContractCheck;
import io.crossfoot.contract.ExtraColumns;
import io.crossfoot.csv.CsvDialect;
import io.crossfoot.quality.Balance;
import io.crossfoot.report.RunReport;
import io.crossfoot.source.FileSource;
import io.crossfoot.testing.DuckDb;
import io.crossfoot.testing.FaultyFileSystem;
import io.crossfoot.testing.LocalSpark;
import io.crossfoot.transform.SalesEnrichment;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the rows, none is lost, doubled or changed. A failure names its seed, and the seed gives the same rows again. */
@ExtendWith(LocalSpark.class)
class ConservationTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everyRowIsAccountedFor(long seed, SparkSession spark, @TempDir Path folder) {
        RandomSales sales = new RandomSales(seed, 120);
        sales.write(folder, seed);

        RunReport report = run(spark, folder, "out");

        Balance balance = report.balance();
        assertThat(report.verdict()).as("seed %d", seed).isEmpty();
        assertThat(rows(folder, "out")).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(sales.enriched);
        assertThat(List.of(balance.read(), balance.quarantined(), balance.written(), balance.matched()))
                .as("read, quarantined, written, matched of seed %d", seed)
                .isEqualTo(List.of(sales.read, sales.quarantined, sales.read - sales.quarantined, sales.matched));
        assertThat(balance.matched() + balance.unmatched()).isEqualTo(balance.written());
        assertThat(balance.amountAfter()).as("seed %d", seed).isEqualByComparingTo(sales.amount);
        assertThat(balance.amountBefore()).as("seed %d", seed).isEqualByComparingTo(sales.amount);
    }

    @ParameterizedTest
    @ValueSource(longs = {10})
    void neitherTheOrderOfRowsAndFilesNorASecondRunChangesTheOutput(
            long seed, SparkSession spark, @TempDir Path folder) {
        RandomSales sales = new RandomSales(seed, 80);
        sales.write(folder, 1);
        sales.write(folder.resolve("again"), 2);

        run(spark, folder, "out");
        List<String> first = rows(folder, "out");
        run(spark, folder, "out");
        run(spark, folder.resolve("again"), "out");

        assertThat(first).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(sales.enriched);
        assertThat(rows(folder, "out")).as("seed %d", seed).isEqualTo(first);
        assertThat(rows(folder.resolve("again"), "out")).as("seed %d", seed).isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({"true, Asia/Kathmandu, tr-TR", "false, America/Los_Angeles, ar-EG", "true, UTC, de-DE"})
    void theCallersSettingsDoNotChangeTheOutput(
            boolean ansi, String zone, String locale, SparkSession spark, @TempDir Path folder) {
        RandomSales sales = new RandomSales(12, 80);
        sales.write(folder, 12);
        SparkSession caller = session(spark, ansi, zone);

        inLocale(locale, () -> run(caller, folder, "out"));

        assertThat(rows(folder, "out")).containsExactlyInAnyOrderElementsOf(sales.enriched);
        assertThat(caller.conf().get("spark.sql.session.timeZone")).isEqualTo(zone);
    }

    /** A time of a contract is a moment, and a folder is replaced by the publication alone. */
    @Test
    void neitherDoTheirTypesAndTheirWayToOverwrite(SparkSession spark, @TempDir Path folder) {
        FaultyFileSystem.register(spark.sparkContext().hadoopConfiguration());
        Lake lake = new Lake(folder.resolve("in"), folder.resolve("start"), "remote://disk");
        lake.customers("C1,Ann,a@x.org,North");
        lake.deliver("a.csv", "1,C1,Pen,2,1.50,2024-01-15T10:00:00+02:00");
        SparkSession caller = session(spark, false, "Asia/Tokyo");
        caller.conf().set("spark.sql.timestampType", "TIMESTAMP_NTZ");
        caller.conf().set("spark.sql.sources.partitionOverwriteMode", "dynamic");

        SparkSession.setActiveSession(caller);
        RunReport report = lake.runOverAll(
                caller,
                "r1",
                "partition-by",
                "region",
                "sales-contract",
                Contract.SALES.replace("order_date DATE", "order_date TIMESTAMP"));

        assertThat(SparkSession.getActiveSession().get()).isSameAs(caller);
        SparkSession.setActiveSession(spark);
        assertThat(report.verdict()).isEmpty();
        assertThat(report.balance().quarantined()).isZero();
        assertThat(DuckDb.query("SELECT epoch(order_date)::BIGINT FROM "
                        + DuckDb.parquet(lake.outputFolder().toString())))
                .contains("1705305600");
    }

    @ParameterizedTest
    @CsvSource({
        "13, true, Asia/Kathmandu, tr-TR, 1",
        "13, false, America/Los_Angeles, ar-EG, 7",
        "14, true, UTC, en-US, 7",
        "14, false, Pacific/Kiritimati, hi-IN, 1"
    })
    void checkAndTransformsByThemselvesGiveTheSameRowsUnderAnySettings(
            long seed,
            boolean ansi,
            String zone,
            String locale,
            int partitions,
            SparkSession spark,
            @TempDir Path folder) {
        RandomSales sales = new RandomSales(seed, 120);
        sales.write(folder, seed);
        SparkSession caller = session(spark, ansi, zone);

        List<String> enriched = inLocale(locale, () -> {
            Dataset<Row> accepted =
                    accepted(caller, folder, "sales", Contract.SALES).repartition(partitions);
            Dataset<Row> customers =
                    accepted(caller, folder, "customers", Contract.CUSTOMERS).repartition(partitions);
            return accepted.transform(SalesEnrichment.with(customers)).collectAsList().stream()
                    .map(ConservationTest::text)
                    .toList();
        });

        assertThat(enriched).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(sales.enriched);
    }

    private static Dataset<Row> accepted(SparkSession spark, Path folder, String table, String contract) {
        ContractCheck check =
                new ContractCheck(Contract.of(table, contract), Map.of(), ExtraColumns.IGNORE, List.of("customer_id"));
        FileSource source =
                new FileSource(table, folder.resolve(table).toString(), Optional.empty(), CsvDialect.standard());
        return check.check(source.open(spark, check.expected()), spark)
                .typed()
                .filter(CheckedTable.ACCEPTED)
                .drop(CheckedTable.ACCEPTED);
    }

    private static SparkSession session(SparkSession spark, boolean ansi, String zone) {
        SparkSession caller = spark.newSession();
        caller.conf().set("spark.sql.ansi.enabled", ansi);
        caller.conf().set("spark.sql.session.timeZone", zone);
        return caller;
    }

    private static <T> T inLocale(String tag, java.util.function.Supplier<T> work) {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(tag));
        try {
            return work.get();
        } finally {
            Locale.setDefault(before);
        }
    }

    private static RunReport run(SparkSession spark, Path folder, String output) {
        return Pipeline.of(EnrichConfig.of(Map.of(
                        "sales", folder.resolve("sales").toString(),
                        "customers", folder.resolve("customers").toString(),
                        "output", folder.resolve(output).toString(),
                        "max-quarantine", "100%",
                        "run-id", "run")))
                .run(spark);
    }

    private static List<String> rows(Path folder, String output) {
        List<String> rows = DuckDb.query(
                "SELECT customer_id, order_id, product_name, quantity, price, name, total_amount FROM %s ORDER BY ALL"
                        .formatted(DuckDb.parquet(folder.resolve(output).toString())));
        return rows.subList(1, rows.size());
    }

    private static String text(Row row) {
        return String.join(
                "|",
                List.of("customer_id", "order_id", "product_name", "quantity", "price", "name", "total_amount").stream()
                        .map(name -> row.<Object>getAs(name))
                        .map(value -> value == null
                                ? "∅"
                                : value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString())
                        .toList());
    }
}
