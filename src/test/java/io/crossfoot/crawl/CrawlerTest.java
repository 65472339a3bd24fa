package io.crossfoot.crawl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.catalog.CatalogColumn;
import io.crossfoot.catalog.CatalogPartition;
import io.crossfoot.catalog.CatalogTable;
import io.crossfoot.catalog.TableName;
import io.crossfoot.crawl.CrawlSettings.Deletion;
import io.crossfoot.crawl.CrawlSettings.SchemaChange;
import io.crossfoot.crawl.TableChange.Action;
import io.crossfoot.error.StorageException;
import io.crossfoot.error.UsageException;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import io.crossfoot.testing.MemoryCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class CrawlerTest {
    private static final String SALES = "order_id,customer_id,product_name,quantity,price,order_date\n"
            + "1001,C001,Laptop,1,999.99,2024-01-15\n1002,C002,Mouse,2,25.50,2024-01-15\n";

    @TempDir
    Path raw;

    private final MemoryCatalog catalog = new MemoryCatalog();

    @Test
    void recipesFilesAreDescribedAsGlueDescribesThem() throws IOException {
        Folders.write(raw.resolve("sales/sample-sales.csv"), SALES);
        Folders.write(
                raw.resolve("customers/sample-customers.json"),
                "{\"customer_id\": \"C001\", \"name\": \"John Smith\", \"email\": \"j@e.com\", \"region\": \"North\"}\n");

        CrawlPlan plan = crawl(CrawlSettings.of("analytics-database"));

        assertThat(plan.changes()).extracting(TableChange::action).containsExactly(Action.ADDED, Action.ADDED);
        CatalogTable customers = table("customers");
        assertThat(types(customers)).isEqualTo("customer_id string, name string, email string, region string");
        assertThat(customers.storage().serde()).isEqualTo("org.openx.data.jsonserde.JsonSerDe");
        assertThat(customers.storage().serdeParameters()).containsEntry("paths", "customer_id,email,name,region");
        assertThat(customers.parameters())
                .containsEntry("classification", "json")
                .doesNotContainKey("delimiter");
        CatalogTable sales = table("sales");
        assertThat(types(sales))
                .isEqualTo("order_id bigint, customer_id string, product_name string, quantity bigint, price double,"
                        + " order_date string");
        assertThat(sales.location()).isEqualTo("file:" + raw + "/sales/");
        assertThat(sales.storage().inputFormat()).isEqualTo("org.apache.hadoop.mapred.TextInputFormat");
        assertThat(sales.parameters())
                .containsEntry("classification", "csv")
                .containsEntry("delimiter", ",")
                .containsEntry("skip.header.line.count", "1")
                .containsEntry("areColumnsQuoted", "false")
                .containsEntry("columnsOrdered", "true")
                .containsEntry("compressionType", "none")
                .containsEntry("typeOfData", "file")
                .containsEntry("objectCount", "1")
                .containsEntry("recordCount", "2")
                .containsEntry("sizeKey", String.valueOf(SALES.length()));
        assertThat(plan.changes().get(1).notes())
                .containsExactly(
                        "quantity: crawled bigint, contract INT → will be converted exactly",
                        "price: crawled double, contract DECIMAL(12,2) → will be converted exactly",
                        "order_date: crawled string, contract DATE → will be converted exactly");
    }

    @Test
    void csvWithoutNumbersHasNoHeaderThatAnyoneCouldTell() {
        Folders.write(raw.resolve("codes/a.csv"), "code;meaning\nA;all\nB;both\n");

        crawl(CrawlSettings.of("db"));

        CatalogTable codes = table("codes");
        assertThat(types(codes)).isEqualTo("col0 string, col1 string");
        assertThat(codes.delimiter()).isEqualTo(";");
        assertThat(codes.hasHeader()).isFalse();
    }

    @Test
    void typesHoldEveryValueThatWasSeen() {
        Folders.write(
                raw.resolve("csv/a.csv"),
                "id,amount,code,blank,mixed\n1,2,99999999999999999999,,1\n-9223372036854775808,2.5e3,1,,x\n");
        Folders.write(raw.resolve("json/a.json"), """
                {"id": 1, "Big": 3000000000, "ratio": 1, "flag": true, "tags": ["a"], "at": {"x": 1}, "no": null}
                {"id": 2, "ratio": 1.5, "flag": "yes", "tags": [], "at": {"y": "b"}, "extra": 12345678901234567890}
                {"broken":
                """);

        crawl(CrawlSettings.of("db"));

        assertThat(types(table("csv"))).isEqualTo("id bigint, amount double, code string, blank string, mixed string");
        assertThat(types(table("json")))
                .isEqualTo("id int, big bigint, ratio double, flag string, tags array<string>,"
                        + " at struct<x:int,y:string>, no string, extra string");
    }

    @Test
    void parquetIsDescribedByItsFooters(SparkSession spark) {
        spark.sql("SELECT 1 AS quantity, CAST(1 AS DECIMAL(12,2)) AS price, DATE'2024-01-15' AS day, 'a' AS `Name`,"
                        + " CAST(1 AS BIGINT) AS id, array(1.5D) AS list, map('k', true) AS flags,"
                        + " named_struct('x', 1S, 'at', TIMESTAMP'2024-01-01 00:00:00') AS s, X'00' AS bytes")
                .write()
                .parquet(raw.resolve("enriched-sales").toString());

        crawl(CrawlSettings.of("db"));

        assertThat(types(table("enriched_sales")))
                .isEqualTo("quantity int, price decimal(12,2), day date, name string, id bigint, list array<double>,"
                        + " flags map<string,boolean>, s struct<x:smallint,at:timestamp>, bytes binary");
        assertThat(table("enriched_sales").parameters())
                .containsEntry("classification", "parquet")
                .containsEntry("recordCount", "1");
    }

    @Test
    void foldersArePartitionsByTheirNamesOrBecauseTheyAreAlike() {
        Folders.write(raw.resolve("sales/order_date=2024-01-15/region=North%2FWest/a.csv"), SALES);
        Folders.write(raw.resolve("sales/order_date=2024-01-16/region=South/a.csv"), SALES);
        Folders.write(raw.resolve("daily/2024/01/a.csv"), SALES);
        Folders.write(raw.resolve("daily/2024/02/a.csv"), SALES);
        Folders.write(raw.resolve("shops/north/a.csv"), SALES);
        Folders.write(raw.resolve("shops/south/a.csv"), SALES);
        Folders.write(raw.resolve("area/sales/a.csv"), SALES);
        Folders.write(raw.resolve("area/goods/a.json"), "{\"sku\": 1}\n");

        CrawlPlan plan = crawl(CrawlSettings.of("db"));

        assertThat(plan.changes().stream()
                        .map(change -> change.table().name().table().replaceFirst("_[0-9a-f]{32}", "_hash")))
                .containsExactly("daily", "goods", "sales", "sales_hash", "shops");
        assertThat(keys("daily")).containsExactly("partition_0", "partition_1");
        assertThat(keys("shops")).containsExactly("partition_0");
        CatalogTable sales = catalog.tables("db").stream()
                .filter(table -> table.location().equals("file:" + raw + "/sales/"))
                .findFirst()
                .orElseThrow();
        assertThat(sales.partitionKeys()).extracting(CatalogColumn::name).containsExactly("order_date", "region");
        assertThat(types(sales)).doesNotContain("order_date");
        assertThat(catalog.partitions(sales.name()))
                .extracting(CatalogPartition::values)
                .containsExactly(List.of("2024-01-15", "North/West"), List.of("2024-01-16", "South"));
        assertThat(catalog.partitions(new TableName("db", "daily")))
                .contains(new CatalogPartition(List.of("2024", "02"), "file:" + raw + "/daily/2024/02/"));
    }

    @Test
    void secondCrawlFindsWhatChanged() {
        Folders.write(raw.resolve("sales/day=1/a.csv"), SALES);
        Folders.write(raw.resolve("gone/a.csv"), SALES);
        crawl(CrawlSettings.of("db"));
        assertThat(actions(crawl(CrawlSettings.of("db")))).containsExactly("gone UNCHANGED", "sales UNCHANGED");

        Folders.write(
                raw.resolve("sales/day=2/b.csv"),
                SALES.replace("order_date", "order_date,note")
                        .replace("999.99", "x")
                        .replace("-15\n", "-15,hello\n"));
        delete(raw.resolve("gone/a.csv"));
        CrawlPlan plan = crawl(CrawlSettings.of("db"));

        assertThat(actions(plan)).containsExactly("gone DEPRECATED", "sales UPDATED");
        assertThat(plan.changes().get(1).details())
                .containsExactly("column price: double → string", "column note string added", "partition 2 added");
        assertThat(table("gone").parameters()).containsKey("DEPRECATED_BY_CRAWLER");
        assertThat(actions(crawl(CrawlSettings.of("db")))).containsExactly("gone UNCHANGED", "sales UNCHANGED");

        Folders.write(raw.resolve("gone/a.csv"), SALES);
        assertThat(crawl(CrawlSettings.of("db")).changes().get(0).details()).containsExactly("files are there again");
        delete(raw.resolve("sales/day=2/b.csv"));
        assertThat(crawl(CrawlSettings.of("db")).changes().get(1).details())
                .containsExactly("column price: string → double", "partition 2 gone");
        assertThat(types(table("sales"))).endsWith("price double, order_date string, note string");
    }

    @Test
    void policiesSayWhatChangesInTheCatalog() {
        Folders.write(raw.resolve("sales/a.csv"), SALES);
        Folders.write(raw.resolve("gone/a.csv"), SALES);
        crawl(CrawlSettings.of("db"));
        Folders.write(raw.resolve("sales/a.csv"), SALES.replace("999.99", "x"));
        delete(raw.resolve("gone/a.csv"));

        CrawlSettings log = CrawlSettings.of("db").with(SchemaChange.LOG).with(Deletion.LOG);
        assertThat(actions(crawl(log))).containsExactly("gone LOGGED", "sales LOGGED");
        assertThat(types(table("sales"))).contains("price double");
        CrawlSettings keep = CrawlSettings.of("db").with(SchemaChange.ADD).with(Deletion.DELETE);
        CrawlPlan plan = crawl(keep);
        assertThat(actions(plan)).containsExactly("gone DELETED", "sales UPDATED");
        assertThat(plan.changes().get(1).details()).containsExactly("column price: double → string (kept as it was)");
        assertThat(types(table("sales"))).contains("price double");
        assertThat(catalog.tables("db")).hasSize(1);
    }

    @Test
    void tableOfAnotherPlaceKeepsItsName() {
        Folders.write(raw.resolve("one/sales/a.csv"), SALES);
        Folders.write(raw.resolve("two/Sales/a.csv"), SALES);
        crawl(CrawlSettings.of("db"), raw.resolve("one"));

        CrawlPlan plan = crawl(CrawlSettings.of("db"), raw.resolve("two"));

        assertThat(plan.changes()).hasSize(1);
        assertThat(plan.changes().get(0).table().name().table()).matches("sales_[0-9a-f]{32}");
        assertThat(table("sales").location()).endsWith("one/sales/");
    }

    @Test
    void whatIsNoTableIsAProblemAndTheRestIsCrawled() {
        Folders.write(raw.resolve("sales/a.csv"), SALES);
        Folders.write(raw.resolve("mixed/a.csv"), SALES);
        Folders.write(raw.resolve("mixed/b.json"), "{\"a\": 1}\n");
        Folders.write(raw.resolve("binary/a.csv"), "a\0b");

        CrawlPlan plan = crawl(CrawlSettings.of("db"));

        assertThat(actions(plan)).containsExactly("sales ADDED");
        assertThat(plan.problems()).hasSize(2);
        assertThat(plan.problems().get(0)).startsWith("Cannot read binary: ").contains("byte 1 is zero");
        assertThat(plan.problems().get(1))
                .isEqualTo("Cannot describe mixed: its folder holds files of several formats (CSV as a.csv, JSON as"
                        + " b.json); keep one format in a folder");
    }

    @Test
    void nothingToCrawlIsRefused() throws IOException {
        Files.createDirectories(raw.resolve("empty"));
        Folders.write(raw.resolve("empty/a.csv"), "");

        assertThatThrownBy(() -> crawl(CrawlSettings.of("db")))
                .isInstanceOf(UsageException.class)
                .hasMessage("Cannot crawl %s: no file with data is in it; name another folder".formatted(raw));
        assertThatThrownBy(() -> crawl(CrawlSettings.of("db"), raw.resolve("missing")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("missing does not exist");
        assertThat(catalog.databases()).isEmpty();
    }

    @Test
    void filesThatDisagreeAreToldOf() {
        Folders.write(raw.resolve("orders/a.csv"), "id,name\n1,a\n");
        Folders.write(raw.resolve("orders/b.csv"), "name,id\na,1\n");
        Folders.write(raw.resolve("orders/c.csv"), "\"3\",\"c\"\n");

        CrawlPlan plan = crawl(CrawlSettings.of("db"));

        assertThat(plan.changes().get(0).notes())
                .containsExactly(
                        "b.csv has its columns in another order: Crossfoot goes by name, Athena by position",
                        "c.csv has no header, other files have one",
                        "values are quoted: Athena wants the OpenCSVSerDe for that");
    }

    private CrawlPlan crawl(CrawlSettings settings) {
        return crawl(settings, raw);
    }

    private CrawlPlan crawl(CrawlSettings settings, Path folder) {
        CrawlPlan plan = new Crawler(settings, new Configuration()).plan(folder.toString(), catalog);
        plan.apply(catalog);
        return plan;
    }

    private CatalogTable table(String name) {
        return catalog.tables(catalog.databases().get(0)).stream()
                .filter(table -> table.name().table().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<String> keys(String name) {
        return table(name).partitionKeys().stream().map(CatalogColumn::name).toList();
    }

    private static List<String> actions(CrawlPlan plan) {
        return plan.changes().stream()
                .map(change -> change.table().name().table() + " " + change.action())
                .toList();
    }

    private static String types(CatalogTable table) {
        return table.columns().stream()
                .map(column -> column.name() + " " + column.type())
                .collect(Collectors.joining(", "));
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }
}
