package io.crossfoot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.sun.net.httpserver.HttpServer;
import io.crossfoot.catalog.TableArn;
import io.crossfoot.catalog.TableName;
import io.crossfoot.catalog.TablePlace;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.report.CatalogNames;
import io.crossfoot.report.LineageEvents;
import io.crossfoot.report.ReportJson;
import io.crossfoot.report.RunReport;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.dataset.Naming;
import io.openlineage.client.utils.DatasetIdentifier;
import io.openlineage.client.utils.filesystem.FilesystemDatasetUtils;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The events of a run are read by OpenLineage's own model, which is generated from its published schema. */
@ExtendWith(LocalSpark.class)
class LineageEventsTest {
    private static final ObjectMapper OPEN_LINEAGE =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();

    @TempDir
    private Path scratch;

    @Test
    void areReadByTheModelOfOpenLineage(SparkSession spark) throws Exception {
        RunReport report = run(spark, "file");
        List<String> lines = Folders.read(events()).lines().toList();

        assertThat(lines).hasSize(2);
        OpenLineage.RunEvent started = OPEN_LINEAGE.readValue(lines.get(0), OpenLineage.RunEvent.class);
        OpenLineage.RunEvent ended = OPEN_LINEAGE.readValue(lines.get(1), OpenLineage.RunEvent.class);
        assertThat(started.getEventType()).isEqualTo(OpenLineage.RunEvent.EventType.START);
        assertThat(ended.getEventType()).isEqualTo(OpenLineage.RunEvent.EventType.COMPLETE);
        assertThat(ended.getRun().getRunId()).isEqualTo(started.getRun().getRunId());
        assertThat(ended.getInputs())
                .extracting(OpenLineage.Dataset::getName)
                .containsExactly(report.sales().location(), report.customers().location());
        OpenLineage.OutputDataset output = ended.getOutputs().get(0);
        assertThat(output.getNamespace()).isEqualTo("file");
        assertThat(output.getName()).isEqualTo(scratch.resolve("out").toString());
        assertThat(output.getOutputFacets().getOutputStatistics().getRowCount()).isEqualTo(5);
        OpenLineage.ColumnLineageDatasetFacet lineage = output.getFacets().getColumnLineage();
        assertThat(lineage.getFields()
                        .getAdditionalProperties()
                        .get("total_amount")
                        .getInputFields())
                .extracting(
                        OpenLineage.InputField::getField,
                        field -> field.getTransformations().get(0).getType(),
                        field -> field.getTransformations().get(0).getSubtype())
                .containsExactly(
                        tuple("price", "DIRECT", "TRANSFORMATION"), tuple("quantity", "DIRECT", "TRANSFORMATION"));
        assertThat(lineage.getDataset())
                .flatExtracting(OpenLineage.InputField::getTransformations)
                .extracting(OpenLineage.InputFieldTransformations::getSubtype)
                .contains("JOIN", "FILTER", "GROUP_BY");
        assertThat(lineage.getDataset())
                .extracting(OpenLineage.InputField::getName, OpenLineage.InputField::getField)
                .doesNotHaveDuplicates();
    }

    @Test
    void callTablesOfGlueByTheirFilesAndByTheirArn(SparkSession spark) throws Exception {
        RunReport report = readFromGlue(run(spark, "none"));

        OpenLineage.RunEvent told = ending(
                report,
                new CatalogNames(
                        known("s3://raw/sales/", "sales"),
                        Optional.empty(),
                        known("file:" + scratch + "/out/", "enriched")));

        OpenLineage.InputDataset sales = told.getInputs().get(0);
        assertThat(sales.getNamespace()).isEqualTo("s3://raw");
        assertThat(sales.getName()).isEqualTo("sales");
        assertThat(symlinks(sales.getFacets().getSymlinks())).containsExactly(glue("sales"));
        assertThat(told.getInputs().get(1).getFacets().getSymlinks()).isNull();
        OpenLineage.OutputDataset output = told.getOutputs().get(0);
        assertThat(output.getName()).isEqualTo(scratch.resolve("out").toString());
        assertThat(symlinks(output.getFacets().getSymlinks())).containsExactly(glue("enriched"));
        assertThat(output.getFacets()
                        .getColumnLineage()
                        .getFields()
                        .getAdditionalProperties()
                        .get("quantity")
                        .getInputFields())
                .extracting(OpenLineage.InputField::getNamespace, OpenLineage.InputField::getName)
                .containsExactly(tuple("s3://raw", "sales"));
    }

    @Test
    void leaveOutTheArnOfATableWhereItIsNotKnown(SparkSession spark) throws Exception {
        RunReport files = run(spark, "none");
        CatalogNames names = new CatalogNames(
                Optional.of(new TablePlace("s3://raw/sales/", Optional.empty())),
                known("s3://raw/customers/", "customers"),
                known("s3://processed/out/", "enriched"));

        OpenLineage.InputDataset sales =
                ending(readFromGlue(files), names).getInputs().get(0);
        assertThat(sales.getNamespace()).isEqualTo("s3://raw");
        assertThat(sales.getFacets().getSymlinks()).isNull();
        // a replay reads the quarantine, whatever its configuration says of a table
        OpenLineage.InputDataset customers = ending(files, names).getInputs().get(1);
        assertThat(customers.getName()).isEqualTo(files.customers().location());
        assertThat(customers.getFacets().getSymlinks()).isNull();
        // a table of that name that lies elsewhere is another one
        assertThat(ending(files, names).getOutputs().get(0).getFacets().getSymlinks())
                .isNull();
        // nobody knows where its files lie
        OpenLineage.InputDataset unknown =
                ending(readFromGlue(files), CatalogNames.none()).getInputs().get(0);
        assertThat(unknown.getNamespace()).isEqualTo("catalog");
        assertThat(unknown.getName()).isEqualTo("analytics.sales");
        Optional<TablePlace> withoutFolder = known("", "sales");
        OpenLineage.InputDataset named = ending(
                        readFromGlue(files), new CatalogNames(withoutFolder, Optional.empty(), Optional.empty()))
                .getInputs()
                .get(0);
        assertThat(tuple(named.getNamespace(), named.getName(), "TABLE")).isEqualTo(glue("sales"));
    }

    @Test
    void ofARunThatIsStartedAgainAreOfAnotherRun(SparkSession spark) throws Exception {
        RunReport published = run(spark, "none");
        ObjectNode json = (ObjectNode) OPEN_LINEAGE.readTree(ReportJson.write(published));
        json.put("started", "2026-01-01T00:00:00Z").put("published", false);

        OpenLineage.RunEvent refused = ending(ReportJson.read(json.toString()), CatalogNames.none());

        OpenLineage.RunEvent told = ending(published, CatalogNames.none());
        assertThat(told.getRun().getRunId())
                .isEqualTo(ending(published, CatalogNames.none()).getRun().getRunId())
                .isNotEqualTo(refused.getRun().getRunId());
        assertThat(refused.getEventType()).isEqualTo(OpenLineage.RunEvent.EventType.FAIL);
        assertThat(refused.getOutputs().get(0).getOutputFacets()).isNull();
    }

    @Test
    void sayWhatIsHashed(SparkSession spark) throws Exception {
        RunReport report = run(spark, "none", "personal-values", "hash", "hash-salt", "a secret that is long");

        Map<String, OpenLineage.ColumnLineageDatasetFacetFieldsAdditional> fields = ending(report, CatalogNames.none())
                .getOutputs()
                .get(0)
                .getFacets()
                .getColumnLineage()
                .getFields()
                .getAdditionalProperties();
        assertThat(List.of("email", "region"))
                .extracting(column -> fields.get(column)
                        .getInputFields()
                        .get(0)
                        .getTransformations()
                        .get(0)
                        .getMasking())
                .containsExactly(true, false);
    }

    @Test
    void callPlacesAsOpenLineageDoes(SparkSession spark) throws Exception {
        RunReport report = run(spark, "none");
        for (String place : List.of("s3a://bucket/a/b", "gs://bucket/a", "hdfs://host:8020/a/b", "file:/a/b", "/a/b")) {
            ObjectNode json = (ObjectNode) OPEN_LINEAGE.readTree(ReportJson.write(report));
            ((ObjectNode) json.path("customers")).put("location", place);
            OpenLineage.InputDataset told = ending(ReportJson.read(json.toString()), CatalogNames.none())
                    .getInputs()
                    .get(1);
            DatasetIdentifier named = FilesystemDatasetUtils.fromLocation(URI.create(place));
            assertThat(tuple(told.getNamespace(), told.getName()))
                    .as(place)
                    .isEqualTo(tuple(named.getNamespace(), named.getName()));
        }
    }

    @Test
    void arePostedToAServer(SparkSession spark) throws Exception {
        List<String> posted = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/lineage", exchange -> {
            posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(201, -1);
            exchange.close();
        });
        server.start();
        try {
            String address = "http://127.0.0.1:%d/api/v1/lineage"
                    .formatted(server.getAddress().getPort());
            assertThat(run(spark, address).warnings()).isEmpty();
        } finally {
            server.stop(0);
        }

        assertThat(posted).hasSize(2);
        assertThat(events()).doesNotExist();
    }

    @Test
    void areKeptWhenTheServerDoesNotAnswer(SparkSession spark) {
        RunReport report = run(spark, "http://127.0.0.1:1/api/v1/lineage");

        assertThat(report.published()).isTrue();
        assertThat(report.warnings())
                .singleElement()
                .asString()
                .startsWith("Cannot tell http://127.0.0.1:1/api/v1/lineage of the run: it does not answer;");
        assertThat(Folders.read(events()).lines()).hasSize(2);
    }

    /** Glue hands out the rows of a table, and does not say in which files they were. */
    private static RunReport readFromGlue(RunReport report) throws Exception {
        ObjectNode json = (ObjectNode) OPEN_LINEAGE.readTree(ReportJson.write(report));
        ((ObjectNode) json.path("sales"))
                .put("location", "catalog:analytics.sales")
                .putArray("files");
        return ReportJson.read(json.toString());
    }

    private static Optional<TablePlace> known(String location, String table) {
        TableArn arn = new TableArn("eu-west-1", "123456789012", new TableName("analytics", table));
        return Optional.of(new TablePlace(location, Optional.of(arn)));
    }

    private static OpenLineage.RunEvent ending(RunReport report, CatalogNames names) throws Exception {
        return OPEN_LINEAGE.readValue(LineageEvents.of(report, names).get(1), OpenLineage.RunEvent.class);
    }

    private static List<Tuple> symlinks(OpenLineage.SymlinksDatasetFacet facet) {
        return facet.getIdentifiers().stream()
                .map(name -> tuple(name.getNamespace(), name.getName(), name.getType()))
                .toList();
    }

    /** As OpenLineage's own code spells the naming that it publishes. */
    private static Tuple glue(String table) {
        Naming.AWSGlue name = new Naming.AWSGlue("eu-west-1", "123456789012", "analytics", table);
        return tuple(name.getNamespace(), name.getName(), "TABLE");
    }

    private Path events() {
        return scratch.resolve("_crossfoot/out/runs/run/lineage.jsonl");
    }

    private RunReport run(SparkSession spark, String lineage, String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "sales", Folders.testData().resolve("sales").toString(),
                "customers", Folders.testData().resolve("customers").toString(),
                "output", scratch.resolve("out").toString(),
                "lineage", lineage,
                "run-id", "run"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return Pipeline.of(EnrichConfig.of(settings)).run(spark);
    }
}
