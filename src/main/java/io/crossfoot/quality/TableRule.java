package io.crossfoot.quality;

import io.crossfoot.contract.RuleSource;
import io.crossfoot.contract.Ruleset;
import io.crossfoot.error.UsageException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructType;

/**
 * A rule that a whole table keeps or breaks, written in DQDL, the language of AWS Glue Data Quality.
 *
 * <table>
 * <caption>What is understood</caption>
 * <tr><th>rule</th><th>what it measures</th></tr>
 * <tr><td>{@code RowCount > 0}, {@code ColumnCount = 10}</td><td>rows, columns</td></tr>
 * <tr><td>{@code ColumnExists "c"}, {@code ColumnNamesMatchPattern "[a-z_]+"}</td><td>the names of columns</td></tr>
 * <tr><td>{@code Completeness "c" > 0.9}, {@code IsComplete "c"}</td><td>the share of rows with a value</td></tr>
 * <tr><td>{@code Uniqueness "c" > 0.9}, {@code IsUnique "c"}</td><td>of the rows with a value, the share whose value no
 * other row has</td></tr>
 * <tr><td>{@code IsPrimaryKey "c" "d"}</td><td>the share of rows that have a value in each column, and one that no other
 * row has</td></tr>
 * <tr><td>{@code UniqueValueRatio "c" > 0.9}</td><td>the share of values that one row has</td></tr>
 * <tr><td>{@code DistinctValuesCount "c" < 9}</td><td>different values</td></tr>
 * <tr><td>{@code Entropy "c" > 1}</td><td>the entropy of the values, in nats</td></tr>
 * <tr><td>{@code Mean "c" > 1}, {@code Sum}, {@code StandardDeviation}</td><td>numbers, nulls aside; a sum of exact
 * numbers is exact; the deviation is the population's</td></tr>
 * <tr><td>{@code ColumnCorrelation "c" "d" > 0.5}</td><td>Pearson's coefficient</td></tr>
 * <tr><td>{@code ColumnDataType "c" = "INTEGER"}</td><td>of the values, the share that can be read as such</td></tr>
 * <tr><td>{@code DataFreshness "c" <= 24 hours}</td><td>the age of the oldest and of the newest value when the run began;
 * days begin at midnight UTC</td></tr>
 * <tr><td>{@code ColumnValues "c" > 0 with threshold > 0.9}, {@code ColumnLength}</td><td>the share of rows that keep the
 * {@linkplain io.crossfoot.contract.RowRule row rule}; without a threshold all must</td></tr>
 * <tr><td>{@code ReferentialIntegrity "c" "customers.d" > 0.9}, {@code "c,d" "sales.{e,f}"}</td><td>the share of rows
 * whose value is in a column of another table, or whose values are together in several</td></tr>
 * <tr><td>{@code RowCountMatch "sales" > 0.9}</td><td>rows by rows of the other table</td></tr>
 * <tr><td>{@code AggregateMatch "sum(c)" "sum(sales.d)" = 1}</td><td>a sum or an average ({@code avg}) by another, of
 * this table or of another one</td></tr>
 * <tr><td>{@code SchemaMatch "sales" > 0.9}</td><td>the share of columns that the other table has, too, in the same type;
 * 0 when one has more than the other</td></tr>
 * <tr><td>{@code CustomSql "SELECT …" = 0}</td><td>the one number that the query returns; the table is {@code
 * primary}</td></tr>
 * </table>
 *
 * <p>The other tables are {@code sales}, every row that was read, a value that cannot be read being null, and {@code
 * customers}, one row of each key. A number by another is 1 when both are zero, and 0 when the other alone is. Most rules
 * about values take a condition, {@code IsComplete "email" where "region = 'EU'"}, in Spark's SQL: they are then about
 * the rows for which it is true.
 *
 * <p>A share of no rows is 1, so that nothing breaks such a rule; a rule about any other number that does not exist, such
 * as the mean of nothing, does not hold. Rules may be joined: {@code (RowCount > 0) and (RowCount < 9)}; each part is
 * judged over the whole table. A rule with the comment {@code # warn} behind it warns, any other fails the run.
 */
public final class TableRule {
    private final RuleSource source;
    private final Severity severity;
    private final Check check;

    TableRule(RuleSource source, Severity severity, Check check) {
        this.source = source;
        this.severity = severity;
        this.check = check;
    }

    /**
     * Reads rules. Text without rules gives an empty list.
     *
     * @param now when the run began
     * @throws UsageException naming every rule that cannot be read or not be used here, with its line and column
     */
    public static List<TableRule> parse(Ruleset rules, Instant now) {
        return new TableRuleParser(now).parse(rules);
    }

    /** Reads rules that were in no file, as {@link #parse(Ruleset, Instant)} does. */
    public static List<TableRule> parse(String dqdl, Instant now) {
        return parse(Ruleset.of(dqdl), now);
    }

    /** The rule as it was written, on one line and without comments. */
    public String text() {
        return source.text();
    }

    /** What comes of it when the rule does not hold. */
    public Severity severity() {
        return severity;
    }

    /**
     * Says why this rule cannot be used on a table, if so: a message for the user, with line and column.
     *
     * @param columns those of the table
     * @param others those of the tables that rules may refer to, by their names
     */
    public Optional<String> problem(StructType columns, Map<String, StructType> others) {
        return check.metrics()
                .flatMap(metric -> metric.misfit(columns, others).stream())
                .findFirst()
                .map(misfit -> source.refusal(misfit.column(), misfit.reason()));
    }

    /** Says that this rule cannot be used, for a reason that ends the sentence. */
    String refusal(String reason) {
        return source.refusal("", reason);
    }

    /** Whether this rule asks for a number of the rows of another table, such as their sum. */
    public boolean isAbout(String other) {
        return check.metrics()
                .flatMap(Metric::measured)
                .anyMatch(metric -> metric instanceof Metric.OfOther number
                        && number.other().equals(other));
    }

    /** Whether this rule compares the table with another one. */
    public boolean refersTo(String other) {
        return check.metrics().flatMap(Metric::measured).anyMatch(metric -> metric.refersTo(other));
    }

    /** Whether this rule is about the rows for which a condition is true ({@code where}). */
    public boolean isConditional() {
        return check.metrics()
                .flatMap(metric -> Stream.concat(Stream.of(metric), metric.measured()))
                .anyMatch(metric -> metric.among().where().isPresent());
    }

    Check check() {
        return check;
    }

    @Override
    public String toString() {
        return source.text();
    }
}
