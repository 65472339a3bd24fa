package io.crossfoot.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazon.deequ.dqdl.EvaluateDataQuality;
import io.crossfoot.testing.Frames;
import io.crossfoot.testing.LocalSpark;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import scala.collection.immutable.Map$;

/** The engine that Glue Data Quality stands on, as the judge of our evaluation: same rules, same frames, same verdicts. */
class DeequTest {
    private static final SparkSession SPARK = session();
    private static final String COLUMNS = "id INT, shop STRING, price DECIMAL(12,2), day DATE";
    private static final List<String> WHOLE =
            List.of("1|a|1.50|2024-01-01", "2|a|2.50|2024-01-02", "3|b|4.00|2024-01-03", "4|cc|6.00|2024-01-03");
    private static final List<String> GAPS =
            List.of("1|a|1.50|2024-01-01", "2|a|2.50|2024-01-02", "3|b|null|2024-01-03", "4|null|6.00|null");

    /** Deequ looks at another number there, such as the least value or the share of fresh rows, or mixes up several. */
    private static final List<String> VERDICT_ONLY =
            List.of("IsPrimaryKey", "DataFreshness", "ColumnValues", "ColumnLength", "CustomSql");

    private static final List<String> RULES = List.of(
            "RowCount = 4",
            "RowCount > 4",
            "RowCount in [3, 4]",
            "ColumnCount = 4",
            "ColumnCount != 4",
            "ColumnExists \"shop\"",
            "ColumnExists \"shops\"",
            "ColumnNamesMatchPattern \"[a-z]+\"",
            "ColumnNamesMatchPattern \"[0-9]+\"",
            "Completeness \"shop\" = 0.75",
            "Completeness \"shop\" between 0.75 and 1",
            "Completeness \"shop\" not between 0.75 and 0.8",
            "IsComplete \"id\"",
            "IsComplete \"shop\"",
            "Uniqueness \"shop\" between 0.33 and 0.34",
            "Uniqueness \"shop\" <= 0.5",
            "IsUnique \"id\"",
            "IsUnique \"shop\"",
            "IsUnique \"day\"",
            "IsPrimaryKey \"id\"",
            "IsPrimaryKey \"day\"",
            "IsPrimaryKey \"shop\" \"price\"",
            "UniqueValueRatio \"shop\" = 0.5",
            "DistinctValuesCount \"price\" = 4",
            "DistinctValuesCount \"shop\" > 3",
            "Entropy \"shop\" > 0.7",
            "Mean \"price\" > 3.4",
            "Mean \"id\" < 2.5",
            "Sum \"price\" = 10",
            "Sum \"id\" in [9, 10]",
            "StandardDeviation \"id\" > 1",
            "ColumnCorrelation \"id\" \"price\" > 0.99",
            "ColumnDataType \"id\" = \"INTEGER\"",
            "ColumnDataType \"shop\" = \"DATE\"",
            "ColumnDataType \"day\" = \"DATE\"",
            "ColumnDataType \"price\" = \"INTEGER\"",
            "DataFreshness \"day\" <= 3 days",
            "DataFreshness \"day\" > 1439 minutes",
            "ColumnValues \"id\" > 1",
            "ColumnValues \"id\" > 1 with threshold >= 0.75",
            "ColumnValues \"price\" >= 1.5",
            "ColumnValues \"id\" between 0 and 5",
            "ColumnValues \"id\" between 1 and 5",
            "ColumnValues \"id\" in [1, 2, 3]",
            "ColumnValues \"shop\" in [\"a\", \"b\", \"cc\"]",
            "ColumnValues \"shop\" matches \"[a-z]+\"",
            "ColumnValues \"shop\" matches \"[a-z]\" with threshold > 0.7",
            "ColumnValues \"day\" > \"2023-12-31\"",
            "ColumnValues \"day\" >= \"2024-01-02\" with threshold between 0.7 and 0.8",
            "ColumnLength \"shop\" < 2",
            "ColumnLength \"shop\" >= 1",
            "ColumnLength \"shop\" between 0 and 3",
            "ReferentialIntegrity \"shop\" \"customers.shop\" = 0.5",
            "ReferentialIntegrity \"shop,id\" \"customers.{shop,id}\" >= 0.5",
            "ReferentialIntegrity \"id,shop\" \"sales.{id,shop}\" = 0.5",
            "RowCountMatch \"sales\" = 2",
            "RowCountMatch \"customers\" < 2",
            "AggregateMatch \"sum(id)\" \"sum(sales.id)\" = 2",
            "AggregateMatch \"avg(sales.price)\" \"avg(id)\" > 1",
            "SchemaMatch \"sales\" = 0.75",
            "SchemaMatch \"customers\" > 0",
            "RowCount = 2 where \"id > 2\"",
            "Completeness \"shop\" = 0.5 where \"id > 2\"",
            "IsComplete \"shop\" where \"id < 4\"",
            "Uniqueness \"shop\" > 0.9 where \"id > 1\"",
            "IsUnique \"shop\" where \"id < 3\"",
            "IsPrimaryKey \"id\" where \"id > 1\"",
            "UniqueValueRatio \"shop\" = 1 where \"id > 1\"",
            "DistinctValuesCount \"shop\" = 1 where \"id < 3\"",
            "Entropy \"shop\" > 0 where \"id < 3\"",
            "Mean \"id\" = 1.5 where \"shop = 'a'\"",
            "Sum \"price\" = 4 where \"shop = 'a'\"",
            "StandardDeviation \"id\" = 0.5 where \"shop = 'a'\"",
            "ColumnCorrelation \"id\" \"price\" > 0.9 where \"id < 3\"",
            "ColumnDataType \"day\" = \"DATE\" where \"id < 4\"",
            "DataFreshness \"day\" > 1 days where \"id < 4\"",
            "ColumnValues \"id\" > 2 where \"price > 3\"",
            "ColumnValues \"shop\" in [\"a\"] where \"id < 3\"",
            "ColumnLength \"shop\" = 1 where \"id < 4\"",
            "CustomSql \"SELECT count(*) FROM primary WHERE price > 2\" = 2",
            "CustomSql \"SELECT count(*) FROM primary LEFT ANTI JOIN customers USING (shop)\" > 2",
            "(RowCount > 9) or (RowCount > 3)",
            "(RowCount > 9) and (RowCount > 3)");

    /** What we judge otherwise, each with its frame, and on purpose. */
    private static final Map<String, String> DEPARTURES = Map.ofEntries(
            Map.entry("gaps: IsPrimaryKey \"shop\" \"price\"", "no part of a key may be null; Deequ asks one alone"),
            Map.entry("gaps: DistinctValuesCount \"price\" = 4", "null is no value"),
            Map.entry("gaps: DistinctValuesCount \"shop\" > 3", "null is no value"),
            Map.entry("gaps: ColumnDataType \"day\" = \"DATE\"", "null is no value, of whatever type"),
            Map.entry("whole: ColumnDataType \"price\" = \"INTEGER\"", "1.50 is no whole number; Deequ cuts it to one"),
            Map.entry("gaps: ColumnDataType \"price\" = \"INTEGER\"", "as above, and null is no value"),
            Map.entry("gaps: DataFreshness \"day\" > 1439 minutes", "null has no age; Deequ calls it stale"),
            Map.entry("whole: ColumnValues \"id\" > 1 with threshold >= 0.75", "Deequ does not look at the threshold"),
            Map.entry("gaps: ColumnValues \"id\" > 1 with threshold >= 0.75", "Deequ does not look at the threshold"),
            Map.entry(
                    "whole: ColumnValues \"shop\" matches \"[a-z]\" with threshold > 0.7",
                    "Deequ does not look at the threshold"),
            Map.entry(
                    "gaps: ColumnValues \"shop\" matches \"[a-z]\" with threshold > 0.7",
                    "Deequ does not look at the threshold"),
            Map.entry("gaps: ColumnLength \"shop\" >= 1", "null has length 0, as the reference of DQDL says"),
            Map.entry(
                    "gaps: ColumnLength \"shop\" between 0 and 3", "null has length 0, as the reference of DQDL says"));

    private static final List<Pair> PAIRS = new ArrayList<>();

    /** What both say of a rule. */
    record Pair(String frame, RuleResult ours, Row deequs) {
        String key() {
            return frame + ": " + ours.rule();
        }

        boolean isAgreed() {
            Map<String, Double> numbers = deequs.getJavaMap(3);
            double number = ours.measures().get(0).value().doubleValue();
            return ours.holds() == deequs.getString(1).equals("Passed")
                    && (VERDICT_ONLY.stream().anyMatch(ours.rule()::startsWith)
                            || numbers.values().stream().anyMatch(other -> Math.abs(other - number) < 1e-9));
        }

        @Override
        public String toString() {
            return key();
        }
    }

    @BeforeAll
    static void judge(@TempDir Path folder) {
        Dataset<Row> customers = table(folder, "customers", "shop STRING, id INT", List.of("a|1", "x|3"));
        Dataset<Row> sales = table(
                folder,
                "sales",
                "shop STRING, id INT, price DECIMAL(12,2), week INT",
                List.of("a|1|2.50|1", "b|4|3.50|1"));
        Map<String, Dataset<Row>> others = Map.of("customers", customers, "sales", sales);
        judge("whole", table(folder, "whole", COLUMNS, WHOLE), others);
        judge("gaps", table(folder, "gaps", COLUMNS, GAPS), others);
    }

    /** Of the hundreds of queries none has rows enough to be compiled for. */
    private static SparkSession session() {
        SparkSession session = LocalSpark.session().newSession();
        session.conf().set("spark.sql.codegen.wholeStage", false);
        session.conf().set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
        return session;
    }

    private static Dataset<Row> table(Path folder, String name, String columns, List<String> lines) {
        String path = folder.resolve(name).toString();
        Frames.frame(SPARK, columns, lines.toArray(String[]::new))
                .coalesce(1)
                .write()
                .parquet(path);
        return SPARK.read().parquet(path);
    }

    private static void judge(String frame, Dataset<Row> table, Map<String, Dataset<Row>> others) {
        References references = References.of(others);
        List<RuleResult> ours = new TableChecks(
                        frame, TableRule.parse(String.join("\n", RULES), Instant.now()), table, references)
                .judge(table);
        // Deequ's CustomSql takes the names from the session
        table.createOrReplaceTempView("primary");
        others.forEach((name, rows) -> rows.createOrReplaceTempView(name));
        scala.collection.immutable.Map<String, Dataset<Row>> none = Map$.MODULE$.empty();
        Map<String, Row> deequs = EvaluateDataQuality.process(
                        table,
                        "Rules = [%s]".formatted(String.join(", ", RULES)),
                        none.updated("customers", others.get("customers")).updated("sales", others.get("sales")))
                .collectAsList()
                .stream()
                .collect(Collectors.toMap(row -> plain(row.getString(0)), row -> row));
        ours.forEach(result -> PAIRS.add(new Pair(frame, result, deequs.get(plain(result.rule())))));
    }

    /** Deequ writes rules anew, with other blanks and larger words. */
    private static String plain(String rule) {
        return rule.replace(" ", "").toLowerCase(Locale.ROOT);
    }

    @Test
    void everyRuleThatIsUnderstoodIsThere() {
        assertThat(TableRuleModel.NAMES)
                .allSatisfy(name -> assertThat(RULES).anyMatch(rule -> rule.matches(name + "\\b.*")));
    }

    private static Stream<Pair> pairs() {
        return PAIRS.stream();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void agree(Pair pair) {
        assertThat(pair.isAgreed())
                .as("%s; Deequ: %s", pair.ours(), pair.deequs())
                .isEqualTo(!DEPARTURES.containsKey(pair.key()));
    }
}
