package io.crossfoot.emulator.quality;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CompletableFuture;

/** Starts the work of evaluation runs. */
@FunctionalInterface
interface Evaluator {
    /**
     * Starts an evaluation.
     *
     * @param role in which the data is read
     * @param plan the table, perhaps the customers, and the rulesets
     * @throws io.crossfoot.emulator.http.AwsError when it cannot start
     */
    Evaluation launch(String region, String role, ObjectNode plan);

    /** An evaluation at work. */
    interface Evaluation {
        /** Returns its end: a list of {@code results} for each ruleset, or an {@code error}. */
        CompletableFuture<JsonNode> end();

        /** Ends it at once. */
        void kill();
    }
}
