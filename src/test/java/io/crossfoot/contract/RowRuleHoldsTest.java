package io.crossfoot.contract;

import static io.crossfoot.contract.RowRuleFrame.CONTRACT;
import static io.crossfoot.contract.RowRuleFrame.SESSIONS;
import static io.crossfoot.contract.RowRuleFrame.kept;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RowRuleHoldsTest {
    @ParameterizedTest
    @MethodSource("io.crossfoot.contract.RowRuleVerdicts#all")
    void keepsTheseValuesWithAnsiOnAndOff(RowRuleVerdicts verdicts) {
        RowRule rule = RowRule.parse(verdicts.rule()).get(0);

        for (SparkSession session : SESSIONS) {
            assertThat(kept(session, rule))
                    .as(session.conf().get("spark.sql.ansi.enabled"))
                    .isEqualTo(verdicts.kept());
        }
    }

    @Test
    void verdictsDoNotDependOnTheLocale() {
        Locale usual = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));

            RowRule rule =
                    RowRule.parse("ColumnValues \"name\" matches \"(?i)A\"").get(0);

            assertThat(kept(SESSIONS.get(0), rule)).containsExactly("a", "A");
        } finally {
            Locale.setDefault(usual);
        }
    }

    @Test
    void verdictsAreNeverNull() {
        Random random = new Random(20240131);
        List<Row> rows =
                Stream.generate(() -> RowRuleFrame.randomRow(random)).limit(500).toList();
        Column[] holds = RowRuleVerdicts.all()
                .map(verdicts -> RowRule.parse(verdicts.rule()).get(0).holds(CONTRACT))
                .toArray(Column[]::new);

        for (SparkSession session : SESSIONS) {
            Dataset<Row> frame = session.createDataFrame(rows, CONTRACT);
            List<Row> judged = frame.select(holds).collectAsList();
            // behind an exchange, the verdicts come from generated code
            List<Row> generated = frame.repartition(1).select(holds).collectAsList();

            assertThat(judged).hasSize(500).noneMatch(Row::anyNull);
            assertThat(generated).isEqualTo(judged);
        }
    }

    @Test
    void aRuleIsNotAppliedToAContractThatItDoesNotFit() {
        RowRule rule = RowRule.parse("ColumnValues \"day\" > 5").get(0);

        assertThatThrownBy(() -> rule.holds(CONTRACT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Cannot use rule 'ColumnValues \"day\" > 5' at line 1, column 14: column 'day' is DATE, and 5 is a number");
    }
}
