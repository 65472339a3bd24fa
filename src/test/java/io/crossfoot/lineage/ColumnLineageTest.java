package io.crossfoot.lineage;

import static io.crossfoot.testing.Frames.frame;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.lineage.ColumnLineage.Source;
import io.crossfoot.testing.LocalSpark;
import io.crossfoot.transform.DuplicatePolicy;
import io.crossfoot.transform.ExactAmount;
import io.crossfoot.transform.GuardedJoin;
import io.crossfoot.transform.Lookup;
import io.crossfoot.transform.SalesEnrichment;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class ColumnLineageTest {
    private Dataset<Row> sales;
    private Dataset<Row> customers;

    @BeforeEach
    void readBoth(SparkSession spark) {
        sales = frame(spark, "id INT, customer_id STRING, quantity INT, price DECIMAL(12,2)", "1|C001|2|25.50");
        customers = frame(spark, "customer_id STRING, name STRING, email STRING, updated DATE", "C001|Ann|a@b.c|null");
    }

    @Test
    void followsColumnsThroughTheGuardedJoin() {
        ColumnLineage lineage = of(sales.transform(SalesEnrichment.with(customers)));

        assertThat(columns(lineage))
                .containsExactly(
                        "customer_id IDENTITY: sales.customer_id [sales.customer_id]",
                        "id IDENTITY: sales.id [sales.id]",
                        "quantity IDENTITY: sales.quantity [sales.quantity]",
                        "price IDENTITY: sales.price [sales.price]",
                        "name IDENTITY: customers.name [customers.name]",
                        "email IDENTITY: customers.email [customers.email]",
                        "updated IDENTITY: customers.updated [customers.updated]",
                        "total_amount TRANSFORMATION: sales.quantity × sales.price [sales.price, sales.quantity]");
        assertThat(rows(lineage))
                .contains(
                        "JOIN: sales.customer_id = customers.customer_id [customers.customer_id, sales.customer_id]",
                        "GROUP: customers.customer_id [customers.customer_id]",
                        "FILTER: customers.customer_id is not null [customers.customer_id]");
    }

    @Test
    void followsFieldsOfStructsInStructs() {
        Lookup latest = Lookup.of(customers, List.of("customer_id"), DuplicatePolicy.latestBy("updated"));

        ColumnLineage lineage = of(sales.transform(GuardedJoin.with(latest)));

        assertThat(columns(lineage))
                .contains(
                        "name IDENTITY: customers.name [customers.name]",
                        "email IDENTITY: customers.email [customers.email]");
        assertThat(rows(lineage)).anyMatch(row -> row.startsWith("CHOICE: "));
    }

    @Test
    void mergesThePartsOfAUnion() {
        Dataset<Row> converted =
                sales.select(col("id"), col("quantity").cast("string").as("what"));
        Dataset<Row> other = sales.select(col("id"), lit(null).cast("string").as("what"));

        assertThat(columns(of(converted.union(other))))
                .containsExactly(
                        "id IDENTITY: sales.id [sales.id]",
                        "what TRANSFORMATION: sales.quantity as STRING [sales.quantity]");
        assertThat(columns(of(other.union(converted))))
                .containsExactly(
                        "id IDENTITY: sales.id [sales.id]",
                        "what TRANSFORMATION: sales.quantity as STRING [sales.quantity]");
    }

    @Test
    void knowsAFrameThatMeetsItself() {
        Dataset<Row> earlier = sales.as("earlier");
        Dataset<Row> later = sales.as("later");
        Dataset<Row> pairs = earlier.join(later, col("earlier.quantity").lt(col("later.quantity")))
                .select(col("earlier.id").as("first"), col("later.price").as("second"));

        ColumnLineage lineage = of(pairs);

        assertThat(columns(lineage))
                .containsExactly("first IDENTITY: sales.id [sales.id]", "second IDENTITY: sales.price [sales.price]");
        assertThat(rows(lineage)).containsExactly("JOIN: sales.quantity < sales.quantity [sales.quantity]");
        assertThat(columns(of(sales.union(sales))))
                .contains("id IDENTITY: sales.id [sales.id]", "price IDENTITY: sales.price [sales.price]");
    }

    @Test
    void followsColumnsThatAreMadeOfRows() {
        assertThat(columns(of(sales.select(
                        col("id"), explode(split(col("customer_id"), "0")).as("part")))))
                .containsExactly(
                        "id IDENTITY: sales.id [sales.id]",
                        "part TRANSFORMATION: explode(string_split(sales.customer_id, '…', -1)) [sales.customer_id]");
        ColumnLineage totals =
                of(sales.rollup("customer_id").agg(sum("quantity").as("all")));
        assertThat(columns(totals))
                .containsExactly(
                        "customer_id TRANSFORMATION: sales.customer_id as STRING [sales.customer_id]",
                        "all AGGREGATION: sum(sales.quantity) [sales.quantity]");
        assertThat(rows(totals)).containsExactly("GROUP: sales.customer_id [sales.customer_id]");
        assertThat(rows(of(sales.dropDuplicates("customer_id"))))
                .containsExactly("GROUP: sales.customer_id [sales.customer_id]");
    }

    /** What code does with a row is not in the plan: the columns may come from any of it. */
    @Test
    void knowsNotWhatCodeMakesOfARow() {
        Dataset<Row> codes = sales.select("id", "customer_id")
                .map((MapFunction<Row, String>) row -> row.getString(1), Encoders.STRING())
                .toDF("code");

        assertThat(columns(of(codes))).containsExactly("code TRANSFORMATION: value [sales.customer_id, sales.id]");
    }

    @Test
    void takesNoFrameForAnotherOfItsShape(SparkSession spark) {
        Dataset<Row> others =
                frame(spark, "id INT, customer_id STRING, quantity INT, price DECIMAL(12,2)", "2|C001|9|1.00");

        ColumnLineage lineage = ColumnLineage.of(others, List.of(new Source("sales", sales)));

        assertThat(columns(lineage)).hasSize(4).allMatch(column -> column.endsWith("[]"));
    }

    @Test
    void tellsSumsAndConstants() {
        Dataset<Row> totals = sales.groupBy("customer_id").agg(sum("quantity").as("pieces"), lit(7).as("seven"));

        assertThat(columns(of(totals)))
                .containsExactly(
                        "customer_id IDENTITY: sales.customer_id [sales.customer_id]",
                        "pieces AGGREGATION: sum(sales.quantity) [sales.quantity]",
                        "seven CONSTANT: 7 []");
    }

    @Test
    void showsNoTextConstant() {
        Dataset<Row> greeted = customers
                .filter(col("name").equalTo("Jane Doe"))
                .select(concat(lit("dear "), col("name"), lit("!")).as("greeting"));

        ColumnLineage lineage = of(greeted);

        assertThat(columns(lineage))
                .containsExactly("greeting TRANSFORMATION: concat('…', customers.name, '…') [customers.name]");
        assertThat(rows(lineage)).containsExactly("FILTER: customers.name = '…' [customers.name]");
    }

    @Test
    void endsAtTheNamedFramesAndNotBelowThem() {
        Dataset<Row> derived = sales.withColumn("price", col("price").multiply(2));
        Dataset<Row> output = derived.transform(ExactAmount.of("quantity", "price"));

        ColumnLineage lineage = ColumnLineage.of(output, List.of(new Source("lines", derived)));

        assertThat(columns(lineage))
                .contains(
                        "price IDENTITY: lines.price [lines.price]",
                        "total_amount TRANSFORMATION: lines.quantity × lines.price [lines.price, lines.quantity]");
    }

    private ColumnLineage of(Dataset<Row> output) {
        return ColumnLineage.of(output, List.of(new Source("sales", sales), new Source("customers", customers)));
    }

    private static List<String> columns(ColumnLineage lineage) {
        return lineage.columns().stream()
                .map(column ->
                        "%s %s: %s %s".formatted(column.column(), column.kind(), column.expression(), column.sources()))
                .toList();
    }

    private static List<String> rows(ColumnLineage lineage) {
        return lineage.rows().stream()
                .map(row -> "%s: %s %s".formatted(row.kind(), row.expression(), row.sources()))
                .toList();
    }
}
