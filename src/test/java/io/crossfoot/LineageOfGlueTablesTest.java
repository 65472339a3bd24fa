package io.crossfoot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfoot.report.RunReport;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.GlueAnswers;
import io.crossfoot.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What events of OpenLineage call tables that the Glue Data Catalog has, as the SDK of AWS hears of them. */
@ExtendWith(LocalSpark.class)
@Tag("iceberg")
class LineageOfGlueTablesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private GlueAnswers glue;
    private Lake lake;

    @BeforeEach
    void open() throws IOException {
        glue = new GlueAnswers();
        lake = new Lake(folder, folder.resolve("shop"), "");
        lake.customers("C1,Ann,a@x.org,North");
        lake.deliver("a.csv", "1,C1,Pen,2,1.50,2024-01-15");
    }

    @AfterEach
    void close() {
        glue.close();
    }

    @Test
    void anIcebergTableIsCalledByItsFolderAndByItsArn(SparkSession shared) throws Exception {
        glue.with("shop", "out", lake.output(), "\"Parameters\":{\"table_type\":\"ICEBERG\"}");

        RunReport report = writeIceberg(session(shared, GlueCatalog.class));

        assertThat(report.warnings()).isEmpty();
        JsonNode output = ended("r1").at("/outputs/0");
        assertThat(output.path("namespace").asText()).isEqualTo("file");
        assertThat(output.path("name").asText()).isEqualTo(lake.output());
        assertThat(output.at("/facets/symlinks/identifiers").toString())
                .isEqualTo(
                        "[{\"namespace\":\"arn:aws:glue:eu-west-1:123456789012\",\"name\":\"table/shop/out\",\"type\":\"TABLE\"}]");
        assertThat(glue.asked()).containsExactly("GetTable {\"DatabaseName\":\"shop\",\"Name\":\"out\"}");
    }

    @Test
    void anIcebergTableOfAnotherCatalogIsNotLookedFor(SparkSession shared) throws Exception {
        writeIceberg(session(shared, HadoopCatalog.class));

        assertThat(ended("r1").at("/outputs/0/facets/symlinks").isMissingNode()).isTrue();
        assertThat(glue.asked()).isEmpty();
    }

    @Test
    void aCatalogThatDoesNotAnswerAnyMoreLeavesARunPublishedAndItsTablesCalledByTheirFolders(SparkSession spark)
            throws Exception {
        glue.with(
                "shop",
                "sales",
                lake.inputs().resolve("sales").toString(),
                "\"Parameters\":{\"classification\":\"csv\",\"skip.header.line.count\":\"1\"}");

        RunReport report = Pipeline.of(lake.config(
                        "r1",
                        "incremental",
                        "false",
                        "catalog",
                        "glue",
                        "sales",
                        "catalog:shop.sales",
                        "lineage",
                        "file"))
                .telling(point -> {
                    if (point.equals("register")) {
                        glue.stop();
                    }
                })
                .run(spark);

        assertThat(report.published()).isTrue();
        assertThat(report.exitCode()).isZero();
        assertThat(report.warnings())
                .singleElement()
                .asString()
                .startsWith(
                        "lineage: tables are called by their folders alone: Cannot look up shop.sales in the Glue Data Catalog (eu-west-1): ");
        JsonNode sales = ended("r1").at("/inputs/0");
        assertThat(sales.path("name").asText())
                .isEqualTo(lake.inputs().resolve("sales").toString());
        assertThat(sales.at("/facets/symlinks").isMissingNode()).isTrue();
        assertThat(glue.asked()).hasSize(1);
    }

    private RunReport writeIceberg(SparkSession session) {
        return lake.runOverAll(
                session, "r1", "table-format", "iceberg", "output-table", "lake.shop.out", "lineage", "file");
    }

    private JsonNode ended(String run) throws JsonProcessingException {
        List<String> events = Folders.read(lake.control().resolve("runs/%s/lineage.jsonl".formatted(run)))
                .lines()
                .toList();
        return JSON.readTree(events.get(1));
    }

    /** A catalog is opened once in a session, and each test has its own. */
    private SparkSession session(SparkSession shared, Class<? extends HadoopCatalog> catalog) {
        SparkSession session = shared.newSession();
        session.conf().set("spark.sql.catalog.lake", "org.apache.iceberg.spark.SparkCatalog");
        session.conf().set("spark.sql.catalog.lake.catalog-impl", catalog.getName());
        session.conf().set("spark.sql.catalog.lake.warehouse", "file:" + folder);
        return session;
    }

    /** Is to Spark what Iceberg's catalog of Glue is, but for where it keeps the tables. */
    public static final class GlueCatalog extends HadoopCatalog {}
}
