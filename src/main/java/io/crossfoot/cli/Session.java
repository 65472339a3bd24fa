package io.crossfoot.cli;

import io.crossfoot.config.EnrichConfig;
import java.util.function.Consumer;

/** All that the commands need of Spark. */
interface Session extends AutoCloseable {
    /** Runs the pipeline, and tells the name of each stage as it begins. */
    Outcome enrich(EnrichConfig config, Consumer<String> stages);

    /** Reads at most {@code limit} rows of a published output. */
    ConsoleTable rows(String location, int limit);

    @Override
    void close();
}
