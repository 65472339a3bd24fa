package com.example.shop;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.Pipeline;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.report.RunReport;
import io.crossfoot.testing.DatasetAsserts;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import io.crossfoot.transform.DuplicatePolicy;
import io.crossfoot.transform.ExactAmount;
import io.crossfoot.transform.GuardedJoin;
import io.crossfoot.transform.Lookup;
import io.crossfoot.transform.SalesEnrichment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else's Spark job, with the library's jar on its class path and other tables in mind. */
@ExtendWith(LocalSpark.class)
class StrangerIT {
    private static void assertSame(SparkSession spark, Dataset<Row> expected, Dataset<Row> actual) {
        assertThat(actual.dtypes()).containsExactly(expected.dtypes());
        new DatasetAsserts(spark).assertDataFrameDataEquals(expected, actual);
    }

    @Test
    void usesTheJarThatWasBuilt() {
        String place = SalesEnrichment.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();

        assertThat(place)
                .isEqualTo(Folders.target()
                        .resolve("crossfoot-%s.jar".formatted(System.getProperty("crossfoot.version")))
                        .toString());
    }

    @Test
    void enrichesSalesByOneLine(SparkSession spark) {
        Dataset<Row> sales = spark.sql("select * from values (1, 'C1', 2, 1.50), (2, 'C9', 1, 9.99), (3, null, 1, 1.00)"
                + " as t(order_id, customer_id, quantity, price)");
        Dataset<Row> customers = spark.sql("select * from values ('C1', 'Ann') as t(customer_id, name)");

        Dataset<Row> enriched = sales.transform(SalesEnrichment.with(customers));

        assertSame(
                spark,
                spark.sql("select customer_id, order_id, quantity, price, name, cast(total as decimal(14,2)) as"
                        + " total_amount from values ('C1', 1, 2, 1.50, 'Ann', 3.00), ('C9', 2, 1, 9.99, null,"
                        + " 9.99), (null, 3, 1, 1.00, null, 1.00)"
                        + " as t(customer_id, order_id, quantity, price, name, total)"),
                enriched);
    }

    @Test
    void joinsByTwoKeysOfOtherNamesAndTypes(SparkSession spark) {
        Dataset<Row> visits = spark.sql("select * from values ('DE', 7, 'x'), ('FR', 7, 'y'), ('DE', 8, 'z')"
                + " as t(`Land Code`, shop, visitor)");
        Dataset<Row> shops = spark.sql("select * from values ('DE', '7', 'Berlin'), ('FR', '7', 'Paris'), ('DE', '7',"
                + " 'Berlin') as t(`Land Code`, shop, city)");

        Dataset<Row> joined = visits.transform(
                GuardedJoin.with(shops, "Land Code", "shop").broadcasting().marking("known"));

        assertSame(
                spark,
                spark.sql("select * from values ('DE', 7, 'x', 'Berlin', true), ('FR', 7, 'y', 'Paris', true),"
                        + " ('DE', 8, 'z', null, false) as t(`Land Code`, shop, visitor, city, known)"),
                joined);
    }

    @Test
    void multipliesOtherColumns(SparkSession spark) {
        Dataset<Row> shifts = spark.sql("select * from values (7.25BD, 18.333BD), (null, 1.000BD) as t(hours, rate)");

        Dataset<Row> paid = shifts.transform(ExactAmount.of("hours", "rate").as("pay"));

        assertSame(
                spark,
                spark.sql("select hours, rate, cast(pay as decimal(9,5)) as pay from values (7.25BD, 18.333BD,"
                        + " 132.91425BD), (null, 1.000BD, null) as t(hours, rate, pay)"),
                paid);
    }

    @Test
    void takesTheLatestOfSeveralRows(SparkSession spark) {
        Dataset<Row> prices = spark.sql("select * from values ('A', 1, 'old'), ('A', 2, 'new'), ('B', 1, 'only')"
                + " as t(article, day, label)");
        Dataset<Row> orders = spark.sql("select * from values ('A'), ('B'), ('C') as t(article)");

        Dataset<Row> joined = orders.transform(
                GuardedJoin.with(Lookup.of(prices, List.of("article"), DuplicatePolicy.latestBy("day"))));

        assertSame(
                spark,
                spark.sql("select * from values ('A', 2, 'new'), ('B', 1, 'only'), ('C', null, null)"
                        + " as t(article, day, label)"),
                joined);
    }

    @Test
    void failsAtTheFirstDoubtByDefault(SparkSession spark) {
        Dataset<Row> customers = spark.sql("select * from values ('C1', 'Ann'), ('C1', 'Bob') as t(customer_id, name)");
        Dataset<Row> sales = spark.sql("select 'C1' as customer_id, 1 as quantity, 1.00BD as price");

        Dataset<Row> enriched = sales.transform(SalesEnrichment.with(customers));

        assertThatThrownBy(enriched::collectAsList)
                .hasStackTraceContaining("Cannot join: the lookup holds different rows for one key (customer_id = C1)");
    }

    @Test
    void readsCsvByTheNameOfTheFormat(SparkSession spark) {
        Dataset<Row> sales = spark.read()
                .format("crossfoot-csv")
                .schema("order_id BIGINT, price DECIMAL(12,2)")
                .load(Folders.testData().resolve("sales").toString());

        assertSame(
                spark,
                spark.sql(
                                "select * from values (1001L, 999.99BD), (1002L, 25.50BD), (1003L, 75.00BD), (1004L, 299.99BD),"
                                        + " (1005L, 149.99BD) as t(order_id, price)")
                        .selectExpr("order_id", "cast(price as decimal(12,2)) as price"),
                sales);
    }

    @Test
    void runsTheWholePipeline(SparkSession spark, @TempDir Path scratch) {
        Path samples = Folders.testData();
        Path output = scratch.resolve("out");

        RunReport report = Pipeline.of(EnrichConfig.of(Map.of(
                        "sales", samples.resolve("sales").toString(),
                        "customers", samples.resolve("customers").toString(),
                        "output", output.toString(),
                        "run-id", "stranger")))
                .run(spark);

        assertThat(report.published()).isTrue();
        assertThat(report.balance().amountAfter()).isEqualByComparingTo("1575.97");
        Dataset<Row> sales = spark.read()
                .option("header", true)
                .schema("order_id BIGINT, customer_id STRING, product_name STRING, quantity INT, price DECIMAL(12,2),"
                        + " order_date DATE")
                .csv(samples.resolve("sales").toString());
        Dataset<Row> customers = spark.read()
                .schema("customer_id STRING, name STRING, email STRING, region STRING")
                .json(samples.resolve("customers").toString());
        assertSame(
                spark,
                sales.transform(SalesEnrichment.with(customers))
                        .withColumn("total_amount", col("total_amount").cast("decimal(23,2)")),
                spark.read().parquet(output.toString()));
    }
}
