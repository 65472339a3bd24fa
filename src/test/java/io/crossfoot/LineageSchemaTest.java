package io.crossfoot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
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
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The events of a run hold what the schema of OpenLineage has, and no more. The jar of OpenLineage has no text of the schema,
 * but classes that are generated from it: an event is read into these with nothing left over, and comes out of them as it
 * went in, with the versions of schemas that they were generated from. Which properties are required these classes do not
 * say: it stands here.
 */
@ExtendWith(LocalSpark.class)
class LineageSchemaTest {
    private static final ObjectMapper GENERATED = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .annotationIntrospector(new OfSchemaOnly())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    /** What an object at such a place must have. */
    private static final Map<String, List<String>> REQUIRED = Map.ofEntries(
            Map.entry("", List.of("eventTime", "producer", "schemaURL", "run", "job")),
            Map.entry("/run", List.of("runId")),
            Map.entry("/job", List.of("namespace", "name")),
            Map.entry("/(inputs|outputs)/[0-9]+", List.of("namespace", "name")),
            Map.entry(".*/(facets|inputFacets|outputFacets)/[^/]+", List.of("_producer", "_schemaURL")),
            Map.entry("/run/facets/processing_engine", List.of("version")),
            Map.entry("/run/facets/errorMessage", List.of("message", "programmingLanguage")),
            Map.entry("/job/facets/jobType", List.of("processingType", "integration")),
            Map.entry(".*/facets/schema/fields/[0-9]+", List.of("name")),
            Map.entry(".*/facets/symlinks/identifiers/[0-9]+", List.of("namespace", "name", "type")),
            Map.entry(".*/facets/columnLineage", List.of("fields")),
            Map.entry(".*/facets/columnLineage/fields/[^/]+", List.of("inputFields")),
            Map.entry(".*/(inputFields|dataset)/[0-9]+", List.of("namespace", "name", "field")),
            Map.entry(".*/transformations/[0-9]+", List.of("type")));

    @TempDir
    private Path scratch;

    @Test
    void holdsForARunFromFilesToFiles(SparkSession spark) throws Exception {
        RunReport report = run(spark, "sales");

        assertThat(facetsOf(report, CatalogNames.none()))
                .containsExactly(
                        "columnLineage",
                        "inputStatistics",
                        "jobType",
                        "outputStatistics",
                        "processing_engine",
                        "schema");
    }

    @Test
    void holdsForTablesOfGlue(SparkSession spark) throws Exception {
        RunReport files = run(spark, "sales");
        ObjectNode json = (ObjectNode) GENERATED.readTree(ReportJson.write(files));
        ((ObjectNode) json.path("sales"))
                .put("location", "catalog:analytics.sales")
                .putArray("files");
        RunReport report = ReportJson.read(json.toString());

        CatalogNames known = new CatalogNames(
                known("s3://raw/sales/", "sales"), Optional.empty(), known("file:" + scratch + "/out/", "enriched"));
        assertThat(facetsOf(report, known)).contains("symlinks");
        assertThat(facetsOf(report, CatalogNames.none())).doesNotContain("symlinks");
    }

    @Test
    void holdsForARunThatPublishesNothing(SparkSession spark) throws Exception {
        RunReport report = run(spark, "messy/sales");

        assertThat(report.published()).isFalse();
        assertThat(LineageEvents.of(report, CatalogNames.none()).get(1)).contains("\"eventType\":\"FAIL\"");
        assertThat(facetsOf(report, CatalogNames.none()))
                .contains("errorMessage")
                .doesNotContain("outputStatistics");
    }

    @Test
    void seesWhatTheSchemaDoesNotHave(SparkSession spark) throws Exception {
        String ending =
                LineageEvents.of(run(spark, "sales"), CatalogNames.none()).get(1);

        Map<String, String> faults = Map.of(
                ending.replace("\"processingType\"", "\"kind\""), "Unrecognized field \"kind\"",
                ending.replace("\"eventType\":\"COMPLETE\"", "\"eventType\":\"DONE\""), "not one of the values",
                ending.replace("1-2-0/ColumnLineage", "1-0-1/ColumnLineage"), "1-0-1/ColumnLineage",
                ending.replaceFirst("\"rowCount\":\\d+", "\"rowCount\":\"many\""), "\"many\"",
                ending.replaceFirst("\"_producer\":\"[^\"]*\",", ""), "/run/facets/processing_engine",
                ending.replaceFirst("\"runId\":\"[^\"]*\"", "\"runId\":\"monday\""), "java.util.UUID");
        faults.forEach((wrong, complaint) ->
                assertThatThrownBy(() -> judge(wrong)).as(complaint).hasMessageContaining(complaint));
    }

    /** Judges the events of a run, and returns the names of their facets. */
    private static TreeSet<String> facetsOf(RunReport report, CatalogNames names) throws JsonProcessingException {
        TreeSet<String> facets = new TreeSet<>();
        List<String> events = LineageEvents.of(report, names);
        assertThat(events).hasSize(2);
        for (String event : events) {
            judge(event);
            for (String place : List.of("facets", "inputFacets", "outputFacets")) {
                GENERATED
                        .readTree(event)
                        .findValues(place)
                        .forEach(found -> found.fieldNames().forEachRemaining(facets::add));
            }
        }
        return facets;
    }

    private static void judge(String event) throws JsonProcessingException {
        JsonNode told = GENERATED.readTree(event);
        OpenLineage.RunEvent read = GENERATED.readValue(event, OpenLineage.RunEvent.class);
        assertThat(GENERATED.readTree(GENERATED.writeValueAsString(read))).isEqualTo(told);
        requireIn(told, "");
    }

    private static void requireIn(JsonNode node, String place) {
        REQUIRED.forEach((places, names) -> {
            if (place.matches(places)) {
                assertThat(names).as(place).allMatch(node::hasNonNull);
            }
        });
        node.fields().forEachRemaining(field -> requireIn(field.getValue(), place + "/" + field.getKey()));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            requireIn(node.get(i), place + "/" + i);
        }
    }

    private static Optional<TablePlace> known(String location, String table) {
        TableArn arn = new TableArn("eu-west-1", "123456789012", new TableName("analytics", table));
        return Optional.of(new TablePlace(location, Optional.of(arn)));
    }

    private RunReport run(SparkSession spark, String sales) {
        return Pipeline.of(EnrichConfig.of(new HashMap<>(Map.of(
                        "sales", Folders.testData().resolve(sales).toString(),
                        "customers", Folders.testData().resolve("customers").toString(),
                        "output", scratch.resolve("out").toString(),
                        "run-id", "run"))))
                .run(spark);
    }

    /**
     * The generated classes take any property more, and keep it apart: here it is one too many. The version of a schema is
     * that of the class, whatever is read.
     */
    private static final class OfSchemaOnly extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public JsonIgnoreProperties.Value findPropertyIgnoralByName(MapperConfig<?> config, Annotated annotated) {
            return JsonIgnoreProperties.Value.forIgnoredProperties("_schemaURL", "schemaURL")
                    .withAllowGetters();
        }

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            boolean isUntyped = annotated.getType().isMapLikeType()
                    && annotated.getType().getContentType().hasRawClass(Object.class);
            return isUntyped ? Boolean.FALSE : super.hasAnySetter(annotated);
        }
    }
}
