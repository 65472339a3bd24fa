package io.crossfoot.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.error.UsageException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowRuleRefusalTest {
    private static final StructType CONTRACT = StructType.fromDDL(
            "quantity BIGINT, price DECIMAL(12,2), ratio DOUBLE, name STRING, day DATE, at TIMESTAMP, paid BOOLEAN");

    static Stream<List<String>> refusals() {
        return Stream.of(
                List.of(
                        "ColumnValue \"quantity\" > 0",
                        "Cannot use rule '%s' at line 1, column 1: unknown rule 'ColumnValue'; did you mean 'ColumnValues'?"),
                List.of(
                        "isComplete \"name\"",
                        "Cannot use rule '%s' at line 1, column 1: unknown rule 'isComplete'; did you mean 'IsComplete'?"),
                List.of(
                        "Nonsense \"name\"",
                        "Cannot use rule '%s' at line 1, column 1: unknown rule 'Nonsense'; row rules are IsComplete, ColumnValues, ColumnLength"),
                List.of(
                        "RowCount > 5",
                        "Cannot use rule '%s' at line 1, column 1: RowCount judges a whole table, which is the work of --quality;"
                                + " row rules are IsComplete, ColumnValues, ColumnLength"),
                List.of(
                        "(Uniqueness \"id\" > 0.9) and (IsComplete \"id\")",
                        "Cannot use rule '%s' at line 1, column 1: Uniqueness judges a whole table, which is the work of --quality;"
                                + " row rules are IsComplete, ColumnValues, ColumnLength"),
                List.of("IsComplete", "Cannot use rule '%s' at line 1, column 1: it is written IsComplete \"column\""),
                List.of(
                        "IsComplete \"a\" \"b\"",
                        "Cannot use rule '%s' at line 1, column 1: it is written IsComplete \"column\""),
                List.of(
                        "IsComplete \"a\" > 3",
                        "Cannot use rule '%s' at line 1, column 1: it is written IsComplete \"column\""),
                List.of(
                        "ColumnValues \"a\"",
                        "Cannot use rule '%s' at line 1, column 1: it is written ColumnValues \"column\" and a comparison with numbers, strings"
                                + " or dates"),
                List.of(
                        "ColumnValues \"a\" > 3 days",
                        "Cannot use rule '%s' at line 1, column 1: it is written ColumnValues \"column\" and a comparison with numbers, strings"
                                + " or dates"),
                List.of(
                        "ColumnLength \"a\" = \"x\"",
                        "Cannot use rule '%s' at line 1, column 1: it is written ColumnLength \"column\" and a comparison with numbers"),
                List.of(
                        "ColumnLength \"a\" = NULL",
                        "Cannot use rule '%s' at line 1, column 1: a length is never NULL; use IsComplete"),
                List.of(
                        "ColumnValues \"a\" > NULL",
                        "Cannot use rule '%s' at line 1, column 1: NULL is neither more nor less than anything; compare it with = or !="),
                List.of(
                        "ColumnValues \"a\" between NULL and 3",
                        "Cannot use rule '%s' at line 1, column 1: NULL is neither more nor less than anything; compare it with = or !="),
                List.of(
                        "ColumnValues \"a\" > 1+2",
                        "Cannot use rule '%s' at line 1, column 1: '1+2' is not a plain number; write its value"),
                List.of(
                        "ColumnValues \"a\" > avg(last(3))",
                        "Cannot use rule '%s' at line 1, column 1: 'avg(last(3))' is not a plain number; write its value"),
                List.of(
                        "ColumnValues \"a\" in $regions",
                        "Cannot use rule '%s' at line 1, column 1: constants are not read; write the values of $regions in its place"),
                List.of(
                        "ColumnValues \"a\" > (now() - 3 days)",
                        "Cannot use rule '%s' at line 1, column 1: a row's verdict may not depend on the clock; write a date such as"
                                + " \"2024-01-31\" for now()"),
                List.of(
                        "ColumnValues \"a\" > \"10:30\"",
                        "Cannot use rule '%s' at line 1, column 1: \"10:30\" is a time of day; write a date such as \"2024-01-31\""),
                List.of(
                        "ColumnValues \"a\" > \"2024-02-30\"",
                        "Cannot use rule '%s' at line 1, column 1: there is no day \"2024-02-30\""),
                List.of(
                        "ColumnValues \"a\" matches \"[a-z\"",
                        "Cannot use rule '%s' at line 1, column 1: '[a-z' is not a regular expression: Unclosed character class"),
                List.of(
                        "ColumnValues \"a\" > 3 where \"b = 1\"",
                        "Cannot use rule '%s' at line 1, column 1: what 'where' asks is free SQL, whose answer may change with settings or the"
                                + " clock; leave it out"),
                List.of(
                        "ColumnValues \"a\" > 3 with threshold > 0.5",
                        "Cannot use rule '%s' at line 1, column 1: 'with threshold' is for rules that judge a whole table, and a row keeps a"
                                + " rule or breaks it; leave it out"),
                List.of(
                        "(IsComplete \"a\") or (IsComplete \"b\")",
                        "Cannot use rule '%s' at line 1, column 1: it is about several columns (a, b); join only rules about one column"),
                List.of(
                        "(IsComplete \"a\") and (ColumnValues \"a\")",
                        "Cannot use rule '%s' at line 1, column 1: Unexpected condition for rule of type ColumnValues with string return type"),
                List.of(
                        "(((((((IsComplete \"a\") or (IsComplete \"a\")) or (IsComplete \"a\")) or (IsComplete \"a\"))"
                                + " or (IsComplete \"a\")) or (IsComplete \"a\")) or (IsComplete \"a\"))",
                        "Cannot use rule '%s' at line 1, column 1: Maximum nested expression depth of 5 reached for composite rule"),
                List.of(
                        "ColumnValues \"a\" matches \"(?x)a # b\"",
                        "Cannot use rule '%s' at line 1, column 1: '(?x)a # b' is not a regular expression: Unclosed group"),
                List.of(
                        "ColumnValues \"a\" >> 3",
                        "Cannot read rule '%s' at line 1, column 19: unexpected '>'; a rule is written like ColumnValues"
                                + " \"quantity\" > 0"),
                List.of(
                        "ColumnValues \"a\" in []",
                        "Cannot read rule '%s' at line 1, column 22: unexpected ']'; a rule is written like ColumnValues"
                                + " \"quantity\" > 0"),
                List.of(
                        "ColumnValues \"a\" >",
                        "Cannot read rule '%s' at line 1, column 19: it ends too soon; a rule is written like ColumnValues"
                                + " \"quantity\" > 0"),
                List.of(
                        "ColumnValues \"a\" = 'x'",
                        "Cannot read rule '%s' at line 1, column 20: unexpected '''; a rule is written like ColumnValues"
                                + " \"quantity\" > 0"),
                List.of(
                        "ColumnValues \"a\" > 1 2",
                        "Cannot read rule '%s' at line 1, column 22: unexpected '2'; a rule is written like ColumnValues"
                                + " \"quantity\" > 0"),
                List.of(
                        "ColumnValues \"a\" > 5 %",
                        "Cannot read rules at line 1, column 22: unexpected '%%'; a rule is written like ColumnValues"
                                + " \"quantity\" > 0"),
                List.of(
                        "Rules = [ IsComplete \"a\" ] Analyzers = [ Mean \"a\" ]",
                        "Cannot read rules: the text has sections (Rules, Analyzers), and is not just one Rules = [ ... ];"
                                + " leave out constants, metadata, data sources and analyzers"),
                List.of(
                        "x = \"1\" Rules = [ IsComplete \"a\" ]",
                        "Cannot read rules: the text has sections (Rules), and is not just one Rules = [ ... ]; leave out"
                                + " constants, metadata, data sources and analyzers"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesWithReasonAndRemedy(List<String> refusal) {
        String dqdl = refusal.get(0);

        assertThatThrownBy(() -> RowRule.parse(dqdl))
                .isInstanceOf(UsageException.class)
                .hasMessage(refusal.get(1), dqdl);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ColumnValues \"a\" betwen 1 and 5 | 18 | unexpected 'betwen'; did you mean 'between'?",
                "ColumnValues \"a\" BETWEEN 1 and 5 | 18 | unexpected 'BETWEEN'; did you mean 'between'?",
                "ColumnValues \"a\" matchs \"x\" | 18 | unexpected 'matchs'; did you mean 'matches'?",
                "ColumnValues \"a\" in [1, NUL] | 25 | unexpected 'NUL'; did you mean 'NULL'?",
                "ColumnValues \"a\" nott in [1] | 18 | unexpected 'nott'; did you mean 'not'?",
                "ColumnValues \"a\" > 3 wiht threshold > 0.5 | 22 | unexpected 'wiht'; a rule is written like ColumnValues \"quantity\" > 0",
                "ColumnValues \"a\" > 3 wit threshold > 0.5 | 22 | unexpected 'wit'; did you mean 'with'?",
                "ColumnValues \"a\" > 3 whre | 22 | unexpected 'whre'; did you mean 'where'?",
                "Ruls = [ IsComplete \"a\" ] | 1 | unexpected 'Ruls'; did you mean 'Rules'?",
            })
    void aWordWithATypoIsNamed(String dqdl, int column, String reason) {
        assertThatThrownBy(() -> RowRule.parse(dqdl))
                .isInstanceOf(UsageException.class)
                .hasMessage("Cannot read rule '%s' at line 1, column %d: %s", dqdl, column, reason);
    }

    @Test
    void aTypoInOneOfTheRulesThatAreJoinedHasItsOwnPlace() {
        assertThatThrownBy(() -> RowRule.parse("(IsComplete \"a\") and\n  (IsComplet \"a\")"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("at line 2, column 4: unknown rule 'IsComplet'; did you mean 'IsComplete'?");
    }

    @Test
    void theFileOfTheRulesIsNamed() {
        String dqdl = """
                Rules = [
                    IsComplete "nam",
                    IsComplet "name",
                    IsComplete > "name",
                    IsComplete "name" % ]""";
        Ruleset wrong = new Ruleset(dqdl.replace("%", ""), Optional.of("sales.dqdl"));

        assertThatThrownBy(() -> RowRule.parse(wrong))
                .hasMessageContaining("at line 3, column 5 of sales.dqdl: unknown rule 'IsComplet'")
                .hasMessageContaining("at line 4, column 18 of sales.dqdl: unexpected '\"name\"'");
        assertThatThrownBy(() -> RowRule.parse(new Ruleset(dqdl, wrong.file())))
                .hasMessageContaining("Cannot read rules at line 5, column 23 of sales.dqdl: unexpected '%'");
        RowRule rule = RowRule.parse(new Ruleset("\n IsComplete \"nam\"", wrong.file()))
                .get(0);
        assertThat(rule.problem(CONTRACT))
                .hasValue("Cannot use rule 'IsComplete \"nam\"' at line 2, column 13 of sales.dqdl: the contract has no"
                        + " column 'nam'; did you mean 'name'?");
    }

    @Test
    void namesAllProblemsAtOnceWithTheirPlaces() {
        String dqdl = """
                Rules = [
                    IsComplet "name",
                    ColumnValues "quantity" > 0,
                    ColumnLength "name" >> 3,
                    RowCount > 5
                ]""";

        assertThatThrownBy(() -> RowRule.parse(dqdl))
                .isInstanceOf(UsageException.class)
                .hasMessage("""
                        Cannot start: 3 settings are wrong
                          - Cannot use rule 'IsComplet "name"' at line 2, column 5: unknown rule 'IsComplet'; did you mean 'IsComplete'?
                          - Cannot read rule 'ColumnLength "name" >> 3' at line 4, column 26: unexpected '>'; a rule is \
                        written like ColumnValues "quantity" > 0
                          - Cannot use rule 'RowCount > 5' at line 5, column 5: RowCount judges a whole table, which is the \
                        work of --quality; row rules are IsComplete, ColumnValues, ColumnLength""");
    }

    static Stream<List<String>> misfits() {
        return Stream.of(
                List.of("IsComplete \"nam\"", "the contract has no column 'nam'; did you mean 'name'?"),
                List.of("IsComplete \"Name\"", "the contract has no column 'Name'; did you mean 'name'?"),
                List.of("IsComplete \"elsewhere\"", "the contract has no column 'elsewhere'"),
                List.of("ColumnLength \"quantity\" > 3", "column 'quantity' is BIGINT, and only a STRING has a length"),
                List.of(
                        "ColumnValues \"price\" matches \"1.*\"",
                        "column 'price' is DECIMAL(12,2), and only a STRING has characters to match"),
                List.of("ColumnValues \"day\" > 5", "column 'day' is DATE, and 5 is a number"),
                List.of("ColumnValues \"name\" between 1 and 5", "column 'name' is STRING, and 1 is a number"),
                List.of("ColumnValues \"paid\" != 1", "column 'paid' is BOOLEAN, and 1 is a number"),
                List.of(
                        "ColumnValues \"quantity\" in [NULL, \"a\"]",
                        "column 'quantity' is BIGINT, and \"a\" is a string"),
                List.of("ColumnValues \"quantity\" = EMPTY", "column 'quantity' is BIGINT, and \"\" is a string"),
                List.of(
                        "ColumnValues \"quantity\" in [WHITESPACES_ONLY]",
                        "column 'quantity' is BIGINT, and only a STRING has characters to match"),
                List.of(
                        "ColumnValues \"name\" = \"2024-01-31\"",
                        "column 'name' is STRING, and \"2024-01-31\" is a date"),
                List.of(
                        "ColumnValues \"at\" > \"2024-01-31\"",
                        "column 'at' is TIMESTAMP, and which day a TIMESTAMP falls on depends on the time zone; make it a DATE"),
                List.of(
                        "ColumnValues \"ratio\" < 0.1",
                        "column 'ratio' is DOUBLE, and its values are not exact; make it a DECIMAL"),
                List.of(
                        "(ColumnValues \"name\" = NULL) or (ColumnValues \"name\" > 5)",
                        "column 'name' is STRING, and 5 is a number"));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void saysWhyARuleDoesNotFitAContract(List<String> misfit) {
        RowRule rule = RowRule.parse(misfit.get(0)).get(0);

        int column = misfit.get(0).indexOf('"') + 1;
        assertThat(rule.problem(CONTRACT))
                .hasValue("Cannot use rule '%s' at line 1, column %d: %s"
                        .formatted(misfit.get(0), column, misfit.get(1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "IsComplete \"at\"",
                "ColumnValues \"paid\" in [NULL]",
                "ColumnValues \"ratio\" != NULL",
                "ColumnValues \"day\" = \"2024-01-31\"",
                "ColumnValues \"quantity\" > 0.5",
                "ColumnLength \"name\" > 3"
            })
    void aRuleThatFitsHasNoProblem(String dqdl) {
        assertThat(RowRule.parse(dqdl).get(0).problem(CONTRACT)).isEmpty();
    }
}
