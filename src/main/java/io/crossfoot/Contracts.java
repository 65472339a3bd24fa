package io.crossfoot;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.config.IcebergOutput;
import io.crossfoot.contract.Contract;
import io.crossfoot.contract.RowRule;
import io.crossfoot.error.NearMiss;
import io.crossfoot.error.UsageException;
import io.crossfoot.transform.DuplicatePolicy;
import io.crossfoot.transform.ExactAmount;
import io.crossfoot.transform.PersonalValues;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The contracts of both tables, and whether the settings of a run agree with them: known before Spark reads anything. */
record Contracts(Contract sales, Contract customers, QualityRules quality) {
    /** @throws UsageException listing everything in which settings and contracts disagree */
    static Contracts of(EnrichConfig config) {
        List<String> problems = new ArrayList<>();
        Contract sales = contract("sales", config.sales().contract().orElse(Contract.SALES), problems);
        Contract customers = contract("customers", config.customers().contract().orElse(Contract.CUSTOMERS), problems);
        if (!problems.isEmpty()) {
            throw new UsageException(problems);
        }
        for (String key : config.on()) {
            require("on", key, sales, problems);
            require("on", key, customers, problems);
        }
        require("quantity", config.quantity(), sales, problems);
        require("price", config.price(), sales, problems);
        if (config.duplicates() instanceof DuplicatePolicy.LatestBy latest) {
            require("duplicates latest-by", latest.column(), customers, problems);
        }
        if (problems.isEmpty()) {
            checkAmount(config, sales, problems);
            checkOutput(config, sales, customers, problems);
        }
        if (!problems.isEmpty()) {
            throw new UsageException(problems);
        }
        return new Contracts(
                config.rules().map(RowRule::parse).map(sales::keeping).orElse(sales),
                customers,
                QualityRules.of(config, Instant.now()));
    }

    private static Contract contract(String table, String ddl, List<String> problems) {
        try {
            return Contract.of(table, ddl);
        } catch (UsageException wrong) {
            problems.addAll(wrong.problems());
            return new Contract(table, new StructType(), List.of(), Set.of());
        }
    }

    private static void require(String setting, String column, Contract contract, List<String> problems) {
        if (contract.column(column).isEmpty()) {
            problems.add("Cannot use --%s %s: the contract of %s has no such column%s"
                    .formatted(setting, column, contract.table(), NearMiss.hint(column, contract.names())));
        }
    }

    private static void checkAmount(EnrichConfig config, Contract sales, List<String> problems) {
        try {
            ExactAmount.of(config.quantity(), config.price())
                    .as(config.amount())
                    .product(sales.columns());
        } catch (IllegalArgumentException inexact) {
            problems.add(inexact.getMessage());
        }
    }

    /** What the run itself needs of a column must stay in it, or stand for it; and only text has room for a hash. */
    private static void checkPersonal(EnrichConfig config, Contract sales, Contract customers, List<String> problems) {
        List<String> needed = Stream.concat(
                        config.on().stream(), Stream.of(config.quantity(), config.price(), config.amount()))
                .toList();
        List<String> key = config.iceberg().map(IcebergOutput::key).orElse(List.of());
        for (String column : new TreeSet<>(config.personal())) {
            if (key.stream().anyMatch(column::equalsIgnoreCase)
                    && !(config.personalValues() instanceof PersonalValues.Hashed)) {
                problems.add(
                        "Cannot mask or drop '%s': rows are told apart by it (--key); hash it, take it out of --personal, or keep the values"
                                .formatted(column));
            }
            if (needed.stream().anyMatch(column::equalsIgnoreCase)) {
                problems.add(
                        "Cannot mask, hash or drop '%s': the run joins or computes with it; take it out of --personal, or keep the values"
                                .formatted(column));
            }
            sales.column(column)
                    .or(() -> customers.column(column))
                    .filter(field -> config.personalValues() instanceof PersonalValues.Hashed
                            && !field.dataType().equals(DataTypes.StringType))
                    .ifPresent(field -> problems.add(
                            "Cannot hash '%s': it is %s, and a hash is a STRING; make it one in the contract, or mask or drop the values"
                                    .formatted(column, field.dataType().sql())));
        }
    }

    private static void checkOutput(EnrichConfig config, Contract sales, Contract customers, List<String> problems) {
        Set<String> output = new LinkedHashSet<>(sales.names());
        for (String attribute : customers.names()) {
            boolean isKey = config.on().stream().anyMatch(attribute::equalsIgnoreCase);
            if (!isKey && sales.column(attribute).isPresent()) {
                problems.add(
                        "Cannot join: sales and customers both have a column '%s'; rename one with --rename-customers %s=customer_%s"
                                .formatted(attribute, attribute, attribute));
            }
            output.add(attribute);
        }
        if (output.stream().anyMatch(config.amount()::equalsIgnoreCase)) {
            problems.add("Cannot add --amount %s: a column of that name is there already; name another"
                    .formatted(config.amount()));
        }
        output.add(config.amount());
        if (!(config.personalValues() instanceof PersonalValues.Kept)) {
            checkPersonal(config, sales, customers, problems);
        }
        config.partitionBy().stream()
                .filter(column -> config.personal().stream().anyMatch(column::equalsIgnoreCase))
                .map(column ->
                        "Cannot use --partition-by %s: it is personal, and names of folders would show it; leave it out, or take it out of --personal"
                                .formatted(column))
                .forEach(problems::add);
        requireIn(output, "partition-by", config.partitionBy(), problems);
        config.iceberg().ifPresent(table -> requireIn(output, "key", table.key(), problems));
    }

    private static void requireIn(Set<String> output, String setting, List<String> columns, List<String> problems) {
        for (String column : columns) {
            if (output.stream().noneMatch(column::equalsIgnoreCase)) {
                problems.add("Cannot use --%s %s: the output has no such column%s"
                        .formatted(setting, column, NearMiss.hint(column, output)));
            }
        }
    }
}
