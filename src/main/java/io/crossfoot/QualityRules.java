package io.crossfoot;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.contract.Ruleset;
import io.crossfoot.error.UsageException;
import io.crossfoot.quality.RuleResult;
import io.crossfoot.quality.TableChecks;
import io.crossfoot.quality.TableRule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** The rules that the tables of a run are judged by. */
record QualityRules(List<TableRule> enriched, List<TableRule> customers, Origin origin) {
    /** Whose rules those of the output are. */
    enum Origin {
        /** The user's, each of which must fit. */
        GIVEN,
        /** The library's: those about columns that a table does not have are not for it. */
        BUILT_IN
    }

    /** @throws UsageException naming every rule that cannot be read or not be used */
    static QualityRules of(EnrichConfig config, Instant now) {
        List<String> problems = new ArrayList<>();
        List<TableRule> enriched =
                read(config.quality().enriched().orElseGet(() -> Ruleset.of(builtIn())), now, problems);
        List<TableRule> customers = read(config.quality().customers().orElse(Ruleset.of("")), now, problems);
        if (!problems.isEmpty()) {
            throw new UsageException(problems);
        }
        return new QualityRules(
                enriched, customers, config.quality().enriched().isPresent() ? Origin.GIVEN : Origin.BUILT_IN);
    }

    /**
     * Returns the checks of the output.
     *
     * @throws UsageException naming every rule that does not fit
     */
    TableChecks ofEnriched(Dataset<Row> enriched, TableChecks.Reference reference) {
        StructType columns = enriched.schema();
        List<TableRule> fitting = origin == Origin.GIVEN
                ? this.enriched
                : this.enriched.stream()
                        .filter(rule ->
                                rule.problem(columns, reference.rows().schema()).isEmpty())
                        .toList();
        return new TableChecks("enriched", fitting, enriched, reference);
    }

    /** Judges the customers, one row of each key. */
    List<RuleResult> judgeCustomers(TableChecks.Reference reference) {
        if (customers.isEmpty()) {
            return List.of();
        }
        // no join has said of them whether they have a partner
        TableChecks.Reference themselves =
                new TableChecks.Reference(reference.rows(), reference.keys(), Optional.empty());
        return new TableChecks("customers", customers, reference.rows(), themselves).judge(reference.rows());
    }

    private static List<TableRule> read(Ruleset rules, Instant now, List<String> problems) {
        try {
            return TableRule.parse(rules, now);
        } catch (UsageException wrong) {
            problems.addAll(wrong.problems());
            return List.of();
        }
    }

    private static String builtIn() {
        try (InputStream rules = QualityRules.class.getResourceAsStream("/io/crossfoot/quality/enriched-sales.dqdl")) {
            return new String(rules.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
