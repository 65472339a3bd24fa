package io.crossfoot;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.report.Revenue;
import io.crossfoot.report.Revenue.Order;
import io.crossfoot.report.Revenue.Part;
import io.crossfoot.report.RunReport;
import io.crossfoot.testing.DuckDb;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the page shows of revenue is what another engine finds in the published files. */
@ExtendWith(LocalSpark.class)
class RevenueTest {
    private static final int REGIONS = 25;
    private static final int DAYS = 70;

    @TempDir
    private Path folder;

    /** More regions and days than are shown, a region that is markup, and sales without a customer. */
    private RunReport run(SparkSession spark, String... more) {
        Lake lake = new Lake(folder);
        lake.customers(IntStream.range(0, REGIONS)
                .mapToObj(i -> "C%d,n,e,%s".formatted(i, i == 3 ? "<b>South</b>" : "R" + i))
                .toArray(String[]::new));
        lake.deliver(
                "a.csv",
                IntStream.range(0, 200)
                        .mapToObj(i -> "%d,C%d,Pen,%d,%d.%02d,2024-%02d-%02d"
                                .formatted(
                                        i,
                                        i % (REGIONS + 1),
                                        1 + i % 7,
                                        10 + i,
                                        i % 100,
                                        1 + i % DAYS / 28,
                                        1 + i % DAYS % 28))
                        .toArray(String[]::new));
        return lake.runOverAll(spark, "today", more);
    }

    private List<String> asked(String column, String order, int limit) {
        List<String> found = DuckDb.query(
                "SELECT %1$s, count(*), sum(total_amount) AS amount FROM read_parquet('%2$s/**/*.parquet', hive_partitioning = true) GROUP BY 1 ORDER BY %3$s LIMIT %4$d"
                        .formatted(column, folder.resolve("out"), order, limit));
        return found.subList(1, found.size());
    }

    private static List<String> parts(Revenue revenue) {
        return revenue.parts().stream()
                .map(part ->
                        "%s|%d|%s".formatted(part.value() == null ? "∅" : part.value(), part.rows(), part.amount()))
                .toList();
    }

    @Test
    void isWhatAnotherEngineFindsInThePublishedFiles(SparkSession spark) {
        RunReport report = run(spark);

        assertThat(report.revenue())
                .extracting(Revenue::column, Revenue::order)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("region", Order.LARGEST),
                        org.assertj.core.groups.Tuple.tuple("order_date", Order.LATEST));
        assertThat(parts(report.revenue().get(0))).isEqualTo(asked("region", "amount DESC, 1", 20));
        assertThat(parts(report.revenue().get(1))).isEqualTo(asked("order_date", "1 DESC", 60));
        for (Revenue revenue : report.revenue()) {
            List<Part> all = Stream.concat(revenue.parts().stream(), Stream.of(revenue.others()))
                    .toList();
            assertThat(all.stream().mapToLong(Part::rows).sum()).isEqualTo(200);
            assertThat(all.stream().map(Part::amount).reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(report.balance().amountAfter());
        }
    }

    /** More regions than a task is to send: they are asked of the files, and the days are not. */
    @Test
    void isTheSameOfMany(SparkSession spark) {
        int regions = 4_100;
        Lake lake = new Lake(folder);
        lake.customers(IntStream.range(0, regions)
                .mapToObj(i -> "C%d,n,e,R%d".formatted(i, i))
                .toArray(String[]::new));
        lake.deliver(
                "a.csv",
                IntStream.range(0, regions)
                        .mapToObj(i -> "%d,C%d,Pen,1,%d.05,%s"
                                .formatted(i, i, i, LocalDate.of(2024, 1, 1).plusDays(i % 100)))
                        .toArray(String[]::new));

        RunReport report = lake.runOverAll(spark, "today");

        assertThat(parts(report.revenue().get(0))).isEqualTo(asked("region", "amount DESC, 1", 20));
        assertThat(parts(report.revenue().get(1))).isEqualTo(asked("order_date", "1 DESC", 60));
    }

    /** Folders and files are written one after the other by the same tasks. */
    @Test
    void isTheSameInSeveralFiles(SparkSession spark) {
        RunReport report = run(spark, "partition-by", "product_name");

        assertThat(parts(report.revenue().get(0))).isEqualTo(asked("region", "amount DESC, 1", 20));
        assertThat(parts(report.revenue().get(1))).isEqualTo(asked("order_date", "1 DESC", 60));
    }

    @Test
    void isDrawnWithoutTakingDataForMarkup(SparkSession spark) {
        String page = Folders.read(Path.of(run(spark).page().replaceFirst("^file:/+", "/")));

        assertThat(page)
                .contains(
                        "Revenue by region, the largest of 20: ", "Revenue by day, 60 from 2024-01-11 to 2024-03-14: ")
                .contains("&lt;b&gt;South&lt;/b&gt;", "all others", "all earlier days", "no region")
                .doesNotContain("<b>South</b>");
        assertThat(page.length()).isLessThan(300_000);
    }

    @Test
    void isTheSameInFolders(SparkSession spark) {
        RunReport report = run(spark, "partition-by", "region");

        assertThat(report.revenue().get(0).parts()).hasSize(20).anyMatch(part -> part.value() == null);
        assertThat(parts(report.revenue().get(1))).isEqualTo(asked("order_date", "1 DESC", 60));
    }

    @Test
    void isNotAskedOfPersonalOrMissingColumns(SparkSession spark) {
        assertThat(run(spark, "personal", "name,email,region", "rename-customers", "region=region")
                        .revenue())
                .extracting(Revenue::column)
                .containsExactly("order_date");
        RunReport other = run(
                spark,
                "customers-contract",
                "customer_id STRING NOT NULL, name STRING",
                "sales-contract",
                "order_id BIGINT NOT NULL, customer_id STRING, quantity INT, price DECIMAL(12,2), order_date STRING");
        assertThat(other.published()).isTrue();
        assertThat(other.revenue()).isEmpty();
        assertThat(Folders.read(Path.of(other.page().replaceFirst("^file:/+", "/"))))
                .doesNotContain("id=\"revenue\"");
    }
}
