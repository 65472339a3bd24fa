package io.crossfoot.emulator.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.http.Json;
import io.crossfoot.emulator.moto.Moto;
import java.util.Optional;

/** Tables of a region as those need them who read their files. */
public record TableLookup(Moto moto, String region) {
    /** Returns the definition of a table; empty when there is none. */
    public Optional<JsonNode> table(String database, String table) {
        return find("GetTable", Json.object().put("DatabaseName", database).put("Name", table))
                .map(found -> found.get("Table"));
    }

    /** Whether there is such a database. */
    public boolean hasDatabase(String database) {
        return find("GetDatabase", Json.object().put("Name", database)).isPresent();
    }

    /** Returns all partitions of a table. */
    public ArrayNode partitions(JsonNode table) {
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
