package io.crossfoot.emulator.athena;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CompletableFuture;

/** What answers queries. */
interface QueryEngine {
    /**
     * Runs a query.
     *
     * @param plan id, sql, tables, folder for the result, and a limit of bytes to read
     * @return what became of it: state, error, columns, scanned bytes
     */
    CompletableFuture<JsonNode> run(ObjectNode plan);

    /** Cancels it; its future then ends soon. */
    void cancel(String id);
}
