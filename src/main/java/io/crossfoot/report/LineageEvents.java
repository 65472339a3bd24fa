package io.crossfoot.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.catalog.TablePlace;
import io.crossfoot.lineage.ColumnLineage;
import io.crossfoot.lineage.ColumnLineage.OutputColumn;
import io.crossfoot.lineage.ColumnLineage.RowCondition;
import io.crossfoot.lineage.SourceColumn;
import io.crossfoot.report.RunReport.TableRead;
import io.crossfoot.sink.OutputFile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A run as OpenLineage events: one that it started, one how it ended ({@code COMPLETE}, or {@code FAIL} when nothing was
 * published). The second has schemas, statistics and column lineage. The id of the run is made of output and run id, so
 * that an event told twice is one event, and its start, as a run that was refused may be started again.
 */
public final class LineageEvents {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PRODUCER = "https://crossfoot.io/crossfoot";
    private static final String SPEC = "https://openlineage.io/spec/";

    private final RunReport report;
    private final CatalogNames names;
    private final Map<String, DatasetName> tables;

    private LineageEvents(RunReport report, CatalogNames names) {
        this.report = report;
        this.names = names;
        this.tables = Map.of(
                "sales", DatasetName.of(report.sales(), names.sales()),
                "customers", DatasetName.of(report.customers(), names.customers()));
    }

    /**
     * Returns the events of a run, each as one line of JSON.
     *
     * @param names what others call its tables, which the events say as {@code symlinks} beside the folders of their files
     */
    public static List<String> of(RunReport report, CatalogNames names) {
        LineageEvents events = new LineageEvents(report, names);
        Instant started = Instant.parse(report.started());
        return List.of(
                events.event("START", started).toString(),
                events.ending(started.plusMillis(report.elapsedMillis())).toString());
    }

    private ObjectNode event(String type, Instant time) {
        ObjectNode event = JSON.createObjectNode();
        event.put("eventType", type);
        event.put("eventTime", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.atOffset(ZoneOffset.UTC)));
        event.put("producer", PRODUCER);
        event.put("schemaURL", SPEC + "2-0-2/OpenLineage.json#/$defs/RunEvent");
        DatasetName output = DatasetName.of(report.output());
        String named = output.inFull() + "#" + report.runId() + "@" + report.started();
        ObjectNode run = event.putObject("run");
        run.put(
                "runId",
                UUID.nameUUIDFromBytes(named.getBytes(StandardCharsets.UTF_8)).toString());
        ObjectNode engine = facet(run.putObject("facets"), "processing_engine", "1-1-1/ProcessingEngineRunFacet");
        engine.put("name", "spark");
        engine.put("version", report.versions().getOrDefault("spark", "unknown"));
        ObjectNode job = event.putObject("job");
        job.put("namespace", "crossfoot");
        job.put("name", "enrich " + output.inFull());
        ObjectNode jobType = facet(job.putObject("facets"), "jobType", "2-0-4/JobTypeJobFacet");
        jobType.put("processingType", "BATCH");
        jobType.put("integration", "CROSSFOOT");
        jobType.put("jobType", "JOB");
        event.putArray("inputs");
        event.putArray("outputs");
        return event;
    }

    private ObjectNode ending(Instant time) {
        ObjectNode event = event(report.published() ? "COMPLETE" : "FAIL", time);
        if (!report.published()) {
            ObjectNode error =
                    facet((ObjectNode) event.path("run").path("facets"), "errorMessage", "1-0-1/ErrorMessageRunFacet");
            error.put("message", String.join("\n", report.verdict()));
            error.put("programmingLanguage", "JAVA");
        }
        input((ArrayNode) event.path("inputs"), "sales", report.sales(), names.sales());
        input((ArrayNode) event.path("inputs"), "customers", report.customers(), names.customers());
        output(((ArrayNode) event.path("outputs")).addObject());
        return event;
    }

    private void input(ArrayNode inputs, String name, TableRead table, Optional<TablePlace> known) {
        ObjectNode input = inputs.addObject();
        tables.get(name).write(input);
        ObjectNode facets = input.putObject("facets");
        // a replay reads the quarantine instead of the table
        known.filter(names -> DatasetName.isOfCatalog(table)).ifPresent(names -> symlink(facets, names));
        ArrayNode fields = fields(facets);
        table.columns().forEach(column -> field(fields, column.name(), column.type()));
        ObjectNode statistics =
                facet(input.putObject("inputFacets"), "inputStatistics", "1-0-0/InputStatisticsInputDatasetFacet");
        statistics.put("rowCount", table.rows());
        statistics.put("size", table.bytes());
        statistics.put("fileCount", table.files().size());
    }

    private void output(ObjectNode output) {
        DatasetName folder = DatasetName.of(report.output());
        folder.write(output);
        ObjectNode facets = output.putObject("facets");
        names.output()
                .filter(known -> !known.location().isEmpty())
                .filter(known -> DatasetName.of(known.location()).equals(folder))
                .ifPresent(known -> symlink(facets, known));
        ArrayNode fields = fields(facets);
        report.lineage().columns().forEach(column -> field(fields, column.column(), column.type()));
        if (!report.lineage().columns().isEmpty()) {
            lineage(facet(facets, "columnLineage", "1-2-0/ColumnLineageDatasetFacet"));
        }
        if (report.published()) {
            ObjectNode statistics = facet(
                    output.putObject("outputFacets"), "outputStatistics", "1-0-2/OutputStatisticsOutputDatasetFacet");
            statistics.put("rowCount", report.balance().written());
            statistics.put(
                    "size", report.files().stream().mapToLong(OutputFile::bytes).sum());
            statistics.put("fileCount", report.files().size());
        }
    }

    /** The other name of a table, as OpenLineage's naming of AWS Glue has it. */
    private static void symlink(ObjectNode facets, TablePlace known) {
        known.arn()
                .ifPresent(arn -> facet(facets, "symlinks", "1-0-1/SymlinksDatasetFacet")
                        .putArray("identifiers")
                        .addObject()
                        .put("namespace", arn.namespace())
                        .put("name", arn.resource())
                        .put("type", "TABLE"));
    }

    private void lineage(ObjectNode facet) {
        ObjectNode fields = facet.putObject("fields");
        boolean isHashed = "hash".equals(report.settings().get("personal-values"));
        PersonalColumns personal = PersonalColumns.of(report);
        for (OutputColumn column : report.lineage().columns()) {
            ArrayNode sources = fields.putObject(column.column()).putArray("inputFields");
            boolean isMasked = isHashed && personal.contains(column.column());
            for (SourceColumn source : column.sources()) {
                ArrayNode transformations = source(sources, source);
                transformation(transformations, column.kind(), column.expression(), isMasked);
            }
        }
        ArrayNode dataset = facet.putArray("dataset");
        Map<SourceColumn, ArrayNode> told = new HashMap<>();
        for (RowCondition condition : report.lineage().rows()) {
            for (SourceColumn column : condition.sources()) {
                ArrayNode transformations = told.computeIfAbsent(column, source -> source(dataset, source));
                transformation(transformations, condition.kind(), condition.expression(), false);
            }
        }
    }

    /** Returns what is to hold what became of the column. */
    private ArrayNode source(ArrayNode fields, SourceColumn source) {
        ObjectNode field = fields.addObject();
        tables.get(source.table()).write(field);
        field.put("field", source.column());
        return field.putArray("transformations");
    }

    private static void transformation(
            ArrayNode transformations, ColumnLineage.Kind kind, String expression, boolean isMasked) {
        ObjectNode transformation = transformations.addObject();
        transformation.put("type", isDirect(kind) ? "DIRECT" : "INDIRECT");
        transformation.put("subtype", subtype(kind));
        transformation.put("description", expression);
        transformation.put("masking", isMasked);
    }

    private static boolean isDirect(ColumnLineage.Kind kind) {
        return switch (kind) {
            case IDENTITY, TRANSFORMATION, AGGREGATION, CONSTANT -> true;
            case JOIN, FILTER, GROUP, CHOICE -> false;
        };
    }

    private static String subtype(ColumnLineage.Kind kind) {
        return switch (kind) {
            case GROUP -> "GROUP_BY";
            case CHOICE -> "SORT";
            default -> kind.name();
        };
    }

    private static ArrayNode fields(ObjectNode facets) {
        return facet(facets, "schema", "1-2-0/SchemaDatasetFacet").putArray("fields");
    }

    private static void field(ArrayNode fields, String name, String type) {
        fields.addObject().put("name", name).put("type", type);
    }

    /** @param schema version and name of the facet's schema, as OpenLineage publishes it */
    private static ObjectNode facet(ObjectNode facets, String name, String schema) {
        ObjectNode facet = facets.putObject(name);
        String type = schema.substring(schema.indexOf('/') + 1);
        facet.put("_producer", PRODUCER);
        facet.put("_schemaURL", SPEC + "facets/" + schema + ".json#/$defs/" + type);
        return facet;
    }
}
