package io.crossfoot.emulator.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.http.Call;
import io.crossfoot.emulator.http.Json;
import io.crossfoot.emulator.http.Operations;
import io.crossfoot.emulator.moto.Definitions;
import io.crossfoot.emulator.moto.Moto;
import io.crossfoot.emulator.moto.Roles;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The definitions of jobs: moto keeps them, and they are checked here as Glue checks them. */
final class JobOperations {
    private static final Set<String> COMMANDS = Set.of("glueetl", "gluestreaming", "pythonshell", "glueray");
    private static final Set<String> GLUE_VERSIONS = Set.of("0.9", "1.0", "2.0", "3.0", "4.0", "5.0", "5.1", "6.0");

    // bookmarks are files of that name
    private static final Pattern NAME = Pattern.compile("[^/\\\\\\p{Cntrl}]{1,255}");

    private final Moto moto;
    private final Roles roles;
    private final Definitions definitions;
    private final JobRuns runs;
    private final Bookmarks bookmarks;

    JobOperations(Moto moto, Roles roles, JobRuns runs, Bookmarks bookmarks) {
        this.moto = moto;
        this.roles = roles;
        this.definitions = new Definitions(moto, "Job", List.of("JobRunQueuingEnabled"));
        this.runs = runs;
        this.bookmarks = bookmarks;
    }

    void addTo(Operations operations) {
        operations
                .real("AWSGlue.CreateJob", this::create)
                .real("AWSGlue.UpdateJob", this::update)
                .real("AWSGlue.DeleteJob", this::delete)
                .real("AWSGlue.GetJob", definitions::answer)
                .real("AWSGlue.GetJobs", definitions::answerAll)
                .real("AWSGlue.BatchGetJobs", definitions::answerAll)
                .passedOn("AWSGlue", "ListJobs");
    }

    private JsonNode create(Call call) {
        String name = call.required("Name");
        if (!NAME.matcher(name).matches()) {
            throw AwsError.invalidInput("The emulator takes names of jobs of at most 255 characters, without slashes");
        }
        requireValid(call.input());
        return definitions.create(call);
    }

    private JsonNode update(Call call) {
        String name = call.required("JobName");
        ObjectNode update = call.object("JobUpdate");
        requireValid(update);
        definitions.replace(call.region(), name, update);
        return Json.object().put("JobName", name);
    }

    /** A job that is not there is no error, as on AWS. */
    private JsonNode delete(Call call) {
        String name = call.required("JobName");
        try {
            moto.call(call);
        } catch (AwsError missing) {
            if (!missing.code().equals("EntityNotFoundException")) {
                throw missing;
            }
        }
        runs.forget(call.region(), name);
        bookmarks.delete(call.region(), name);
        definitions.forget(call.region(), name);
        return Json.object().put("JobName", name);
    }

    private void requireValid(ObjectNode job) {
        String command = job.path("Command").path("Name").asText();
        if (!COMMANDS.contains(command)) {
            throw AwsError.invalidInput("Command name '%s' is not one of %s"
                    .formatted(command, COMMANDS.stream().sorted().toList()));
        }
        String version = job.path("GlueVersion").asText("5.1");
        if (!GLUE_VERSIONS.contains(version)) {
            throw AwsError.invalidInput("Glue version %s is not one of %s"
                    .formatted(version, GLUE_VERSIONS.stream().sorted().toList()));
        }
        JobSettings.requireKnownWorkers(job);
        String role = job.path("Role").asText();
        if (!roles.assumable(role, "glue.amazonaws.com")) {
            throw AwsError.invalidInput(
                    "Role %s should be given assume role permissions for Glue Service.".formatted(role));
        }
    }
}
