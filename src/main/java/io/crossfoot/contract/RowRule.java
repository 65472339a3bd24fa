package io.crossfoot.contract;

import io.crossfoot.error.NearMiss;
import io.crossfoot.error.UsageException;
import io.crossfoot.source.Identifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * A rule that each row keeps or breaks by itself, written in DQDL, the language of AWS Glue Data Quality.
 *
 * <table>
 * <caption>What is understood</caption>
 * <tr><th>rule</th><th>a row keeps it when</th><th>a null</th></tr>
 * <tr><td>{@code IsComplete "c"}</td><td>there is a value; an empty string is one</td><td>breaks it</td></tr>
 * <tr><td>{@code ColumnValues "c" = 5}, {@code in [5, 6]}</td><td>the value is listed</td><td>breaks it, unless {@code
 * NULL} is listed</td></tr>
 * <tr><td>{@code ColumnValues "c" != 5}, {@code not in [5, 6]}</td><td>the value is not listed</td><td>keeps it, unless
 * {@code NULL} is listed</td></tr>
 * <tr><td>{@code ColumnValues "c" > 5}, {@code >=}, {@code <}, {@code <=}</td><td>the value is so</td><td>breaks
 * it</td></tr>
 * <tr><td>{@code ColumnValues "c" between 5 and 9}</td><td>the value lies inside, <b>ends excluded</b></td><td>breaks
 * it</td></tr>
 * <tr><td>{@code ColumnValues "c" not between 5 and 9}</td><td>the value lies outside or is an end</td><td>breaks
 * it</td></tr>
 * <tr><td>{@code ColumnValues "c" matches "[a-z]+"}</td><td>the whole value matches the Java regular
 * expression</td><td>breaks it</td></tr>
 * <tr><td>{@code ColumnValues "c" not matches "[a-z]+"}</td><td>the whole value does not match it</td><td>breaks
 * it</td></tr>
 * <tr><td>{@code ColumnLength "c" > 4}, and every other comparison with numbers</td><td>the number of characters (code
 * points) is so</td><td>has length 0</td></tr>
 * </table>
 *
 * <p>This is what the DQDL reference says of nulls and of ends. Where AWS's own engine, Deequ, departs from the
 * reference ({@code not matches}, lengths that are {@code not between}, keywords beside {@code not in}), the reference
 * is followed. A list of strings may also hold {@code NULL}, {@code EMPTY} and {@code WHITESPACES_ONLY} (white space of
 * any script, at least one). Rules about <b>one</b> column may be joined: {@code (ColumnValues "c" = NULL) or
 * (ColumnLength "c" > 5)}.
 *
 * <p>Numbers are compared exactly, as decimals, with whole-number and {@code DECIMAL} columns; dates such as {@code
 * "2024-01-31"} with {@code DATE} columns; strings, by their code points, with {@code STRING} columns. A verdict never
 * depends on ANSI mode, time zone, locale or clock. In a quoted string {@code \"} is a quote and {@code \\} a backslash;
 * a regular expression is taken as it stands.
 */
public final class RowRule {
    private final RuleSource source;
    private final String column;
    private final RowRuleCondition condition;

    RowRule(RuleSource source, String column, RowRuleCondition condition) {
        this.source = source;
        this.column = column;
        this.condition = condition;
    }

    /**
     * Reads rules. Text without rules gives an empty list.
     *
     * @throws UsageException naming every rule that cannot be read or is not a row rule, with its line and column
     */
    public static List<RowRule> parse(Ruleset rules) {
        return RuleSource.read(rules, RowRuleParser::rule);
    }

    /** Reads rules that were in no file, as {@link #parse(Ruleset)} does. */
    public static List<RowRule> parse(String dqdl) {
        return parse(Ruleset.of(dqdl));
    }

    /**
     * Reads one rule, which is a part of another.
     *
     * @throws IllegalArgumentException that says why it is no row rule, as the end of a sentence
     */
    public static RowRule part(String dqdl) {
        return RowRuleParser.rule(RuleSource.split(Ruleset.of(dqdl)).get(0));
    }

    /** The rule as it was written, on one line and without comments. Parsing it again gives an equal rule. */
    public String text() {
        return source.text();
    }

    /** The name of the one column that the rule is about, spelled as in the rule. */
    public String column() {
        return column;
    }

    /** Says why this rule cannot be used on rows of {@code contract}, if so: a message for the user, with line and column. */
    public Optional<String> problem(StructType contract) {
        List<String> names = Arrays.asList(contract.fieldNames());
        Optional<String> reason = names.contains(column)
                ? misfit(contract.apply(column).dataType())
                : Optional.of("the contract has no column '%s'%s".formatted(column, NearMiss.hint(column, names)));
        return reason.map(why -> source.refusal(column, why));
    }

    /** Says why this rule cannot be used on a column of this type, if so, as the end of a sentence. */
    public Optional<String> misfit(DataType type) {
        return condition.misfit(type).map(misfit -> "column '%s' is %s, and %s".formatted(column, type.sql(), misfit));
    }

    /**
     * Returns whether a row of {@code contract} keeps this rule: true or false, never null. The row has the column under
     * its name and with its type in the contract.
     *
     * @throws IllegalArgumentException when the rule has a {@link #problem}
     */
    public Column holds(StructType contract) {
        problem(contract).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        Column value = Identifier.column(column);
        return condition.holds(value, contract.apply(column).dataType());
    }

    RowRuleCondition condition() {
        return condition;
    }

    /** Rules are equal when their texts are. */
    @Override
    public boolean equals(Object other) {
        return other instanceof RowRule && text().equals(((RowRule) other).text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }

    /** Returns {@link #text}. */
    @Override
    public String toString() {
        return text();
    }
}
