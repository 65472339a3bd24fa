package io.crossfoot.emulator.quality;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.Installation;
import io.crossfoot.emulator.catalog.Rulesets;
import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.http.Call;
import io.crossfoot.emulator.http.Json;
import io.crossfoot.emulator.http.Operations;
import io.crossfoot.emulator.http.Paging;
import io.crossfoot.emulator.moto.Moto;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Evaluation runs of data quality rulesets, and their results. */
public final class DataQuality {
    private static final int LARGEST_PAGE = 1_000;
    private static final int LARGEST_BATCH = 100;

    private final List<EvaluationRun> runs = new CopyOnWriteArrayList<>();
    private final EvaluationRequests requests;
    private final Evaluator evaluator;
    private final InstantSource clock;
    private final Executor executor;

    public DataQuality(
            Installation installation,
            Supplier<URI> endpoint,
            Path work,
            Moto moto,
            Rulesets rulesets,
            InstantSource clock,
            Executor executor) {
        this.requests = new EvaluationRequests(moto, rulesets);
        this.evaluator = new SparkEvaluator(installation, endpoint, work, moto);
        this.clock = clock;
        this.executor = executor;
    }

    public void addTo(Operations operations) {
        operations
                .real("AWSGlue.StartDataQualityRulesetEvaluationRun", this::start)
                .real(
                        "AWSGlue.GetDataQualityRulesetEvaluationRun",
                        call -> find(call).json())
                .real("AWSGlue.ListDataQualityRulesetEvaluationRuns", this::list)
                .real("AWSGlue.CancelDataQualityRulesetEvaluationRun", this::cancel)
                .real("AWSGlue.GetDataQualityResult", this::result)
                .real("AWSGlue.ListDataQualityResults", this::listResults)
                .real("AWSGlue.BatchGetDataQualityResult", this::results);
    }

    /** A call that comes again with its token starts nothing. */
    private synchronized JsonNode start(Call call) {
        ObjectNode input = requests.accept(call);
        String id = call.text("ClientToken")
                .flatMap(token -> of(call.region())
                        .filter(run -> run.input().path("ClientToken").asText().equals(token))
                        .findFirst())
                .orElseGet(() -> begin(call, input))
                .id();
        return Json.object().put("RunId", id);
    }

    private EvaluationRun begin(Call call, ObjectNode input) {
        ObjectNode plan = requests.plan(call.region(), input);
        EvaluationRun run = new EvaluationRun(call.region(), input, clock);
        runs.add(0, run);
        executor.execute(() -> run.carry(plan, evaluator));
        return run;
    }

    private JsonNode list(Call call) {
        ObjectNode filter = call.object("Filter");
        List<ObjectNode> found = of(call.region())
                .filter(run -> ofTable(filter, run) && inTime(filter, run))
                .map(EvaluationRun::json)
                .map(run -> run.retain("RunId", "Status", "StartedOn", "DataSource"))
                .toList();
        return Paging.page(call, "Runs", found, LARGEST_PAGE);
    }

    private JsonNode cancel(Call call) {
        find(call).cancel();
        return Json.object();
    }

    private JsonNode result(Call call) {
        String id = call.required("ResultId");
        return allResults(call.region(), run -> true)
                .filter(result -> result.path("ResultId").asText().equals(id))
                .findFirst()
                .orElseThrow(() -> AwsError.entityNotFound("Data quality result %s not found".formatted(id)));
    }

    private JsonNode listResults(Call call) {
        ObjectNode filter = call.object("Filter");
        // those of jobs are none here
        boolean isOfJob = filter.has("JobName") || filter.has("JobRunId");
        List<ObjectNode> found = allResults(
                        call.region(), run -> !isOfJob && ofTable(filter, run) && inTime(filter, run))
                .map(result -> result.retain("ResultId", "DataSource", "StartedOn"))
                .toList();
        return Paging.page(call, "Results", found, LARGEST_PAGE);
    }

    private JsonNode results(Call call) {
        List<String> ids = call.texts("ResultIds");
        if (ids.isEmpty() || ids.size() > LARGEST_BATCH) {
            throw AwsError.invalidInput("ResultIds must name from 1 to %d results".formatted(LARGEST_BATCH));
        }
        ObjectNode answer = Json.object();
        ArrayNode found = answer.putArray("Results");
        ArrayNode missing = answer.putArray("ResultsNotFound");
        for (String id : ids) {
            allResults(call.region(), run -> true)
                    .filter(result -> result.path("ResultId").asText().equals(id))
                    .findFirst()
                    .ifPresentOrElse(found::add, () -> missing.add(id));
        }
        return answer;
    }

    private Stream<EvaluationRun> of(String region) {
        return runs.stream().filter(run -> run.region().equals(region));
    }

    private Stream<ObjectNode> allResults(String region, Predicate<EvaluationRun> wanted) {
        return of(region).filter(wanted).flatMap(run -> run.results().stream()).map(ObjectNode::deepCopy);
    }

    private EvaluationRun find(Call call) {
        String id = call.required("RunId");
        return of(call.region())
                .filter(run -> run.id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        AwsError.entityNotFound("Data quality ruleset evaluation run %s not found".formatted(id)));
    }

    private static boolean ofTable(ObjectNode filter, EvaluationRun run) {
        JsonNode wanted = filter.at("/DataSource/GlueTable");
        JsonNode table = run.input().at("/DataSource/GlueTable");
        return wanted.isMissingNode()
                || Stream.of("DatabaseName", "TableName")
                        .allMatch(name -> wanted.path(name).equals(table.path(name)));
    }

    private static boolean inTime(ObjectNode filter, EvaluationRun run) {
        double started = Json.seconds(run.started());
        return started <= filter.path("StartedBefore").asDouble(Double.MAX_VALUE)
                && started >= filter.path("StartedAfter").asDouble(0);
    }
}
