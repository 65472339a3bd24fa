package io.crossfoot.emulator.athena;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.athena.Statement.TableUse;
import io.crossfoot.emulator.catalog.TableLookup;
import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.http.Json;
import io.crossfoot.emulator.moto.Moto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A query as the engine gets it: tables looked up in the Data Catalog, each under a plain name. */
final class QueryPlan {
    private static final String CATALOG = "awsdatacatalog";

    private final TableLookup catalog;
    private final Optional<String> database;

    /** @param database where tables without a database are looked for */
    QueryPlan(Moto moto, String region, Optional<String> database) {
        this.catalog = new TableLookup(moto, region);
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
            table.set("partitions", catalog.partitions(table.get("definition")));
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
        if (!catalog.hasDatabase(schema)) {
            throw AwsError.invalidRequest("SCHEMA_NOT_FOUND: %sSchema '%s' does not exist".formatted(place, schema));
        }
        return catalog.table(schema, use.name())
                .orElseThrow(() -> AwsError.invalidRequest("TABLE_NOT_FOUND: %sTable '%s.%s.%s' does not exist"
                        .formatted(place, CATALOG, schema, use.name())));
    }
}
