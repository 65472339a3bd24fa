package io.crossfoot.emulator.athena;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.athena.Statement.TableUse;
import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.http.Json;
import io.crossfoot.emulator.moto.Moto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A query as the engine gets it: tables looked up in the Data Catalog, each under a plain name. */
final class QueryPlan {
    private static final String CATALOG = "awsdatacatalog";

    private final Moto moto;
    private final String region;
    private final Optional<String> database;

    /** @param database where tables without a database are looked for */
    QueryPlan(Moto moto, String region, Optional<String> database) {
        this.moto = moto;
        this.region = region;
        this.database = database;
    }

    /**
     * Looks up what a query names.
     *
     * @throws AwsError when it is not there; the message is what the query's StateChangeReason says
     */
    ObjectNode of(Statement statement) {
        ObjectNode plan = Json.object();
        ArrayNode tables = plan.putArray("tables");
        List<String> names = new ArrayList<>();
        for (TableUse use : statement.tables()) {
            String name = "t" + names.size();
            ObjectNode table = tables.addObject().put("view", name);
            table.set("definition", definition(use));
            table.set("partitions", partitions(table.get("definition")));
            names.add(name);
        }
        return plan.put("sql", statement.rename(names));
    }

    private JsonNode definition(TableUse use) {
        String place = "line %d:%d: ".formatted(use.line(), use.column());
        List<String> parts = use.parts();
        if (parts.size() > 2 && !parts.get(parts.size() - 3).equals(CATALOG)) {
            throw AwsError.invalidRequest(
                    "CATALOG_NOT_FOUND: %sCatalog '%s' does not exist".formatted(place, parts.get(parts.size() - 3)));
        }
        String schema = parts.size() > 1
                ? parts.get(parts.size() - 2)
                : database.orElseThrow(() -> AwsError.invalidRequest(
                        "MISSING_SCHEMA_NAME: " + place + "Schema must be specified when session schema is not set"));
        find("GetDatabase", Json.object().put("Name", schema))
                .orElseThrow(() -> AwsError.invalidRequest(
                        "SCHEMA_NOT_FOUND: %sSchema '%s' does not exist".formatted(place, schema)));
        return find("GetTable", Json.object().put("DatabaseName", schema).put("Name", use.name()))
                .orElseThrow(() -> AwsError.invalidRequest("TABLE_NOT_FOUND: %sTable '%s.%s.%s' does not exist"
                        .formatted(place, CATALOG, schema, use.name())))
                .get("Table");
    }

    private ArrayNode partitions(JsonNode table) {
        ArrayNode all = Json.array();
        if (!table.path("PartitionKeys").isEmpty()) {
            ObjectNode input = Json.object()
                    .put("DatabaseName", table.path("DatabaseName").asText())
                    .put("TableName", table.path("Name").asText());
            ObjectNode page;
            do {
                page = moto.call(region, "AWSGlue.GetPartitions", input);
                page.path("Partitions").forEach(all::add);
                input.set("NextToken", page.path("NextToken"));
            } while (page.hasNonNull("NextToken"));
        }
        return all;
    }

    private Optional<ObjectNode> find(String operation, ObjectNode input) {
        try {
            return Optional.of(moto.call(region, "AWSGlue." + operation, input));
        } catch (AwsError missing) {
            if (missing.code().equals("EntityNotFoundException")) {
                return Optional.empty();
            }
            throw missing;
        }
    }
}
