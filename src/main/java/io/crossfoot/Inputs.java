package io.crossfoot;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.config.EnrichConfig.TableConfig;
import io.crossfoot.contract.CheckedTable;
import io.crossfoot.contract.Contract;
import io.crossfoot.contract.ContractCheck;
import io.crossfoot.error.ShapeException;
import io.crossfoot.lineage.ColumnLineage;
import io.crossfoot.source.Source;
import io.crossfoot.source.SourceTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Both tables, found and laid against their contracts; no row is read yet. */
record Inputs(Input sales, Input customers) {
    /** One table. */
    record Input(TableConfig config, SourceTable source, CheckedTable checked) {}

    private static final int TRACED_PARTS = 64;

    /**
     * Returns where the columns of an output come from that was made of these tables. Of a table with very many kinds of
     * files it is not told: the plan would be long, and the answer much the same for each.
     */
    ColumnLineage lineage(Dataset<Row> output) {
        List<ColumnLineage.Source> traced = Stream.of(sales, customers)
                .flatMap(input -> input.source().parts().stream()
                        .map(part -> new ColumnLineage.Source(input.source().name(), part.rows())))
                .toList();
        return traced.size() > TRACED_PARTS ? ColumnLineage.unknown() : ColumnLineage.of(output, traced);
    }

    /** @throws ShapeException listing what is wrong with either table */
    static Inputs open(EnrichConfig config, Sources sources, Contracts contracts, SparkSession spark) {
        List<String> problems = new ArrayList<>();
        Optional<Input> sales = open(sources.sales(), config.sales(), contracts.sales(), config, spark, problems);
        Optional<Input> customers =
                open(sources.customers(), config.customers(), contracts.customers(), config, spark, problems);
        if (!problems.isEmpty()) {
            throw new ShapeException(problems);
        }
        return new Inputs(sales.orElseThrow(), customers.orElseThrow());
    }

    private static Optional<Input> open(
            Source source,
            TableConfig table,
            Contract contract,
            EnrichConfig config,
            SparkSession spark,
            List<String> problems) {
        ContractCheck check = new ContractCheck(contract, table.rename(), config.extraColumns(), config.on());
        try {
            SourceTable found = source.open(spark, check.expected());
            return Optional.of(new Input(table, found, check.check(found, spark)));
        } catch (ShapeException wrong) {
            problems.addAll(wrong.problems());
            return Optional.empty();
        }
    }
}
