package io.crossfoot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.report.FrequentReasons;
import io.crossfoot.report.ReportJson;
import io.crossfoot.report.ReportPage;
import io.crossfoot.report.RunReport;
import io.crossfoot.report.RunReport.QuarantinedRows;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A hundred thousand rows, each wrong in a way of its own. */
@ExtendWith(LocalSpark.class)
class ManyReasonsTest {
    private static final int REASONS = 100_000;

    @TempDir
    private Path scratch;

    @Test
    void areCountedWithoutHoldingThem(SparkSession spark) {
        Path quarantine = scratch.resolve("quarantine");
        String each = IntStream.range(0, REASONS)
                .mapToObj(
                        i -> "{\"table\":\"sales\",\"reason\":\"unexpected column\",\"column\":\"c%d\"}%n".formatted(i))
                .collect(Collectors.joining());
        String frequent = "{\"table\":\"sales\",\"reason\":\"malformed record\"}\n".repeat(7);
        String customers = "{\"table\":\"customers\",\"reason\":\"null\",\"column\":\"customer_id\"}\n".repeat(3);
        Folders.write(quarantine.resolve("part.json"), each + frequent + customers);

        List<QuarantinedRows> counted = new QuarantineFolder(quarantine.toString(), "run").counts(spark);

        assertThat(counted.size()).isEqualTo(QuarantineFolder.MOST + 1);
        assertThat(counted)
                .startsWith(new QuarantinedRows("customers", "null", "customer_id", 3))
                .contains(new QuarantinedRows("sales", "malformed record", null, 7))
                .endsWith(QuarantinedRows.others("sales", 99_002, 99_002));
        assertThat(counted.stream().mapToLong(QuarantinedRows::rows).sum()).isEqualTo(REASONS + 10);
    }

    @Test
    void areReportedByARunWithoutHoldingThem(SparkSession spark) throws Exception {
        String row =
                "{\"customer_id\":\"C001\",\"order_id\":%d,\"product_name\":\"Pen\",\"quantity\":1,\"price\":1.50,\"order_date\":\"2024-01-15\"%s}%n";
        // more than the sample by which a run knows the columns of a file
        int right = 4_000;
        Path sales = scratch.resolve("many/sales.json");
        Folders.write(
                sales,
                IntStream.range(0, right + REASONS)
                        .mapToObj(i -> row.formatted(i, i < right ? "" : ",\"c%d\":1".formatted(i)))
                        .collect(Collectors.joining()));

        RunReport report = Pipeline.of(EnrichConfig.of(Map.of(
                        "sales",
                        sales.toString(),
                        "customers",
                        Folders.testData().resolve("customers").toString(),
                        "output",
                        scratch.resolve("of-many").toString(),
                        "extra-columns",
                        "refuse",
                        "max-quarantine",
                        "100%",
                        "run-id",
                        "run")))
                .run(spark);

        assertThat(report.published()).isTrue();
        assertThat(report.balance().written()).isEqualTo(right);
        assertThat(report.quarantine()).hasSize(QuarantineFolder.MOST + 1);
        assertThat(report.quarantine().stream().mapToLong(QuarantinedRows::rows).sum())
                .isEqualTo(REASONS);
        assertThat(Folders.read(Path.of(URI.create(report.page()))))
                .hasSizeLessThan(300_000)
                .contains("more reasons, of ");
    }

    @Test
    void makeAPageThatSaysHowManyItLeavesOut(SparkSession spark) throws Exception {
        RunReport report = quarantining(
                spark,
                IntStream.range(0, REASONS)
                        .mapToObj(i -> new QuarantinedRows("sales", "unexpected column", "c" + i, 1 + i % 3))
                        .toList());

        String page = ReportPage.of(report, List.of(), List.of());

        assertThat(page.length()).isLessThan(300_000);
        assertThat(page).contains("And 99,950 more reasons, of 199,849 rows;");
    }

    @Test
    void makeTheSamePageOfAReportThatHoldsTheMostFrequent(SparkSession spark) throws Exception {
        RunReport report = quarantining(
                spark,
                List.of(
                        new QuarantinedRows("sales", "malformed record", null, 7),
                        QuarantinedRows.others("sales", 99_999, 120_000)));

        String page = ReportPage.of(report, List.of(), List.of());

        assertThat(page).contains("And 99,999 more reasons, of 120,000 rows;").doesNotContain("other reasons");
        assertThat(ReportJson.read(ReportJson.write(report))).isEqualTo(report);
    }

    @Test
    void areShownWithTheMostFrequentFirst() {
        FrequentReasons reasons = FrequentReasons.of(
                List.of(
                        new QuarantinedRows("sales", "a", null, 1),
                        new QuarantinedRows("sales", "b", null, 5),
                        new QuarantinedRows("sales", "c", null, 3),
                        QuarantinedRows.others("sales", 10, 40)),
                2);

        assertThat(reasons.shown()).extracting(QuarantinedRows::reason).containsExactly("b", "c");
        assertThat(reasons.others()).isEqualTo(11);
        assertThat(reasons.rows()).isEqualTo(41);
    }

    /** The report of a run, as if it had quarantined this. */
    private RunReport quarantining(SparkSession spark, List<QuarantinedRows> reasons) throws Exception {
        RunReport report = Pipeline.of(EnrichConfig.of(Map.of(
                        "sales", Folders.testData().resolve("sales").toString(),
                        "customers", Folders.testData().resolve("customers").toString(),
                        "output", scratch.resolve("out").toString(),
                        "run-id", "run")))
                .run(spark);
        ObjectMapper json = new ObjectMapper();
        ObjectNode changed = (ObjectNode) json.readTree(ReportJson.write(report));
        changed.set("quarantine", json.valueToTree(reasons));
        return ReportJson.read(changed.toString());
    }
}
