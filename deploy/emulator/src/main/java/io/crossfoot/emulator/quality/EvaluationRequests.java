package io.crossfoot.emulator.quality;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.catalog.Rulesets;
import io.crossfoot.emulator.catalog.TableLookup;
import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.http.Call;
import io.crossfoot.emulator.http.Json;
import io.crossfoot.emulator.moto.Moto;
import io.crossfoot.emulator.moto.Roles;
import java.util.List;
import java.util.Map;

/** What evaluation runs are asked for: checked, and made a plan for the process that evaluates. */
record EvaluationRequests(Moto moto, Rulesets rulesets) {
    private static final int MOST_RULESETS = 10;
    private static final int WORKERS = 5;
    private static final int MINUTES = 2_880;
    private static final String REFERENCE = "customers";

    /**
     * Returns the input of a call with AWS's defaults in it.
     *
     * @throws AwsError when something in it is wrong, or is not emulated
     */
    ObjectNode accept(Call call) {
        ObjectNode input = call.input().deepCopy();
        List<String> names = call.texts("RulesetNames");
        if (names.isEmpty() || names.size() > MOST_RULESETS) {
            throw AwsError.invalidInput("RulesetNames must name from 1 to %d rulesets".formatted(MOST_RULESETS));
        }
        names.forEach(name -> rules(call.region(), name));
        requireTable(call.object("DataSource"), "DataSource");
        String role = call.required("Role");
        if (!new Roles(moto).assumable(role, "glue.amazonaws.com")) {
            throw AwsError.invalidInput("Service is unable to assume role %s".formatted(role));
        }
        for (Map.Entry<String, JsonNode> source :
                call.object("AdditionalDataSources").properties()) {
            if (!source.getKey().equals(REFERENCE)) {
                throw AwsError.notImplemented(
                        "The emulator knows one additional data source, which is called " + REFERENCE);
            }
            requireTable(source.getValue(), REFERENCE);
        }
        requireNoOptions(call.object("AdditionalRunOptions"));
        return input.put(
                        "NumberOfWorkers",
                        call.number("NumberOfWorkers", 1, 1_000).orElse(WORKERS))
                .put("Timeout", call.number("Timeout", 1, Integer.MAX_VALUE).orElse(MINUTES));
    }

    private static void requireTable(JsonNode source, String name) {
        JsonNode table = source.path("GlueTable");
        if (source.has("DataQualityGlueTable")) {
            throw AwsError.notImplemented("The emulator evaluates on a GlueTable, not on a DataQualityGlueTable");
        }
        if (table.path("DatabaseName").asText().isEmpty()
                || table.path("TableName").asText().isEmpty()) {
            throw AwsError.invalidInput("%s must have a GlueTable with DatabaseName and TableName".formatted(name));
        }
    }

    private static void requireNoOptions(ObjectNode options) {
        boolean isAny = options.has("ResultsS3Prefix")
                || options.path("CloudWatchMetricsEnabled").asBoolean()
                || options.path("CompositeRuleEvaluationMethod").asText().equals("ROW");
        if (isAny) {
            throw AwsError.notImplemented(
                    "The emulator writes results nowhere, publishes no metrics and judges rules over the whole table");
        }
    }

    /**
     * Returns what is to be done.
     *
     * @throws AwsError when a table is not there
     */
    ObjectNode plan(String region, ObjectNode input) {
        ObjectNode plan = Json.object();
        plan.set("table", table(region, input.path("DataSource")));
        JsonNode customers = input.path("AdditionalDataSources").path(REFERENCE);
        if (!customers.isMissingNode()) {
            plan.set(REFERENCE, table(region, customers));
        }
        ArrayNode texts = plan.putArray("rulesets");
        input.path("RulesetNames").forEach(name -> texts.add(rules(region, name.asText())));
        return plan;
    }

    private ObjectNode table(String region, JsonNode source) {
        String database = source.at("/GlueTable/DatabaseName").asText();
        String name = source.at("/GlueTable/TableName").asText();
        TableLookup catalog = new TableLookup(moto, region);
        JsonNode definition = catalog.table(database, name)
                .orElseThrow(() -> AwsError.entityNotFound("Table %s.%s not found".formatted(database, name)));
        ObjectNode table = Json.object();
        table.set("definition", definition);
        table.set("partitions", catalog.partitions(definition));
        return table;
    }

    private String rules(String region, String name) {
        return rulesets.rules(region, name)
                .orElseThrow(() -> AwsError.entityNotFound("Data quality ruleset %s not found".formatted(name)));
    }
}
