package io.crossfoot.emulator.athena;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.http.Call;
import io.crossfoot.emulator.http.Json;
import io.crossfoot.emulator.http.Operations;
import io.crossfoot.emulator.moto.Moto;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Named queries and tags: moto's, which can delete no query, and knows no tags of what was made without. */
final class NamedQueries {
    private final Set<String> deleted = ConcurrentHashMap.newKeySet();
    private final Moto moto;

    NamedQueries(Moto moto) {
        this.moto = moto;
    }

    void addTo(Operations operations) {
        operations
                .real("AmazonAthena.DeleteNamedQuery", this::delete)
                .real("AmazonAthena.GetNamedQuery", this::find)
                .real("AmazonAthena.ListNamedQueries", this::list)
                .real("AmazonAthena.ListTagsForResource", this::tags)
                .passedOn(
                        "AmazonAthena",
                        "CreateDataCatalog",
                        "CreateNamedQuery",
                        "CreateWorkGroup",
                        "DeleteWorkGroup",
                        "GetDataCatalog",
                        "GetWorkGroup",
                        "ListDataCatalogs",
                        "ListWorkGroups",
                        "TagResource",
                        "UntagResource",
                        "UpdateWorkGroup");
    }

    private JsonNode delete(Call call) {
        find(call);
        deleted.add(call.region() + "/" + call.required("NamedQueryId"));
        return Json.object();
    }

    private JsonNode find(Call call) {
        String id = call.required("NamedQueryId");
        AwsError missing = AwsError.invalidRequest("NamedQuery %s was not found".formatted(id));
        if (deleted.contains(call.region() + "/" + id)) {
            throw missing;
        }
        ObjectNode answer = moto.call(
                call.region(), "AmazonAthena.GetNamedQuery", Json.object().put("NamedQueryId", id));
        if (answer.path("NamedQuery").isEmpty()) {
            throw missing;
        }
        return answer;
    }

    private JsonNode list(Call call) {
        ObjectNode answer = moto.call(call);
        ArrayNode left = Json.array();
        answer.path("NamedQueryIds").forEach(id -> {
            if (!deleted.contains(call.region() + "/" + id.asText())) {
                left.add(id);
            }
        });
        return answer.set("NamedQueryIds", left);
    }

    private JsonNode tags(Call call) {
        try {
            return moto.call(call);
        } catch (AwsError untagged) {
            if (!untagged.getMessage().contains("Does Not Exist")) {
                throw untagged;
            }
            return Json.object().set("Tags", Json.array());
        }
    }
}
