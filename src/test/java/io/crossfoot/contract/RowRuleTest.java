package io.crossfoot.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.shaded.dqdl.parser.DQDLParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowRuleTest {
    @Test
    void readsASectionOfRules() {
        List<RowRule> rules = RowRule.parse("Rules = [ IsComplete \"name\", ColumnValues \"quantity\" in [1, 2] ]");

        assertThat(rules)
                .extracting(RowRule::text)
                .containsExactly("IsComplete \"name\"", "ColumnValues \"quantity\" in [1, 2]");
        assertThat(rules).extracting(RowRule::column).containsExactly("name", "quantity");
    }

    @Test
    void readsBareRulesSeparatedByCommasOrLineEnds() {
        List<RowRule> rules = RowRule.parse("""
                # what a sale is
                IsComplete "name", IsComplete "day",
                ColumnValues "name" in [
                    "a",   # the first
                    "b, c # d"
                ]
                (ColumnValues "price" = NULL)
                    or (ColumnValues "price" > 0)\r
                ColumnValues
                  "quantity" > 0 # the last""");

        assertThat(rules)
                .extracting(RowRule::text)
                .containsExactly(
                        "IsComplete \"name\"",
                        "IsComplete \"day\"",
                        "ColumnValues \"name\" in [ \"a\", \"b, c # d\" ]",
                        "(ColumnValues \"price\" = NULL) or (ColumnValues \"price\" > 0)",
                        "ColumnValues \"quantity\" > 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "# nothing", "Rules = []", "Rules = [\n]"})
    void textWithoutRulesHasNone(String dqdl) {
        assertThat(RowRule.parse(dqdl)).isEmpty();
    }

    @Test
    void columnNamesMayBeBareOrHoldQuotes() {
        List<RowRule> rules = RowRule.parse("IsComplete order.id, IsComplete \"a \\\"b\\\" \\\\c\"");

        assertThat(rules).extracting(RowRule::column).containsExactly("order.id", "a \"b\" \\c");
    }

    static Stream<String> samples() {
        return RowRuleVerdicts.all().map(RowRuleVerdicts::rule);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void textParsesToTheSameRule(String dqdl) {
        RowRule rule =
                RowRule.parse("  " + dqdl.replace(" ", "\n \t") + " # why").get(0);

        RowRule again = RowRule.parse("Rules = [" + rule + "]").get(0);

        assertThat(again).isEqualTo(rule).hasSameHashCodeAs(rule);
        assertThat(again.column()).isEqualTo(rule.column());
        assertThat(again.condition()).isEqualTo(rule.condition());
    }

    @Test
    void knowsEveryRuleThatTheParserKnows() throws IOException {
        try (InputStream config = DQDLParser.class.getResourceAsStream("/io/crossfoot/shaded/dqdl/rules-config.json")) {
            String json = new String(config.readAllBytes(), StandardCharsets.UTF_8);

            Stream<String> names = Pattern.compile("\"rule_type_name\"\\s*:\\s*\"(\\w+)\"")
                    .matcher(json)
                    .results()
                    .map((MatchResult result) -> result.group(1));

            assertThat(Stream.concat(RowRuleParser.ROW_RULES.stream(), RowRuleParser.TABLE_RULES.stream()))
                    .containsExactlyInAnyOrderElementsOf(names.distinct().toList());
        }
    }
}
