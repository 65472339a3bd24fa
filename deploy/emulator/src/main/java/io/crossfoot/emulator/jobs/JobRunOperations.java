package io.crossfoot.emulator.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.http.Call;
import io.crossfoot.emulator.http.Json;
import io.crossfoot.emulator.http.Operations;
import io.crossfoot.emulator.http.Paging;
import io.crossfoot.emulator.moto.Moto;
import java.util.Optional;

/** Runs of jobs: start, look, stop. */
final class JobRunOperations {
    private static final int LARGEST_PAGE = 200;

    private final Moto moto;
    private final JobRuns runs;

    JobRunOperations(Moto moto, JobRuns runs) {
        this.moto = moto;
        this.runs = runs;
    }

    void addTo(Operations operations) {
        operations
                .real("AWSGlue.StartJobRun", this::start)
                .real("AWSGlue.GetJobRun", this::find)
                .real("AWSGlue.GetJobRuns", this::list)
                .real("AWSGlue.BatchStopJobRun", this::stop);
    }

    private JsonNode start(Call call) {
        return Json.object().put("JobRunId", start(call, Starter.CALLER).id());
    }

    /** Starts a run with the input of StartJobRun. */
    JobRun start(Call call, Starter starter) {
        String name = call.required("JobName");
        ObjectNode job = job(call, name);
        Optional<String> earlier = call.text("JobRunId");
        if (earlier.isPresent()) {
            return runs.again(run(call, name, earlier.get()));
        }
        JobSettings.requireKnownWorkers(call.input());
        requireRunnable(job);
        return runs.start(JobSettings.of(call.region(), job, call.input()), starter);
    }

    private JsonNode find(Call call) {
        String name = call.required("JobName");
        job(call, name);
        return Json.object()
                .set("JobRun", run(call, name, call.required("RunId")).json());
    }

    private JsonNode list(Call call) {
        String name = call.required("JobName");
        job(call, name);
        return Paging.page(
                call,
                "JobRuns",
                runs.list(call.region(), name).stream().map(JobRun::json).toList(),
                LARGEST_PAGE);
    }

    private JsonNode stop(Call call) {
        String name = call.required("JobName");
        job(call, name);
        ObjectNode answer = Json.object();
        ArrayNode successes = answer.putArray("SuccessfulSubmissions");
        ArrayNode errors = answer.putArray("Errors");
        for (String id : call.texts("JobRunIds")) {
            Optional<AwsError> refusal = stop(call, name, id);
            ObjectNode entry = refusal.isEmpty() ? successes.addObject() : errors.addObject();
            entry.put("JobName", name).put("JobRunId", id);
            refusal.ifPresent(error -> entry.putObject("ErrorDetail")
                    .put("ErrorCode", error.code())
                    .put("ErrorMessage", error.getMessage()));
        }
        return answer;
    }

    private Optional<AwsError> stop(Call call, String name, String id) {
        Optional<JobRun> run = runs.find(call.region(), name, id);
        if (run.isEmpty()) {
            return Optional.of(notFound(name, id));
        }
        return run.get().stop()
                ? Optional.empty()
                : Optional.of(AwsError.of(
                        "InvalidInputException",
                        "Job run %s cannot be stopped: it is %s"
                                .formatted(id, run.get().state())));
    }

    private JobRun run(Call call, String name, String id) {
        return runs.find(call.region(), name, id).orElseThrow(() -> notFound(name, id));
    }

    private ObjectNode job(Call call, String name) {
        return (ObjectNode)
                moto.call(call.region(), "AWSGlue.GetJob", Json.object().put("JobName", name))
                        .get("Job");
    }

    /** Python is refused at once: nothing here could run it. */
    private static void requireRunnable(ObjectNode job) {
        boolean spark = job.path("Command").path("Name").asText().equals("glueetl");
        boolean scala =
                job.path("DefaultArguments").path("--job-language").asText().equals("scala");
        if (!spark || !scala) {
            throw AwsError.notImplemented(
                    "The emulator runs jobs of the Scala/Java type only: command glueetl, --job-language scala, --class, --extra-jars");
        }
    }

    private static AwsError notFound(String name, String id) {
        return AwsError.entityNotFound("Job run %s of job %s not found.".formatted(id, name));
    }
}
