package io.crossfoot.catalog;

import static java.util.stream.Collectors.toMap;

import io.crossfoot.error.StorageException;
import java.util.Map;
import software.amazon.awssdk.services.glue.model.DataSource;

/**
 * Glue Data Quality: rulesets of an AWS account, evaluated on tables of its Data Catalog. AWS bills an evaluation as it
 * bills a job, shows its result with the table, and tells EventBridge of it.
 */
public final class GlueDataQuality implements AutoCloseable {
    private final GlueService service;

    private GlueDataQuality(GlueService service) {
        this.service = service;
    }

    /** @throws StorageException when no region is set */
    public static GlueDataQuality open() {
        return new GlueDataQuality(GlueService.open("Glue Data Quality"));
    }

    /**
     * Starts an evaluation in the role of a job, and does not wait for its end.
     *
     * @param job whose role reads the tables
     * @param others tables that rules name, by the names that they have there
     * @return the id of the evaluation run
     * @throws StorageException when Glue refuses, or cannot be reached
     */
    public String start(String ruleset, TableName table, Map<String, TableName> others, String job) {
        return service.call("start ruleset %s on %s".formatted(ruleset, table), () -> {
            String role = service.client().getJob(of -> of.jobName(job)).job().role();
            return service.client()
                    .startDataQualityRulesetEvaluationRun(run -> run.rulesetNames(ruleset)
                            .role(role)
                            .dataSource(source(table))
                            .additionalDataSources(sources(others)))
                    .runId();
        });
    }

    private static Map<String, DataSource> sources(Map<String, TableName> tables) {
        return tables.entrySet().stream().collect(toMap(Map.Entry::getKey, named -> source(named.getValue())));
    }

    private static DataSource source(TableName name) {
        return DataSource.builder()
                .glueTable(table -> table.databaseName(name.database()).tableName(name.table()))
                .build();
    }

    @Override
    public void close() {
        service.close();
    }
}
