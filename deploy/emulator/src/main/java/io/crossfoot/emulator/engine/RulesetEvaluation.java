package io.crossfoot.emulator.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.error.UsageException;
import io.crossfoot.quality.References;
import io.crossfoot.quality.RuleResult;
import io.crossfoot.quality.TableChecks;
import io.crossfoot.quality.TableRule;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Evaluates one ruleset after the other on a table, with this project's own rules, in a process of its own. What to do
 * comes as JSON on standard input; the answer is the last line of standard output: a list of results for each ruleset, or
 * an {@code error}.
 */
public final class RulesetEvaluation {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Dataset<Row> table;
    private final References customers;
    private final Instant now = Instant.now();

    private RulesetEvaluation(Dataset<Row> table, Dataset<Row> customers) {
        this.table = table;
        this.customers = References.of(Map.of("customers", customers));
    }

    public static void main(String... arguments) throws IOException {
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        // whatever else is printed must not be taken for the answer
        System.setOut(System.err);
        JsonNode request = MAPPER.readTree(System.in);
        ObjectNode answer = MAPPER.createObjectNode();
        try (SparkSession spark = SparkSession.builder().getOrCreate()) {
            Dataset<Row> table = read(request.path("table"), spark);
            Dataset<Row> customers = request.has("customers")
                    ? read(request.path("customers"), spark)
                    : spark.createDataFrame(List.of(), new StructType());
            RulesetEvaluation evaluation = new RulesetEvaluation(table, customers);
            ArrayNode results = answer.putArray("results");
            request.path("rulesets").forEach(rules -> results.add(evaluation.results(rules.asText())));
        } catch (UsageException wrong) {
            answer.put("error", String.join("\n", wrong.problems()));
        } catch (Exception failed) {
            // Exception: Spark throws checked ones that no signature tells of
            answer.put("error", FailureText.of(failed));
        }
        answers.println(answer);
    }

    private static Dataset<Row> read(JsonNode table, SparkSession spark) {
        return new CatalogTable(table.path("definition"), table.path("partitions")).read(spark);
    }

    /** A rule that cannot be asked of the table fails, as it does with Deequ; the others are judged all the same. */
    private ArrayNode results(String dqdl) {
        List<TableRule> rules = TableRule.parse(dqdl, now);
        List<Optional<String>> problems = rules.stream().map(this::problem).toList();
        List<TableRule> fitting = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            if (problems.get(i).isEmpty()) {
                fitting.add(rules.get(i));
            }
        }
        List<RuleResult> judged = new TableChecks("table", fitting, table, customers).judge(table);
        ArrayNode results = MAPPER.createArrayNode();
        int next = 0;
        for (int i = 0; i < rules.size(); i++) {
            ObjectNode result = results.addObject()
                    .put("Name", "Rule_" + (i + 1))
                    .put("Description", rules.get(i).text());
            if (problems.get(i).isPresent()) {
                result.put("Result", "FAIL")
                        .put("EvaluationMessage", problems.get(i).get());
            } else {
                describe(result, judged.get(next++));
            }
        }
        return results;
    }

    private Optional<String> problem(TableRule rule) {
        try {
            new TableChecks("table", List.of(rule), table, customers);
            return Optional.empty();
        } catch (UsageException wrong) {
            return Optional.of(String.join("\n", wrong.problems()));
        }
    }

    private static void describe(ObjectNode result, RuleResult judged) {
        result.put("Result", judged.holds() ? "PASS" : "FAIL");
        ObjectNode metrics = result.putObject("EvaluatedMetrics");
        for (RuleResult.Measure measure : judged.measures()) {
            if (measure.value() != null) {
                metrics.put(measure.metric(), measure.value().doubleValue());
            }
        }
        if (!judged.holds()) {
            String values = judged.measures().stream()
                    .map(measure -> String.valueOf(measure.value()))
                    .collect(Collectors.joining(", "));
            result.put("EvaluationMessage", "Value: %s does not meet the constraint requirement!".formatted(values));
        }
    }
}
