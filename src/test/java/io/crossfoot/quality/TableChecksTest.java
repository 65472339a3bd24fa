package io.crossfoot.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.crossfoot.error.UsageException;
import io.crossfoot.testing.Frames;
import io.crossfoot.testing.LocalSpark;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LocalSpark.class)
class TableChecksTest {
    private static final Instant NOW = Instant.parse("2024-01-04T00:00:00Z");
    private static final String COLUMNS = "id INT, shop STRING, price DECIMAL(12,2), day DATE";

    private static Dataset<Row> table() {
        return Frames.frame(
                LocalSpark.session(),
                COLUMNS,
                "1|a|1.50|2024-01-01",
                "2|a|2.50|2024-01-02",
                "3|b|null|2024-01-03",
                "4|null|6.00|null");
    }

    private static Dataset<Row> empty() {
        return table().filter("id > 9");
    }

    private static TableChecks checks(String dqdl) {
        Dataset<Row> customers = Frames.frame(LocalSpark.session(), "shop STRING, id STRING", "a|1", "x|3");
        Dataset<Row> sales = Frames.frame(
                LocalSpark.session(), "shop STRING, id INT, price DECIMAL(12,2), week INT", "a|1|2.50|1", "x|3|5.50|1");
        return new TableChecks(
                "shops",
                TableRule.parse(dqdl, NOW),
                table(),
                References.of(Map.of("customers", customers, "sales", sales)));
    }

    private static List<RuleResult> judged(String dqdl) {
        return checks(dqdl).judge(table());
    }

    @Test
    void aWordWithATypoIsNamed() {
        assertThatThrownBy(() -> TableRule.parse("RowCount > 0,\nMean \"id\" betwen 1 and 5, Mean id > 3 wit x", NOW))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("at line 2, column 11: unexpected 'betwen'; did you mean 'between'?")
                .hasMessageContaining("at line 2, column 39: unexpected 'wit'; did you mean 'with'?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "RowCount = 4 | 4",
                "ColumnCount = 4 | 4",
                "ColumnExists \"shop\" | 1",
                "ColumnNamesMatchPattern \"[a-z]+\" | 1",
                "Completeness \"shop\" = 0.75 | 0.75",
                "IsComplete \"id\" | 1",
                "Uniqueness \"shop\" between 0.33 and 0.34 | 0.333333",
                "IsUnique \"id\" | 1",
                "IsPrimaryKey \"id\" \"day\" | 0.75",
                "UniqueValueRatio \"shop\" = 0.5 | 0.5",
                "DistinctValuesCount \"shop\" = 2 | 2",
                "Entropy \"shop\" > 0.6 | 0.636514",
                "Mean \"price\" > 3 | 3.333333",
                "Sum \"price\" = 10 | 10.00",
                "Sum \"id\" in [9, 10] | 10",
                "StandardDeviation \"id\" > 1 | 1.118034",
                "ColumnCorrelation \"id\" \"price\" > 0.9 | 0.992778",
                "ColumnDataType \"price\" = \"DOUBLE\" | 1",
                "ColumnDataType \"price\" = \"INTEGER\" with threshold < 0.1 | 0",
                "DataFreshness \"day\" <= 3 days | 72",
                "DataFreshness \"day\" > 1439 minutes | 72",
                "ColumnValues \"id\" > 1 with threshold >= 0.75 | 0.75",
                "ColumnValues \"shop\" in [\"a\", \"b\"] with threshold between 0.7 and 0.8 | 0.75",
                "ColumnValues \"day\" >= \"2024-01-02\" with threshold = 0.5 | 0.5",
                "ColumnLength \"shop\" not between 1 and 9 | 1",
                "ReferentialIntegrity \"shop\" \"customers.shop\" = 0.5 | 0.5",
                "ReferentialIntegrity \"shop,id\" \"customers.{shop,id}\" = 0.25 | 0.25",
                "ReferentialIntegrity \"shop,id\" \"sales.{shop,id}\" = 0.25 | 0.25",
                "RowCountMatch \"sales\" = 2 | 2",
                "AggregateMatch \"sum(price)\" \"sum(sales.price)\" = 1.25 | 1.25",
                "AggregateMatch \"AVG(primary.id)\" \"AVG(sales.id)\" = 1.25 | 1.25",
                "AggregateMatch \"sum(sales.id)\" \"sum(id)\" = 0.4 | 0.4",
                "SchemaMatch \"sales\" = 0.75 | 0.75",
                "SchemaMatch \"customers\" = 0 | 0",
                "RowCount = 2 where \"shop = 'a'\" | 2",
                "Completeness \"shop\" = 0.5 where \"price > 1.5\" | 0.5",
                "IsComplete \"shop\" where \"id < 4\" | 1",
                "Uniqueness \"shop\" = 1 where \"id > 1\" | 1",
                "IsUnique \"shop\" where \"id > 1\" | 1",
                "DistinctValuesCount \"shop\" = 1 where \"id < 3\" | 1",
                "Mean \"price\" = 2 where \"shop = 'a'\" | 2",
                "Sum \"id\" = 7 where \"coalesce(shop, \\\"b\\\") = 'b'\" | 7",
                "StandardDeviation \"id\" = 0.5 where \"shop = 'a'\" | 0.5",
                "ColumnCorrelation \"id\" \"price\" > 0.999 where \"id < 3\" | 1",
                "ColumnDataType \"price\" = \"INTEGER\" where \"price > 9\" | 1",
                "DataFreshness \"day\" <= 2 days where \"id > 1\" | 48",
                "ColumnValues \"id\" > 1 where \"shop = 'a'\" with threshold = 0.5 | 0.5",
                "ColumnLength \"shop\" = 1 where \"shop IS NOT NULL\" | 1",
                "CustomSql \"SELECT count(*) FROM primary WHERE price > 2\" = 2 | 2",
                "CustomSql \"SELECT count(*) FROM sales\" = 2 | 2",
                "CustomSql \"SELECT count(*) FROM primary LEFT ANTI JOIN customers USING (shop);\" = 2 | 2",
                "(RowCount > 9) or (RowCount > 3) | 4",
            })
    void measures(String rule, double expected) {
        RuleResult result = judged(rule).get(0);

        assertThat(result.measures().get(0).value().doubleValue())
                .as(result.inWords())
                .isEqualTo(expected, within(1e-6));
        assertThat(result.holds()).as(result.inWords()).isEqualTo(!rule.startsWith("IsPrimaryKey"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RowCount > 4",
                "IsComplete \"shop\"",
                "IsUnique \"shop\"",
                "IsPrimaryKey \"day\"",
                "ColumnExists \"shops\"",
                "Sum \"price\" between 10 and 11",
                "DataFreshness \"day\" <= 71 hours",
                "ColumnValues \"id\" > 1",
                "(RowCount = 4) and (IsComplete \"shop\")",
                "CustomSql \"SELECT max(price) FROM primary WHERE id > 9\" > 0",
            })
    void doesNotHold(String rule) {
        assertThat(judged(rule)).singleElement().satisfies(result -> {
            assertThat(result.holds()).isFalse();
            assertThat(result.refusal())
                    .hasValueSatisfying(why -> assertThat(why)
                            .startsWith("Cannot publish: rule %s of shops does not hold: ".formatted(rule)));
        });
    }

    @Test
    void nothingBreaksARuleAboutRowsThatAreNotThere() {
        String dqdl = """
                IsComplete "shop"
                IsUnique "shop"
                ColumnValues "id" > 1
                ReferentialIntegrity "shop" "customers.shop" = 1
                Mean "price" > 0
                """;

        assertThat(checks(dqdl).judge(empty()))
                .extracting(RuleResult::holds)
                .containsExactly(true, true, true, true, false);
    }

    @Test
    void theMarkBehindARuleWarns() {
        String dqdl = """
                # warn
                Rules = [
                    RowCount > 9,  # warn: it is early
                    IsComplete "shop", # warning
                    ColumnValues "shop" != "# warn",
                    ColumnValues "shop" in ["👍","👎"], # warn
                    IsUnique "shop" ] # warn
                """;

        assertThat(TableRule.parse(dqdl, NOW))
                .extracting(TableRule::severity)
                .containsExactly(Severity.WARN, Severity.FAIL, Severity.FAIL, Severity.WARN, Severity.WARN);
    }

    @Test
    void everyWrongRuleIsNamed() {
        String dqdl = """
                Rules = [
                    RowCout > 0,
                    DetectAnomalies "RowCount",
                    Mean "price" > avg(last(3)),
                    Mean "price",
                    Uniqueness "id" "shop" > 0.5,
                    RowCount > 0 with threshold > 0.5,
                    DataFreshness "day" != 3 days,
                    ReferentialIntegrity "shop" "shops.id" = 1,
                    RowCountMatch "customer" > 1,
                    AggregateMatch "max(id)" "max(sales.id)" = 1,
                    DatasetMatch "customers" "shop" > 0.9,
                    RowCountMatch "sales" > 1 where "id > 1"
                ]""";

        assertThatThrownBy(() -> TableRule.parse(dqdl, NOW))
                .isInstanceOf(UsageException.class)
                .hasMessage("""
                Cannot start: 12 settings are wrong
                  - Cannot use rule 'RowCout > 0' at line 2, column 5: unknown rule 'RowCout'; did you mean 'RowCount'?
                  - Cannot use rule 'DetectAnomalies "RowCount"' at line 3, column 5: what is unusual against earlier runs is told of every run
                  - Cannot use rule 'Mean "price" > avg(last(3))' at line 4, column 5: 'avg(last(3))' is not a plain number; write its value \
                (what is unusual against earlier runs is told of every run)
                  - Cannot use rule 'Mean "price"' at line 5, column 5: it does not say what the number must be, or not by a number
                  - Cannot use rule 'Uniqueness "id" "shop" > 0.5' at line 6, column 5: Uniqueness takes other columns or texts than these
                  - Cannot use rule 'RowCount > 0 with threshold > 0.5' at line 7, column 5: Threshold condition not supported for rule \
                type: RowCount
                  - Cannot use rule 'DataFreshness "day" != 3 days' at line 8, column 5: ages are compared by <, <=, >, >=, = or between
                  - Cannot use rule 'ReferentialIntegrity "shop" "shops.id" = 1' at line 9, column 5: there is no table 'shops'; the others \
                are sales and customers
                  - Cannot use rule 'RowCountMatch "customer" > 1' at line 10, column 5: there is no table 'customer'; did you mean \
                'customers'?
                  - Cannot use rule 'AggregateMatch "max(id)" "max(sales.id)" = 1' at line 11, column 5: it is written AggregateMatch \
                "sum(quantity)" "sum(sales.quantity)" > 0.95, with sum or avg of one column
                  - Cannot use rule 'DatasetMatch "customers" "shop" > 0.9' at line 12, column 5: it compares the values of two tables row \
                by row; ask for the number with CustomSql
                  - Cannot use rule 'RowCountMatch "sales" > 1 where "id > 1"' at line 13, column 5: Where clause is not supported for rule \
                type: RowCountMatch""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "IsComplete \"shopp\" | 12 | there is no column 'shopp'; did you mean 'shop'?",
                "IsPrimaryKey \"id\" \"days\" | 19 | there is no column 'days'; did you mean 'day'?",
                "Mean \"shop\" > 1 | 6 | column 'shop' is STRING, and only numbers can be computed with",
                "DataFreshness \"shop\" < 1 days | 15 | column 'shop' is STRING, and only a DATE or a TIMESTAMP has an age",
                "ColumnLength \"id\" > 1 | 14 | column 'id' is INT, and only a STRING has a length",
                "ReferentialIntegrity \"shop\" \"customers.sho\" > 0 | 29 | there is no column 'sho'; did you mean 'shop'? (in customers)",
                "AggregateMatch \"sum(id)\" \"sum(sales.ids)\" = 1 | 1 | there is no column 'ids'; did you mean 'id'? (in sales)",
                "AggregateMatch \"sum(id)\" \"sum(sales.shop)\" = 1 | 1 | column 'shop' is STRING, and only numbers can be computed with (in sales)",
                "CustomSql \"SELECT id, shop FROM primary\" = 0 | 1 | the query returns (id INT,shop STRING), and not one number",
            })
    void refusesWhatTheTableCannotBeAsked(String rule, int column, String reason) {
        assertThatThrownBy(() -> judged(rule))
                .isInstanceOf(UsageException.class)
                .hasMessage("Cannot use rule '%s' at line 1, column %d: %s", rule, column, reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shopp = 'a'", "id + 1", "id >", "count(*) > 1", "rand() > 0.5"})
    void refusesAConditionThatCannotBeAsked(String where) {
        String rule = "IsComplete \"shop\" where \"%s\"".formatted(where);

        assertThatThrownBy(() -> judged(rule))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("Cannot use rule '%s' at line 1, column 1: ".formatted(rule))
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DROP VIEW primary", "SELECT nothing FROM primary", "1); DROP VIEW primary; --"})
    void refusesWhatIsNoQuery(String sql) {
        assertThatThrownBy(() -> judged("CustomSql \"%s\" = 0".formatted(sql)))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("Cannot use rule 'CustomSql \"%s\" = 0' at line 1, column 1: ".formatted(sql))
                .hasMessageNotContaining("\tat ");
    }
}
