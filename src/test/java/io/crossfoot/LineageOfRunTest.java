package io.crossfoot;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.lineage.ColumnLineage;
import io.crossfoot.report.ReportJson;
import io.crossfoot.report.RunReport;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The report of a whole run says where its columns come from, whatever the sources are. */
@ExtendWith(LocalSpark.class)
class LineageOfRunTest {
    @TempDir
    private Path scratch;

    @Test
    void namesTheColumnsOfTheFiles(SparkSession spark) {
        RunReport report = run(spark, Folders.testData());

        assertThat(columns(report.lineage()))
                .containsExactly(
                        "customer_id IDENTITY: sales.customer_id [sales.customer_id]",
                        "order_id TRANSFORMATION: sales.order_id as BIGINT [sales.order_id]",
                        "product_name IDENTITY: sales.product_name [sales.product_name]",
                        "quantity TRANSFORMATION: sales.quantity as INT [sales.quantity]",
                        "price TRANSFORMATION: sales.price as DECIMAL(12,2) [sales.price]",
                        "order_date TRANSFORMATION: sales.order_date as DATE [sales.order_date]",
                        "name IDENTITY: customers.name [customers.name]",
                        "email IDENTITY: customers.email [customers.email]",
                        "region IDENTITY: customers.region [customers.region]",
                        "total_amount TRANSFORMATION: sales.quantity × sales.price [sales.price, sales.quantity]");
        assertThat(report.lineage().rows())
                .extracting(row -> row.kind() + ": " + row.expression())
                .contains(
                        "JOIN: sales.customer_id = customers.customer_id",
                        "FILTER: sales accepted",
                        "FILTER: customers accepted");
    }

    @Test
    void isTheSameForFilesOfSeveralShapes(SparkSession spark) {
        ColumnLineage lineage = run(spark, Folders.testData().resolve("messy")).lineage();

        assertThat(columns(lineage))
                .contains(
                        "order_id TRANSFORMATION: sales.order_id as BIGINT [sales.order_id]",
                        "price TRANSFORMATION: sales.price as DECIMAL(12,2) [sales.price]",
                        "total_amount TRANSFORMATION: sales.quantity × sales.price [sales.price, sales.quantity]");
    }

    @Test
    void survivesTheReportAsJson(SparkSession spark) {
        RunReport report = run(spark, Folders.testData());
        String json = ReportJson.write(report);

        assertThat(ReportJson.read(json)).isEqualTo(report);
        assertThat(json).contains("\"kind\" : \"identity\"");
    }

    /** A run may have been killed before an update, and be finished after it; or the other way round. */
    @Test
    void isEmptyInAReportThatKnowsNothingOfIt(SparkSession spark) {
        RunReport report = run(spark, Folders.testData());
        String json = ReportJson.write(report.tracing(ColumnLineage.unknown()))
                .replaceFirst("\"lineage\" : \\{[^}]*}", "\"from_the_future\" : true");

        assertThat(json).doesNotContain("\"lineage\" :");
        assertThat(ReportJson.read(json)).isEqualTo(report.tracing(ColumnLineage.unknown()));
    }

    private RunReport run(SparkSession spark, Path sources) {
        RunReport report = Pipeline.of(EnrichConfig.of(Map.of(
                        "sales", sources.resolve("sales").toString(),
                        "customers", sources.resolve("customers").toString(),
                        "max-quarantine", "100%",
                        "output", scratch.resolve("out").toString(),
                        "run-id", "run")))
                .run(spark);
        assertThat(report.published()).isTrue();
        return report;
    }

    private static List<String> columns(ColumnLineage lineage) {
        return lineage.columns().stream()
                .map(column ->
                        "%s %s: %s %s".formatted(column.column(), column.kind(), column.expression(), column.sources()))
                .toList();
    }
}
