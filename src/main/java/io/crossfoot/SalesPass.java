package io.crossfoot;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.contract.CheckedTable;
import io.crossfoot.quality.RuleResult;
import io.crossfoot.quality.TableChecks;
import io.crossfoot.source.Identifier;
import io.crossfoot.transform.ExactAmount;
import io.crossfoot.transform.SalesEnrichment;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The one pass over the sales: checked, counted, joined, multiplied, counted again. The counts are observed before and
 * after the join while the rows pass, and read when whoever uses {@link #enriched} is done.
 */
final class SalesPass {
    /** Whether a row of {@link #joined} has met a customer. */
    static final String MATCHED = "_crossfoot_matched";

    private final Dataset<Row> typed;
    private final SalesEnrichment enrichment;
    private final EnrichConfig config;
    private final Dataset<Row> joined;
    private final Dataset<Row> sales;
    private final TableChecks salesChecks;
    private final TableChecks enrichedChecks;
    private final Observed before;
    private final Observed after;

    /**
     * What was counted.
     *
     * @param read sales rows as the source gave them
     * @param accepted those that kept the contract
     * @param amountBefore sum of quantity × price over the accepted rows
     * @param enriched rows after the join
     * @param matched those of them with a customer
     * @param amountAfter sum of the amount column after the join
     * @param leftOut values of the sales that nobody asked for
     * @param watched what else was to be watched of the sales, by name, and what the checks have asked of them
     * @param checked what the checks of the enriched rows have asked of these, by name
     */
    record Counts(
            long read,
            long accepted,
            BigDecimal amountBefore,
            long enriched,
            long matched,
            BigDecimal amountAfter,
            LeftOut leftOut,
            Map<String, Object> watched,
            Map<String, Object> checked) {
        /** Of a run that has no sales to read. */
        static final Counts NOTHING =
                new Counts(0, 0, BigDecimal.ZERO, 0, 0, BigDecimal.ZERO, LeftOut.NOTHING, Map.of(), Map.of());
    }

    /**
     * @param watched aggregates with names, of the typed sales and their source file
     * @param rules makes the checks of the sales and of the enriched rows
     */
    SalesPass(
            Inputs.Input sales,
            CustomerLookup customers,
            EnrichConfig config,
            List<Column> watched,
            QualityRules.Laid rules) {
        ExactAmount amount = ExactAmount.of(config.quantity(), config.price()).as(config.amount());
        this.config = config;
        Column isAccepted = col(CheckedTable.ACCEPTED);
        CheckedTable checked = sales.checked();
        typed = watched.isEmpty()
                ? checked.countable()
                : checked.described().drop(CheckedTable.SOURCE_OFFSET, CheckedTable.PROBLEMS, CheckedTable.ROW);
        Column product = amount.product(typed.schema());
        IsolatedSession.sizeShuffles(typed.sparkSession(), sales.source());
        enrichment = SalesEnrichment.of(customers.join().marking(MATCHED), amount);
        List<Column> counts = List.of(
                count(lit(1)).as("read"),
                count(when(isAccepted, lit(1))).as("accepted"),
                total(when(isAccepted, product), isAccepted.and(hasAmount())).as("amount"));
        this.sales = rules.sales();
        salesChecks = rules.ofSales();
        // to plan takes time: the join is laid out once more only where rules of its outcome ask the sales for numbers
        Optional<TableChecks> compared = rules.isOutputCompared()
                ? Optional.of(rules.ofEnriched(joined(typed).drop(MATCHED)))
                : Optional.empty();
        before = new Observed(Stream.of(
                        counts,
                        LeftOut.numbers(sales, config.extraColumns()),
                        watched,
                        salesChecks.aggregates(),
                        salesChecks.aggregatesOf("sales"),
                        compared.map(checks -> checks.aggregatesOf("sales")).orElse(List.of()))
                .flatMap(List::stream)
                .toArray(Column[]::new));
        joined = joined(before.on(typed));
        enrichedChecks = compared.orElseGet(() -> rules.ofEnriched(joined.drop(MATCHED)));
        List<Column> outcome = List.of(
                count(lit(1)).as("enriched"),
                count(when(col(MATCHED), lit(1))).as("matched"),
                total(Identifier.column(config.amount())).as("amount"));
        after = new Observed(Stream.concat(outcome.stream(), enrichedChecks.aggregates().stream())
                .toArray(Column[]::new));
    }

    /** Returns the rows to be written. */
    Dataset<Row> enriched() {
        return after.on(joined).drop(MATCHED);
    }

    /**
     * Judges the sales as they came, and what was made of them.
     *
     * @param staged the enriched rows, as they were written
     */
    List<RuleResult> judge(Dataset<Row> staged, Counts counts) {
        Map<String, Object> known = new HashMap<>(counts.watched());
        known.putAll(counts.checked());
        return Stream.of(salesChecks.judge(sales, known), enrichedChecks.judge(staged, known))
                .flatMap(List::stream)
                .toList();
    }

    /** Returns what was counted on the way; to be called when the rows were used. */
    Counts counts() {
        return counts(before.values(), after.values());
    }

    /** Counts again, by plain queries that read the sales twice: for when a number looks wrong. */
    Counts recount() {
        return counts(before.query(typed), after.query(joined(typed)));
    }

    private Dataset<Row> joined(Dataset<Row> judged) {
        return judged.filter(col(CheckedTable.ACCEPTED))
                .drop(CheckedTable.ACCEPTED, CheckedTable.SOURCE_FILE, CheckedTable.UNSHOWN)
                .transform(enrichment)
                .transform(rows -> config.personalValues().in(rows, config.personal()));
    }

    private static Counts counts(Map<String, Object> before, Map<String, Object> after) {
        return new Counts(
                (long) before.get("read"),
                (long) before.get("accepted"),
                (BigDecimal) before.get("amount"),
                (long) after.get("enriched"),
                (long) after.get("matched"),
                (BigDecimal) after.get("amount"),
                LeftOut.of(before),
                before,
                after);
    }

    /** A product is null where one of these is; to count products would be to multiply a second time. */
    private Column hasAmount() {
        return Identifier.column(config.quantity())
                .isNotNull()
                .and(Identifier.column(config.price()).isNotNull());
    }

    /** The sum of no amounts is zero; a sum that needs more than Spark's 38 digits is null. */
    static Column total(Column amount) {
        return total(amount, amount.isNotNull());
    }

    private static Column total(Column amount, Column isAmount) {
        return when(count(when(isAmount, lit(1))).equalTo(0), lit(BigDecimal.ZERO))
                .otherwise(sum(amount));
    }
}
