package io.crossfoot.glue;

import io.crossfoot.catalog.GlueDataQuality;
import io.crossfoot.catalog.TableName;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.error.StorageException;
import java.util.Map;
import java.util.Optional;

/**
 * What Glue Data Quality is asked once a run has published: whether the rules of a ruleset hold for the whole table. The job
 * has asked the rules of its own before; this asks those that are deployed, of what readers see, for Glue to show and tell.
 *
 * @param customers the table that rules name {@code customers}; empty where customers are files
 */
record QualityEvaluation(String ruleset, TableName table, Optional<TableName> customers) {
    private static final String REFERENCE = "customers";

    /** @param table the setting: {@code DATABASE.TABLE}, for Iceberg after the name of Spark's catalog */
    static QualityEvaluation of(String ruleset, String table, EnrichConfig config) {
        String inGlue = table.replaceFirst("^.*\\.(?=[^.]+\\.[^.]+$)", "");
        return new QualityEvaluation(
                ruleset, TableName.parse(inGlue), config.customers().catalogTable());
    }

    /**
     * Starts it, and does not wait for its end: it takes minutes, in which the job would only cost.
     *
     * @param job in whose role the tables are read
     * @return the id of the evaluation run
     * @throws StorageException saying that the run has published all the same
     */
    String start(String job) {
        Map<String, TableName> others =
                customers.map(name -> Map.of(REFERENCE, name)).orElse(Map.of());
        try (GlueDataQuality service = GlueDataQuality.open()) {
            return service.start(ruleset, table, others, job);
        } catch (StorageException refused) {
            throw new StorageException(
                    refused.getMessage() + "; the run has published, only its output was not evaluated", refused);
        }
    }
}
