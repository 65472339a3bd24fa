package io.crossfoot.emulator.athena;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.athena.Execution.State;
import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.http.Call;
import io.crossfoot.emulator.http.Json;
import io.crossfoot.emulator.http.Operations;
import io.crossfoot.emulator.http.Paging;
import io.crossfoot.emulator.moto.Moto;
import io.crossfoot.emulator.moto.S3Path;
import java.util.Locale;
import java.util.Optional;

/** Queries: start, look, read, stop. */
final class QueryOperations {
    private static final int LARGEST_PAGE = 50;
    private static final String DEFAULT_WORK_GROUP = "primary";

    private final Moto moto;
    private final Executions executions;

    QueryOperations(Moto moto, Executions executions) {
        this.moto = moto;
        this.executions = executions;
    }

    void addTo(Operations operations) {
        operations
                .real("AmazonAthena.StartQueryExecution", this::start)
                .real("AmazonAthena.GetQueryExecution", call -> described(find(call)))
                .real("AmazonAthena.BatchGetQueryExecution", this::findAll)
                .real("AmazonAthena.GetQueryResults", this::results)
                .real("AmazonAthena.StopQueryExecution", this::stop)
                .real("AmazonAthena.ListQueryExecutions", this::list);
    }

    private JsonNode start(Call call) {
        if (!call.texts("ExecutionParameters").isEmpty()) {
            throw AwsError.notImplemented("The emulator knows no ExecutionParameters: write the values into the query");
        }
        String sql = call.required("QueryString");
        String name = call.text("WorkGroup").orElse(DEFAULT_WORK_GROUP);
        JsonNode group = workGroup(call, name);
        if (group.path("State").asText().equals("DISABLED")) {
            throw AwsError.invalidRequest("WorkGroup %s is disabled".formatted(name));
        }
        S3Path output = output(call, group.path("Configuration"));
        Statement statement = Statement.parse(sql);
        Optional<Long> limit = Optional.ofNullable(group.path("Configuration").get("BytesScannedCutoffPerQuery"))
                .map(JsonNode::asLong);
        Optional<String> database = Optional.ofNullable(
                        call.object("QueryExecutionContext").get("Database"))
                .map(text -> text.asText().toLowerCase(Locale.ROOT));
        Execution execution =
                executions.start(new Execution.Request(call.region(), statement, name, database, output, limit));
        return Json.object().put("QueryExecutionId", execution.id());
    }

    /** A work group that enforces its configuration has the last word. */
    private static S3Path output(Call call, JsonNode configuration) {
        JsonNode own = call.object("ResultConfiguration").path("OutputLocation");
        JsonNode groups = configuration.path("ResultConfiguration").path("OutputLocation");
        boolean enforced = configuration.path("EnforceWorkGroupConfiguration").asBoolean() && groups.isTextual();
        JsonNode chosen = enforced || !own.isTextual() ? groups : own;
        if (!chosen.isTextual() || chosen.asText().isEmpty()) {
            throw AwsError.invalidRequest(
                    "No output location provided. An output location is required either through the"
                            + " Workgroup result configuration setting or as an API input.");
        }
        return S3Path.parse(chosen.asText())
                .orElseThrow(() -> AwsError.invalidRequest("outputLocation is not a valid S3 path."));
    }

    private JsonNode workGroup(Call call, String name) {
        try {
            return moto.call(
                            call.region(),
                            "AmazonAthena.GetWorkGroup",
                            Json.object().put("WorkGroup", name))
                    .path("WorkGroup");
        } catch (AwsError missing) {
            throw AwsError.invalidRequest("WorkGroup %s is not found.".formatted(name));
        }
    }

    private JsonNode findAll(Call call) {
        ObjectNode answer = Json.object();
        ArrayNode found = answer.putArray("QueryExecutions");
        ArrayNode missing = answer.putArray("UnprocessedQueryExecutionIds");
        for (String id : call.texts("QueryExecutionIds")) {
            executions
                    .find(call.region(), id)
                    .ifPresentOrElse(
                            execution -> found.add(execution.json()),
                            () -> missing.addObject()
                                    .put("QueryExecutionId", id)
                                    .put("ErrorCode", "INVALID_QUERY_EXECUTION_ID")
                                    .put("ErrorMessage", "QueryExecution %s was not found".formatted(id)));
        }
        return answer;
    }

    private JsonNode results(Call call) {
        Execution execution = find(call);
        State state = execution.state();
        if (state == State.SUCCEEDED) {
            return ResultPage.of(call, execution);
        }
        throw AwsError.invalidRequest(
                state.isFinal()
                        ? "Query did not finish successfully. Final query state: " + state
                        : "Query has not yet finished. Current state: " + state);
    }

    private JsonNode stop(Call call) {
        executions.stop(find(call));
        return Json.object();
    }

    private JsonNode list(Call call) {
        String group = call.text("WorkGroup").orElse(DEFAULT_WORK_GROUP);
        return Paging.page(
                call,
                "QueryExecutionIds",
                executions.list(call.region(), group).stream()
                        .map(execution -> Json.array().textNode(execution.id()))
                        .toList(),
                LARGEST_PAGE);
    }

    private Execution find(Call call) {
        String id = call.required("QueryExecutionId");
        return executions
                .find(call.region(), id)
                .orElseThrow(() -> AwsError.invalidRequest("QueryExecution %s was not found".formatted(id)));
    }

    private static ObjectNode described(Execution execution) {
        return Json.object().set("QueryExecution", execution.json());
    }
}
