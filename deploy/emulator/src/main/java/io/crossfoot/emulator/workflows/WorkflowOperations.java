package io.crossfoot.emulator.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.http.Call;
import io.crossfoot.emulator.http.Json;
import io.crossfoot.emulator.http.Operations;
import io.crossfoot.emulator.http.Paging;
import io.crossfoot.emulator.moto.Moto;
import io.crossfoot.emulator.workflows.WorkflowRun.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Workflows: moto keeps their definitions; runs are ours. */
final class WorkflowOperations {
    private static final int LARGEST_PAGE = 1_000;

    private final Moto moto;
    private final Flow flow;

    WorkflowOperations(Moto moto, Flow flow) {
        this.moto = moto;
        this.flow = flow;
    }

    void addTo(Operations operations) {
        operations
                .real("AWSGlue.GetWorkflow", this::find)
                .real("AWSGlue.DeleteWorkflow", this::delete)
                .real("AWSGlue.StartWorkflowRun", this::start)
                .real("AWSGlue.StopWorkflowRun", this::stop)
                .real(
                        "AWSGlue.GetWorkflowRun",
                        call -> Json.object().set("Run", run(call).json()))
                .real("AWSGlue.GetWorkflowRuns", this::list)
                .real("AWSGlue.GetWorkflowRunProperties", this::properties)
                .real("AWSGlue.PutWorkflowRunProperties", this::putProperties)
                .passedOn("AWSGlue", "BatchGetWorkflows", "CreateWorkflow", "ListWorkflows", "UpdateWorkflow");
    }

    private JsonNode find(Call call) {
        requireNoGraph(call);
        ObjectNode answer = moto.call(call);
        flow.list(call.region(), call.required("Name")).stream()
                .findFirst()
                .ifPresent(last -> answer.withObject("/Workflow").set("LastRun", last.json()));
        return answer;
    }

    private JsonNode delete(Call call) {
        JsonNode answer = moto.call(call);
        flow.forget(call.region(), call.required("Name"));
        return answer;
    }

    private JsonNode start(Call call) {
        String name = call.required("Name");
        JsonNode workflow = workflow(call, name);
        long active = flow.list(call.region(), name).stream()
                .filter(run -> run.status() == Status.RUNNING || run.status() == Status.STOPPING)
                .count();
        if (workflow.hasNonNull("MaxConcurrentRuns")
                && active >= workflow.path("MaxConcurrentRuns").asLong()) {
            throw AwsError.of("ConcurrentRunsExceededException", "Concurrent runs exceeded for workflow " + name);
        }
        Map<String, String> properties = texts(workflow.path("DefaultRunProperties"));
        properties.putAll(texts(call.object("RunProperties")));
        return Json.object()
                .put("RunId", flow.start(call.region(), name, properties).id());
    }

    private JsonNode stop(Call call) {
        flow.stop(call.region(), run(call));
        return Json.object();
    }

    private JsonNode list(Call call) {
        requireNoGraph(call);
        String name = call.required("Name");
        workflow(call, name);
        List<ObjectNode> runs =
                flow.list(call.region(), name).stream().map(WorkflowRun::json).toList();
        return Paging.page(call, "Runs", runs, LARGEST_PAGE);
    }

    private JsonNode properties(Call call) {
        ObjectNode answer = Json.object();
        run(call).properties().forEach(answer.putObject("RunProperties")::put);
        return answer;
    }

    private JsonNode putProperties(Call call) {
        run(call).properties().putAll(texts(call.object("RunProperties")));
        return Json.object();
    }

    private WorkflowRun run(Call call) {
        requireNoGraph(call);
        String id = call.required("RunId");
        return flow.find(call.region(), call.required("Name"), id)
                .orElseThrow(() -> AwsError.entityNotFound("Workflow run %s not found".formatted(id)));
    }

    private JsonNode workflow(Call call, String name) {
        return moto.call(call.region(), "AWSGlue.GetWorkflow", Json.object().put("Name", name))
                .path("Workflow");
    }

    private static void requireNoGraph(Call call) {
        if (call.input().path("IncludeGraph").asBoolean()) {
            throw AwsError.notImplemented("The emulator draws no graph of a workflow: leave IncludeGraph out");
        }
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.fields()
                .forEachRemaining(
                        field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }
}
