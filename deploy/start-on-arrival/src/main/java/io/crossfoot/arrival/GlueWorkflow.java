package io.crossfoot.arrival;

import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.ConcurrentRunsExceededException;
import software.amazon.awssdk.services.glue.model.WorkflowRun;

/** A workflow of AWS Glue. */
record GlueWorkflow(GlueClient glue, String name) implements Workflow {
    @Override
    public Optional<Instant> lastStart() {
        return Optional.ofNullable(glue.getWorkflow(request -> request.name(name))
                        .workflow()
                        .lastRun())
                .map(WorkflowRun::startedOn);
    }

    @Override
    public Optional<String> start() {
        try {
            return Optional.of(
                    glue.startWorkflowRun(request -> request.name(name)).runId());
        } catch (ConcurrentRunsExceededException underWay) {
            return Optional.empty();
        }
    }
}
