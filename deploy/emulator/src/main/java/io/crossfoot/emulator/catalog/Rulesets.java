package io.crossfoot.emulator.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.http.Call;
import io.crossfoot.emulator.http.Json;
import io.crossfoot.emulator.http.Operations;
import io.crossfoot.emulator.http.Paging;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Data quality rulesets: kept, listed, and told to whoever evaluates them. */
public final class Rulesets {
    private static final int LARGEST_PAGE = 1_000;

    private final Map<String, ObjectNode> rulesets = new ConcurrentSkipListMap<>();
    private final InstantSource clock;

    public Rulesets(InstantSource clock) {
        this.clock = clock;
    }

    public void addTo(Operations operations) {
        operations
                .real("AWSGlue.CreateDataQualityRuleset", this::create)
                .real("AWSGlue.GetDataQualityRuleset", call -> find(call).deepCopy())
                .real("AWSGlue.UpdateDataQualityRuleset", this::update)
                .real("AWSGlue.DeleteDataQualityRuleset", this::delete)
                .real("AWSGlue.ListDataQualityRulesets", this::list);
    }

    /** Returns the rules of a ruleset, as they were written; empty when there is none of that name. */
    public Optional<String> rules(String region, String name) {
        return Optional.ofNullable(rulesets.get(region + "/" + name))
                .map(ruleset -> ruleset.path("Ruleset").asText());
    }

    private JsonNode create(Call call) {
        String name = call.required("Name");
        ObjectNode ruleset = Json.object()
                .put("Name", name)
                .put("Ruleset", call.required("Ruleset"))
                .put("Description", call.text("Description").orElse(""))
                .put("CreatedOn", Json.seconds(clock.instant()))
                .put("LastModifiedOn", Json.seconds(clock.instant()));
        if (!call.object("TargetTable").isEmpty()) {
            ruleset.set("TargetTable", call.object("TargetTable"));
        }
        if (rulesets.putIfAbsent(key(call), ruleset) != null) {
            throw AwsError.of("AlreadyExistsException", "Data quality ruleset %s already exists".formatted(name));
        }
        return Json.object().put("Name", name);
    }

    private JsonNode update(Call call) {
        ObjectNode next = find(call).deepCopy();
        call.text("Description").ifPresent(text -> next.put("Description", text));
        call.text("Ruleset").ifPresent(text -> next.put("Ruleset", text));
        next.put("LastModifiedOn", Json.seconds(clock.instant()));
        rulesets.put(key(call), next);
        return next.deepCopy();
    }

    private JsonNode delete(Call call) {
        find(call);
        rulesets.remove(key(call));
        return Json.object();
    }

    private JsonNode list(Call call) {
        List<ObjectNode> described = rulesets.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(call.region() + "/"))
                .map(entry -> summary(entry.getValue()))
                .toList();
        return Paging.page(call, "Rulesets", described, LARGEST_PAGE);
    }

    private static ObjectNode summary(ObjectNode ruleset) {
        ObjectNode summary = ruleset.deepCopy();
        summary.remove("Ruleset");
        return summary.put("RuleCount", rules(ruleset.path("Ruleset").asText()));
    }

    /** Rules stand between the brackets of {@code Rules = [ … ]}, with commas between them. */
    private static int rules(String ruleset) {
        int depth = 0;
        int rules = 0;
        boolean quoted = false;
        for (char character : ruleset.toCharArray()) {
            quoted ^= character == '"';
            if (!quoted) {
                depth += "[(".indexOf(character) >= 0 ? 1 : ")]".indexOf(character) >= 0 ? -1 : 0;
                rules += character == '[' && depth == 1 || character == ',' && depth == 1 ? 1 : 0;
            }
        }
        return rules;
    }

    private ObjectNode find(Call call) {
        ObjectNode found = rulesets.get(key(call));
        if (found == null) {
            throw AwsError.entityNotFound("Data quality ruleset %s not found".formatted(call.required("Name")));
        }
        return found;
    }

    private static String key(Call call) {
        return call.region() + "/" + call.required("Name");
    }
}
