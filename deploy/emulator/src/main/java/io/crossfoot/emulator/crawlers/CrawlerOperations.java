package io.crossfoot.emulator.crawlers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.http.Call;
import io.crossfoot.emulator.http.Json;
import io.crossfoot.emulator.http.Operations;
import io.crossfoot.emulator.moto.Definitions;
import io.crossfoot.emulator.moto.Moto;
import io.crossfoot.emulator.moto.Roles;
import io.crossfoot.emulator.moto.S3Path;
import io.crossfoot.emulator.schedule.Schedule;
import java.util.List;

/** The definitions of crawlers: moto keeps them; they are checked here, and described with what they really do. */
final class CrawlerOperations {
    private static final List<String> UNSUPPORTED_TARGETS = List.of(
            "JdbcTargets",
            "MongoDBTargets",
            "DynamoDBTargets",
            "CatalogTargets",
            "DeltaTargets",
            "IcebergTargets",
            "HudiTargets");

    private final Moto moto;
    private final Roles roles;
    private final Definitions definitions;
    private final AllCrawlers crawlers;

    CrawlerOperations(Moto moto, AllCrawlers crawlers) {
        this.moto = moto;
        this.roles = new Roles(moto);
        this.definitions = new Definitions(moto, "Crawler");
        this.crawlers = crawlers;
    }

    void addTo(Operations operations) {
        operations
                .real("AWSGlue.CreateCrawler", this::create)
                .real("AWSGlue.UpdateCrawler", this::update)
                .real("AWSGlue.DeleteCrawler", this::delete)
                .real("AWSGlue.GetCrawler", this::find)
                .real("AWSGlue.GetCrawlers", this::list)
                .real("AWSGlue.BatchGetCrawlers", this::list)
                .passedOn("AWSGlue", "ListCrawlers");
    }

    private JsonNode create(Call call) {
        call.required("Name");
        ObjectNode definition = call.input().deepCopy();
        requireValid(definition);
        return moto.call(call.with(definition));
    }

    private JsonNode update(Call call) {
        String name = call.required("Name");
        ObjectNode merged = definitions.find(call.region(), name);
        crawlers.of(call.region(), name).requireReady();
        List.of("State", "CrawlElapsedTime", "CreationTime", "LastUpdated", "LastCrawl", "Version")
                .forEach(merged::remove);
        if (merged.get("Schedule") instanceof ObjectNode schedule) {
            merged.set("Schedule", schedule.get("ScheduleExpression"));
        }
        call.input().fields().forEachRemaining(field -> merged.set(field.getKey(), field.getValue()));
        requireValid(merged);
        definitions.replace(call.region(), name, merged);
        return Json.object();
    }

    private JsonNode delete(Call call) {
        String name = call.required("Name");
        crawlers.of(call.region(), name).requireReady();
        JsonNode answer = moto.call(call);
        crawlers.forget(call.region(), name);
        definitions.forget(call.region(), name);
        return answer;
    }

    private JsonNode find(Call call) {
        JsonNode answer = definitions.answer(call);
        describe(call, answer.get("Crawler"));
        return answer;
    }

    private JsonNode list(Call call) {
        JsonNode answer = definitions.answerAll(call);
        answer.path("Crawlers").forEach(crawler -> describe(call, crawler));
        return answer;
    }

    private void describe(Call call, JsonNode crawler) {
        crawlers.of(call.region(), crawler.path("Name").asText()).describe((ObjectNode) crawler);
    }

    private void requireValid(ObjectNode crawler) {
        String role = crawler.path("Role").asText();
        if (!roles.assumable(role, "glue.amazonaws.com")) {
            throw AwsError.invalidInput("Service is unable to assume provided role. Please verify role's TrustPolicy");
        }
        JsonNode schedule = crawler.path("Schedule");
        if (schedule.isTextual() && !schedule.asText().isEmpty()) {
            Schedule.parse(schedule.asText());
        }
        JsonNode targets = crawler.path("Targets");
        for (String unsupported : UNSUPPORTED_TARGETS) {
            if (!targets.path(unsupported).isEmpty()) {
                throw AwsError.notImplemented("The emulator crawls S3Targets only, not " + unsupported);
            }
        }
        if (!(targets.path("S3Targets") instanceof ArrayNode places) || places.isEmpty()) {
            throw AwsError.invalidInput("Crawler cannot be created without a target");
        }
        for (JsonNode place : places) {
            if (!place.path("Exclusions").isEmpty()) {
                throw AwsError.notImplemented("The emulator knows no Exclusions of crawlers");
            }
            if (S3Path.parse(place.path("Path").asText()).isEmpty()) {
                throw AwsError.invalidInput("The S3 path '%s' is not valid"
                        .formatted(place.path("Path").asText()));
            }
        }
        if (!crawler.hasNonNull("DatabaseName")) {
            throw AwsError.invalidInput("Database name must not be empty");
        }
    }
}
