package io.crossfoot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.catalog.Catalog;
import io.crossfoot.catalog.CatalogColumn;
import io.crossfoot.catalog.CatalogPartition;
import io.crossfoot.catalog.CatalogPlace;
import io.crossfoot.catalog.CatalogTable;
import io.crossfoot.catalog.HiveSession;
import io.crossfoot.catalog.TableName;
import io.crossfoot.catalog.TableStorage;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.crawl.CrawlSettings;
import io.crossfoot.crawl.Crawler;
import io.crossfoot.crawl.TableChange.Action;
import io.crossfoot.error.CrossfootException;
import io.crossfoot.error.ShapeException;
import io.crossfoot.error.StorageException;
import io.crossfoot.error.UsageException;
import io.crossfoot.report.RunReport;
import io.crossfoot.testing.Child;
import io.crossfoot.testing.DuckDb;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs that read tables of a catalog, and whose output becomes one. */
@ExtendWith(LocalSpark.class)
class CatalogRunTest {
    private static final String HEADER = "order_id,customer_id,product_name,quantity,price,order_date\n";
    private static final TableName ENRICHED = TableName.parse("analytics.enriched_sales");

    @TempDir
    static Path catalogFolder;

    @TempDir
    Path ground;

    private final CatalogPlace place = new CatalogPlace(catalogFolder.toString());

    @BeforeEach
    void makeCatalog() {
        Folders.write(
                ground.resolve("raw/sales/monday.csv"),
                HEADER + "1,C1,\"Lap, top\",2,10.05,2024-01-15\n2,C9,Mouse,1,1,\n");
        Folders.write(ground.resolve("raw/sales/tuesday.csv"), HEADER + "3,C1,Pen,1,0.10,2024-01-16\n");
        Folders.write(ground.resolve("raw/customers/c.json"), "{\"customer_id\": \"C1\", \"name\": \"Ann\"}\n");
        inCatalog(catalog -> catalog.tables("analytics").forEach(table -> catalog.drop(table.name())));
        crawl("raw");
    }

    @Test
    void readsWhatTheCrawlerFound(SparkSession spark) {
        RunReport report = run(spark, Map.of());

        assertThat(report.published()).isTrue();
        assertThat(rows())
                .containsExactly(
                        "order_id|customer_id|product_name|name|total_amount",
                        "1|C1|Lap, top|Ann|20.10",
                        "2|C9|Mouse|∅|1.00",
                        "3|C1|Pen|Ann|0.10");
    }

    @Test
    void registersItsOutputAsACrawlerWould(SparkSession spark) {
        run(spark, Map.of("output-table", "analytics.enriched_sales"));

        inCatalog(catalog -> {
            CatalogTable table = catalog.table(ENRICHED).orElseThrow();
            assertThat(types(table))
                    .isEqualTo("customer_id string, order_id bigint, product_name string, quantity int,"
                            + " price decimal(12,2), order_date date, name string, email string, region string,"
                            + " total_amount decimal(23,2)");
            assertThat(table.parameters())
                    .containsEntry("classification", "parquet")
                    .containsEntry("recordCount", "3");
            assertThat(table.location()).isEqualTo("file:" + ground.resolve("processed/enriched-sales") + "/");
            assertThat(new Crawler(CrawlSettings.of("analytics"), new Configuration())
                            .plan(ground.resolve("processed").toString(), catalog)
                            .changes())
                    .extracting(change -> change.table().name() + " " + change.action())
                    .containsExactly("analytics.enriched_sales " + Action.UNCHANGED);
        });
    }

    @Test
    void registeredTableIsReadByTheSparkOfAnybodyWithHive(SparkSession spark) {
        run(spark, Map.of("output-table", "analytics.enriched_sales", "partition-by", "region"));

        Child.Ending ending = Child.test(
                        ground, HiveSession.class, catalogFolder.toString(), "analytics.enriched_sales", "order_id")
                .run();

        assertThat(ending.exitCode()).as(ending.err()).isZero();
        assertThat(ending.out().lines())
                .containsExactly(
                        "customer_id STRING,order_id BIGINT,product_name STRING,quantity INT,price DECIMAL(12,2),"
                                + "order_date DATE,name STRING,email STRING,total_amount DECIMAL(23,2),region STRING",
                        "C1|1|Lap, top|2|10.05|2024-01-15|Ann|null|20.10|null",
                        "C9|2|Mouse|1|1.00|null|null|null|1.00|null",
                        "C1|3|Pen|1|0.10|2024-01-16|Ann|null|0.10|null");
    }

    @Test
    void registersPartitionsAndForgetsThoseThatAreGone(SparkSession spark) {
        Map<String, String> settings = Map.of("output-table", "analytics.enriched_sales", "partition-by", "order_date");
        run(spark, settings);
        assertThat(partitions()).containsExactly("2024-01-15", "2024-01-16", "__HIVE_DEFAULT_PARTITION__");

        Folders.write(ground.resolve("raw/sales/monday.csv"), HEADER);
        run(spark, settings);

        assertThat(partitions()).containsExactly("2024-01-16");
        inCatalog(catalog -> assertThat(catalog.table(ENRICHED).orElseThrow().partitionKeys())
                .containsExactly(new CatalogColumn("order_date", "string")));
    }

    @Test
    void killBetweenPublishAndRegisterIsMendedByTheNextRun(SparkSession spark) {
        for (String mode : List.of("overwrite", "append")) {
            Map<String, String> settings = Map.of(
                    "output-table",
                    "analytics." + mode,
                    "output",
                    ground.resolve("out/" + mode).toString(),
                    "mode",
                    mode);
            Pipeline pipeline = Pipeline.of(EnrichConfig.of(settings(settings)));
            assertThatThrownBy(() -> pipeline.telling(stage -> {
                                if (stage.equals("register")) {
                                    throw new IllegalStateException("killed");
                                }
                            })
                            .run(spark))
                    .hasMessage("killed");
            inCatalog(catalog ->
                    assertThat(catalog.table(new TableName("analytics", mode))).isEmpty());

            pipeline.run(spark);

            inCatalog(catalog -> assertThat(catalog.table(new TableName("analytics", mode))
                            .orElseThrow()
                            .parameters())
                    .containsEntry("recordCount", "3"));
        }
    }

    @Test
    void csvWithoutHeaderTakesTheColumnsOfTheCatalog(SparkSession spark) {
        Folders.write(ground.resolve("bare/a.csv"), "1;C1;Pen;2;10.05;2024-01-15\n2;C1;Ink;1;1;2024-01-15\n");
        put(new CatalogTable(
                TableName.parse("analytics.bare"),
                ground.resolve("bare").toString(),
                TableStorage.delimited(';'),
                columns("order_id", "customer_id", "product_name", "quantity", "price", "order_date"),
                List.of(),
                Map.of()));

        run(spark, Map.of("sales", "catalog:analytics.bare"));

        assertThat(rows()).contains("1|C1|Pen|Ann|20.10", "2|C1|Ink|Ann|1.00").hasSize(3);
    }

    @Test
    void partitionsAreThoseOfTheCatalogWhateverTheirFoldersAreCalled(SparkSession spark) {
        String json = "{\"order_id\": %d, \"customer_id\": \"C1\", \"quantity\": 1, \"price\": 1}\n";
        Folders.write(ground.resolve("daily/15/a.json"), json.formatted(1));
        Folders.write(ground.resolve("daily/16/a.json"), json.formatted(2));
        Folders.write(ground.resolve("daily/17/a.json"), json.formatted(3));
        Folders.write(ground.resolve("elsewhere/a.json"), json.formatted(4));
        String daily = ground.resolve("daily").toString();
        put(new CatalogTable(
                TableName.parse("analytics.daily"),
                daily,
                TableStorage.jsonLines(Map.of("order_id", "order_id")),
                columns("order_id"),
                columns("order_date"),
                Map.of("classification", "json")));
        inCatalog(catalog -> catalog.putPartitions(
                TableName.parse("analytics.daily"),
                List.of(
                        new CatalogPartition(List.of("2024-01-15"), daily + "/15/"),
                        new CatalogPartition(List.of("2024-01-16"), daily + "/16"),
                        new CatalogPartition(
                                List.of("2024-01-18"),
                                ground.resolve("elsewhere").toString()))));

        run(spark, Map.of("sales", "catalog:analytics.daily"));

        assertThat(DuckDb.query("SELECT order_id, order_date FROM %s ORDER BY ALL"
                        .formatted(DuckDb.parquet(output().toString()))))
                .containsExactly("order_id|order_date", "1|2024-01-15", "2|2024-01-16", "4|2024-01-18");
    }

    @Test
    void partitionsNamedByTheirFoldersAreReadTogether(SparkSession spark) {
        for (String day : List.of("2024-01-15", "2024-01-16")) {
            Folders.write(
                    ground.resolve("named/sales/Order_Date=" + day + "/a.csv"),
                    "order_id,customer_id,product_name,quantity,price\n1,C1,Pen,2,10.05\n");
        }
        crawl("named");

        RunReport report = run(spark, Map.of("sales", "catalog:analytics." + tableIn("named/sales")));

        assertThat(report.balance().written()).isEqualTo(2);
        assertThat(DuckDb.query("SELECT DISTINCT order_date FROM %s ORDER BY ALL"
                        .formatted(DuckDb.parquet(output().toString()))))
                .containsExactly("order_date", "2024-01-15", "2024-01-16");
    }

    @Test
    void tablesThatCannotBeReadAreToldOf(SparkSession spark) {
        put(new CatalogTable(
                TableName.parse("analytics.orc"),
                ground.toString(),
                new TableStorage("x", "y", "org.apache.hadoop.hive.ql.io.orc.OrcSerde", Map.of()),
                columns("a"),
                List.of(),
                Map.of()));
        put(new CatalogTable(
                TableName.parse("analytics.parts"),
                ground.resolve("raw/sales").toString(),
                TableStorage.delimited(','),
                columns("a"),
                columns("day"),
                Map.of()));

        assertThat(failure(spark, Map.of("sales", "catalog:analytics.slaes")))
                .isInstanceOf(StorageException.class)
                .hasMessage(
                        "Cannot read sales: there is no table analytics.slaes in the catalog in %s; did you mean 'analytics.sales'?"
                                .formatted(catalogFolder));
        assertThat(failure(spark, Map.of("sales", "catalog:nowhere.sales")))
                .hasMessageEndingWith("; crawl its folder first, or name another --catalog");
        assertThat(failure(spark, Map.of("sales", "catalog:analytics.orc")))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("is no table of CSV, JSON or Parquet files");
        assertThat(failure(spark, Map.of("sales", "catalog:analytics.parts")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("knows no partition of it; crawl ");
    }

    @Test
    void outputStaysOutOfWhatTheTablesDescribe(SparkSession spark) {
        assertThat(failure(
                        spark, Map.of("output", ground.resolve("raw/sales/out").toString())))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("it lies inside the sales at file:" + ground + "/raw/sales/");
        assertThat(failure(spark, Map.of("output-table", "analytics.sales")))
                .isInstanceOf(UsageException.class)
                .hasMessage("Cannot register the output as analytics.sales: that table describes file:%s/raw/sales/;"
                                .formatted(ground)
                        + " name another with --output-table");
        assertThat(Folders.tree(ground.resolve("processed"))).isEmpty();
    }

    private interface Use {
        void of(Catalog catalog);
    }

    private void inCatalog(Use use) {
        try (Catalog catalog = place.open()) {
            use.of(catalog);
        }
    }

    private void put(CatalogTable table) {
        inCatalog(catalog -> catalog.put(table));
    }

    private void crawl(String folder) {
        inCatalog(catalog -> new Crawler(CrawlSettings.of("analytics"), new Configuration())
                .plan(ground.resolve(folder).toString(), catalog)
                .apply(catalog));
    }

    private String tableIn(String folder) {
        StringBuilder name = new StringBuilder();
        inCatalog(catalog -> catalog.tables("analytics").stream()
                .filter(table -> table.location().endsWith("/" + folder + "/"))
                .forEach(table -> name.append(table.name().table())));
        return name.toString();
    }

    private List<String> partitions() {
        StringBuilder values = new StringBuilder();
        inCatalog(catalog -> catalog.partitions(ENRICHED)
                .forEach(partition -> values.append(partition.values().get(0)).append('\n')));
        return values.toString().lines().toList();
    }

    private Path output() {
        return ground.resolve("processed/enriched-sales");
    }

    private Map<String, String> settings(Map<String, String> others) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "sales", "catalog:analytics.sales",
                "customers", "catalog:analytics.customers",
                "catalog", catalogFolder.toString(),
                "output", output().toString(),
                "run-id", "r"));
        settings.putAll(others);
        return settings;
    }

    private RunReport run(SparkSession spark, Map<String, String> others) {
        return Pipeline.of(EnrichConfig.of(settings(others))).run(spark);
    }

    private Throwable failure(SparkSession spark, Map<String, String> others) {
        try {
            run(spark, others);
        } catch (CrossfootException refused) {
            return refused;
        }
        throw new AssertionError("nothing was refused");
    }

    private List<String> rows() {
        return DuckDb.query("SELECT order_id, customer_id, product_name, name, total_amount FROM %s ORDER BY ALL"
                .formatted(DuckDb.parquet(output().toString())));
    }

    private static List<CatalogColumn> columns(String... names) {
        return java.util.Arrays.stream(names)
                .map(name -> new CatalogColumn(name, "string"))
                .toList();
    }

    private static String types(CatalogTable table) {
        return table.columns().stream()
                .map(column -> column.name() + " " + column.type())
                .collect(Collectors.joining(", "));
    }
}
