package io.crossfoot.emulator.jobs;

import java.util.Optional;

/**
 * Who started a run.
 *
 * @param workflow the run of a workflow that it is part of
 */
public record Starter(Optional<String> trigger, Optional<WorkflowRunName> workflow) {
    /** A run of a workflow, as its jobs are told. */
    public record WorkflowRunName(String workflow, String runId) {}

    static final Starter CALLER = new Starter(Optional.empty(), Optional.empty());
}
