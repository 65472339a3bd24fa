package io.crossfoot.glue;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.error.UsageException;
import java.util.Optional;

/**
 * What a Glue job is told to do: the recipe's arguments, every setting in Glue's spelling ({@code --MAX_QUARANTINE 5%}),
 * and what Glue itself says of the run.
 *
 * @param jobName the name that Glue keeps the bookmark under
 * @param bookmark what becomes of the bookmark
 * @param replayed the run whose quarantined sales are read instead of the sales; empty for the sales
 * @param quality what Glue Data Quality is asked once the output is published; empty for nothing
 */
record GlueArguments(
        String jobName,
        Bookmark bookmark,
        Optional<String> replayed,
        Optional<QualityEvaluation> quality,
        EnrichConfig config) {
    /**
     * Reads the command line.
     *
     * @throws UsageException listing everything that is wrong
     */
    static GlueArguments parse(String... arguments) {
        return new ArgumentReader(arguments).read();
    }
}
