package io.crossfoot.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.crawl.CrawlSettings;
import io.crossfoot.crawl.Crawler;
import io.crossfoot.error.UsageException;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import io.crossfoot.testing.MemoryCatalog;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class CatalogSqlTest {
    @TempDir
    Path raw;

    private final MemoryCatalog catalog = new MemoryCatalog();

    @BeforeEach
    void crawl(SparkSession spark) {
        Folders.write(raw.resolve("sales/a.csv"), "order_id,product,price\n1,\"Lap, \"\"top\"\"\",10.5\n2,Pen,\n");
        Folders.write(
                raw.resolve("people/a.json"),
                "{\"Id\": 1, \"name\": \"Ann\", \"at\": {\"City\": \"Ulm\", \"zip-code\": \"89073\", \"to\": [{\"c/o\": 1}]}}\n");
        Folders.write(raw.resolve("bare/a.csv"), "x|y\nz|w\n");
        Folders.write(raw.resolve("days/day=1/a.csv"), "id,n\n1,2\n");
        Folders.write(raw.resolve("days/day=2/a.csv"), "id,n\n3,4\n");
        Folders.write(raw.resolve("months/2024/01/a.json"), "{\"Id\": 1}\n");
        Folders.write(raw.resolve("months/2024/02/a.json"), "{\"Id\": 2}\n");
        spark.range(3).write().parquet(raw.resolve("numbers").toString());
        new Crawler(CrawlSettings.of("analytics-database-x1"), new Configuration())
                .plan(raw.toString(), catalog)
                .apply(catalog);
    }

    @Test
    void readsEachFormatByTheNameOfItsTable(SparkSession spark) {
        String database = "analytics-database-x1";

        assertThat(rows(spark, "SELECT * FROM %s.sales ORDER BY order_id".formatted(database)))
                .containsExactly("[1,Lap, \"top\",10.5]", "[2,Pen,null]");
        assertThat(rows(spark, "SELECT id, name, at.city FROM \"%s\".people;".formatted(database)))
                .containsExactly("[1,Ann,Ulm]");
        assertThat(rows(spark, "SELECT at.`zip-code`, at.to[0].`c/o` FROM people"))
                .containsExactly("[89073,1]");
        assertThat(rows(spark, "SELECT col1 FROM `%s`.BARE ORDER BY 1".formatted(database)))
                .containsExactly("[w]", "[y]");
        assertThat(rows(spark, "SELECT sum(id) FROM numbers")).containsExactly("[3]");
        assertThat(rows(spark, "SELECT * FROM days WHERE day = '2'")).containsExactly("[3,4,2]");
        assertThat(rows(spark, "WITH m AS (SELECT * FROM months) SELECT * FROM m ORDER BY id"))
                .containsExactly("[1,2024,01]", "[2,2024,02]");
        assertThat(rows(spark, "SELECT '%s.sales'".formatted(database))).containsExactly("[" + database + ".sales]");
    }

    @Test
    void runsAgainAfterATableHasChanged(SparkSession spark) {
        assertThat(rows(spark, "SELECT count(*) FROM months")).containsExactly("[2]");
        catalog.dropPartitions(
                TableName.parse("analytics-database-x1.months"), List.of(List.of("2024", "01"), List.of("2024", "02")));

        assertThat(rows(spark, "SELECT count(*) FROM months")).containsExactly("[0]");
    }

    @Test
    void typoIsToldInSparksWords(SparkSession spark) {
        assertThatThrownBy(() -> rows(spark, "SELECT prize FROM sales"))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("Cannot run the query: ")
                .hasMessageContaining("`prize` cannot be resolved. Did you mean")
                .hasMessageNotContaining("Relation");
        assertThatThrownBy(() -> rows(spark, "SELEKT 1")).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> rows(spark, "SELECT FROM FROM")).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> rows(spark, "SELECT * FROM nowhere"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("nowhere");
        assertThatThrownBy(() -> new CatalogSql(spark, catalog).run("SELECT 1", Optional.of("none")))
                .isInstanceOf(UsageException.class)
                .hasMessage("Cannot run the query: there is no database none in the catalog of a test (there are:"
                        + " analytics-database-x1)");
    }

    @Test
    void statementThatWritesIsRefused(SparkSession spark) {
        for (String sql : List.of(
                "INSERT INTO numbers VALUES (1)",
                "WITH x AS (SELECT 1 AS id) INSERT INTO numbers SELECT * FROM x",
                "WITH x AS (SELECT 1) DELETE FROM numbers",
                "WITH x AS (SELECT 1) UPDATE numbers SET id = 1",
                "WITH x AS (SELECT 1) MERGE INTO numbers USING x ON true WHEN MATCHED THEN DELETE",
                "WITH x AS (SELECT '\\'') INSERT INTO numbers VALUES ('1')",
                "WITH x AS (SELECT r'\\') INSERT INTO numbers SELECT r'\\' FROM x",
                "WITH x AS (SELECT 1) -- a remark\rINSERT INTO numbers SELECT 1",
                "DROP TABLE numbers",
                "/* SELECT */ TRUNCATE TABLE numbers")) {
            assertThatThrownBy(() -> rows(spark, sql))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("it must only read");
        }
        assertThat(rows(spark, "SELECT 'INSERT INTO x' -- INSERT INTO y")).containsExactly("[INSERT INTO x]");
        assertThat(rows(spark, "SELECT 'it\\'s an INSERT' AS `update`")).containsExactly("[it's an INSERT]");
    }

    private List<String> rows(SparkSession spark, String sql) {
        return new CatalogSql(spark, catalog)
                .run(sql, Optional.empty()).collectAsList().stream()
                        .map(Object::toString)
                        .toList();
    }
}
