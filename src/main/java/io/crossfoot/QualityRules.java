package io.crossfoot;

import static org.apache.spark.sql.functions.col;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.contract.CheckedTable;
import io.crossfoot.contract.Ruleset;
import io.crossfoot.error.UsageException;
import io.crossfoot.quality.References;
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
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** The rules that the tables of a run are judged by. */
record QualityRules(TableRules enriched, TableRules sales, TableRules customers) {
    /** The name of the rules that come with the library. */
    private static final String DEFAULT = "default";

    /** Whose rules they are. */
    enum Origin {
        /** The user's, each of which must fit. */
        GIVEN,
        /** The library's: those about columns that a table does not have are not for it. */
        BUILT_IN
    }

    /** The rules of one table. */
    record TableRules(List<TableRule> rules, Origin origin) {
        private List<TableRule> fitting(StructType columns, References references) {
            Map<String, StructType> others = references.columns();
            return origin == Origin.GIVEN
                    ? rules
                    : rules.stream()
                            .filter(rule -> rule.problem(columns, others).isEmpty())
                            .toList();
        }

        private TableRules notReferringTo(String other) {
            return new TableRules(
                    rules.stream().filter(rule -> !rule.refersTo(other)).toList(), origin);
        }

        private TableChecks of(String table, Dataset<Row> judged, References references) {
            return new TableChecks(table, fitting(judged.schema(), references), judged, references);
        }
    }

    /**
     * The rules of a run and the tables that they are about, but for the output, which is not there yet.
     *
     * @param tables the sales as they came, and the customers, one row of each key
     * @param joined tells which rows of the output have met a customer
     */
    record Laid(QualityRules rules, References tables, References.Joined joined) {
        /** Whether rules of the output ask for numbers of the sales, such as their sum. */
        boolean isOutputCompared() {
            return rules.enriched.rules().stream().anyMatch(rule -> rule.isAbout("sales"));
        }

        Dataset<Row> sales() {
            return tables.tables().get("sales");
        }

        /**
         * Returns the checks of the sales as they came.
         *
         * @throws UsageException naming every rule that does not fit
         */
        TableChecks ofSales() {
            return rules.sales.of("sales", sales(), tables);
        }

        /**
         * Returns the checks of the output.
         *
         * @throws UsageException naming every rule that does not fit
         */
        TableChecks ofEnriched(Dataset<Row> enriched) {
            return rules.enriched.of("enriched", enriched, tables.joined(joined));
        }

        /** Judges the customers. */
        List<RuleResult> judgeCustomers() {
            return judgeCustomers(rules.customers);
        }

        /** Judges the customers of a run that reads no sales, to which they could be compared. */
        List<RuleResult> judgeCustomersAlone() {
            return judgeCustomers(rules.customers.notReferringTo("sales"));
        }

        private List<RuleResult> judgeCustomers(TableRules asked) {
            Dataset<Row> customers = tables.tables().get("customers");
            return asked.rules().isEmpty()
                    ? List.of()
                    : asked.of("customers", customers, tables).judge(customers);
        }
    }

    /** @throws UsageException naming every rule that cannot be read or not be used */
    static QualityRules of(EnrichConfig config, Instant now) {
        List<String> problems = new ArrayList<>();
        EnrichConfig.Quality quality = config.quality();
        QualityRules rules = new QualityRules(
                read("enriched-sales", quality.enriched().or(() -> Optional.of(Ruleset.of(DEFAULT))), now, problems),
                read("sales", quality.sales(), now, problems),
                read("customers", quality.customers(), now, problems));
        if (!problems.isEmpty()) {
            throw new UsageException(problems);
        }
        return rules;
    }

    /** Returns the rules that have a condition in Spark's SQL, which may fail for a value. */
    List<TableRule> conditional() {
        return Stream.of(enriched, sales, customers)
                .flatMap(table -> table.rules().stream())
                .filter(TableRule::isConditional)
                .toList();
    }

    /** Lays these rules before the tables of a run. */
    Laid on(CheckedTable sales, CustomerLookup customers) {
        Dataset<Row> asTheyCame = sales.typed().drop(CheckedTable.ACCEPTED);
        return new Laid(
                this,
                References.of(Map.of("sales", asTheyCame, "customers", customers.unique())),
                customers.joined(col(SalesPass.MATCHED)));
    }

    private static TableRules read(String table, Optional<Ruleset> given, Instant now, List<String> problems) {
        Ruleset rules = given.orElseGet(() -> Ruleset.of(""));
        try {
            return rules.text().equals(DEFAULT)
                    ? new TableRules(TableRule.parse(builtIn(table), now), Origin.BUILT_IN)
                    : new TableRules(TableRule.parse(rules, now), Origin.GIVEN);
        } catch (UsageException wrong) {
            problems.addAll(wrong.problems());
            return new TableRules(List.of(), Origin.GIVEN);
        }
    }

    private static String builtIn(String table) {
        String resource = "/io/crossfoot/quality/%s.dqdl".formatted(table);
        try (InputStream rules = QualityRules.class.getResourceAsStream(resource)) {
            return new String(rules.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
