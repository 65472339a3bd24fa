package io.crossfoot.quality;

import io.crossfoot.contract.RowRule;
import io.crossfoot.error.NearMiss;
import io.crossfoot.quality.Aggregate.Age;
import io.crossfoot.quality.Aggregate.Statistic;
import io.crossfoot.shaded.dqdl.model.DQRule;
import io.crossfoot.shaded.dqdl.model.condition.Condition;
import io.crossfoot.shaded.dqdl.model.condition.duration.DurationBasedCondition;
import io.crossfoot.shaded.dqdl.model.condition.number.NumberBasedCondition;
import io.crossfoot.shaded.dqdl.model.condition.string.StringBasedCondition;
import io.crossfoot.shaded.dqdl.model.condition.string.StringBasedConditionOperator;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Turns the published parser's model of one rule into a check. Its methods throw IllegalArgumentException saying why not. */
record TableRuleModel(Instant now) {
    /** Every rule that is understood. */
    static final List<String> NAMES = List.of(
            "RowCount",
            "ColumnCount",
            "ColumnExists",
            "ColumnNamesMatchPattern",
            "Completeness",
            "IsComplete",
            "Uniqueness",
            "IsUnique",
            "IsPrimaryKey",
            "UniqueValueRatio",
            "DistinctValuesCount",
            "Entropy",
            "Mean",
            "Sum",
            "StandardDeviation",
            "ColumnCorrelation",
            "ColumnDataType",
            "DataFreshness",
            "ColumnValues",
            "ColumnLength",
            "ReferentialIntegrity",
            "RowCountMatch",
            "AggregateMatch",
            "SchemaMatch",
            "CustomSql");

    /** The tables that rules may refer to. */
    private static final List<String> OTHERS = List.of("sales", "customers");

    private static final Map<String, String> SQL_TYPES = Map.of(
            "BOOLEAN", "BOOLEAN",
            "DATE", "DATE",
            "TIMESTAMP", "TIMESTAMP",
            "INTEGER", "INT",
            "LONG", "BIGINT",
            "FLOAT", "FLOAT",
            "DOUBLE", "DOUBLE");

    private static final Pattern REFERENCE = Pattern.compile("(\\w+)\\.(?:\\{(.+)}|(.+))");
    private static final Pattern AGGREGATE = Pattern.compile("(?i)(sum|avg)\\((?:(\\w+)\\.)?([^.]+)\\)");

    Check check(DQRule rule) {
        return switch (rule.getRuleType()) {
            case "RowCount" ->
                within(new Metric.OfRows(name(rule), new Aggregate.Rows(), List.of(), among(rule)), rule);
            case "ColumnCount" -> within(new Metric.OfColumns(name(rule), List::size), rule);
            case "ColumnExists" -> exists(rule);
            case "ColumnNamesMatchPattern" -> matching(rule);
            case "Completeness" -> within(completeness(rule), rule);
            case "IsComplete" -> new Check.Within(completeness(rule), Bounds.ALL);
            case "Uniqueness" -> within(values(rule, Distribution.Kind.UNIQUENESS), rule);
            case "IsUnique" -> new Check.Within(values(rule, Distribution.Kind.UNIQUENESS), Bounds.ALL);
            case "IsPrimaryKey" -> new Check.Within(values(rule, Distribution.Kind.PRIMARY_KEY), Bounds.ALL);
            case "UniqueValueRatio" -> within(values(rule, Distribution.Kind.UNIQUE_VALUE_RATIO), rule);
            case "DistinctValuesCount" -> within(values(rule, Distribution.Kind.DISTINCT_VALUES), rule);
            case "Entropy" -> within(values(rule, Distribution.Kind.ENTROPY), rule);
            case "Mean" -> within(statistic(rule, Statistic.MEAN), rule);
            case "Sum" -> within(statistic(rule, Statistic.SUM), rule);
            case "StandardDeviation" -> within(statistic(rule, Statistic.STANDARD_DEVIATION), rule);
            case "ColumnCorrelation" -> within(statistic(rule, Statistic.CORRELATION), rule);
            case "ColumnDataType" -> readable(rule);
            case "DataFreshness" -> fresh(rule);
            case "ColumnValues", "ColumnLength" -> keeping(rule);
            case "ReferentialIntegrity" -> within(referring(rule), rule);
            case "RowCountMatch" -> within(rowCounts(rule), rule);
            case "AggregateMatch" -> within(aggregates(rule), rule);
            case "SchemaMatch" ->
                within(new Metric.Alike(name(rule), other(parameters(rule).get(0))), rule);
            case "CustomSql" ->
                within(new Metric.OfQuery(name(rule), parameters(rule).get(0)), rule);
            default -> throw new IllegalStateException("not a table rule: " + rule);
        };
    }

    private static Metric completeness(DQRule rule) {
        List<String> columns = parameters(rule);
        return new Metric.OfRows(
                among(rule).name("Completeness \"%s\"".formatted(columns.get(0))),
                new Aggregate.Completeness(),
                columns,
                among(rule));
    }

    private static Metric statistic(DQRule rule, Statistic statistic) {
        return new Metric.OfRows(name(rule), statistic, parameters(rule), among(rule));
    }

    private static Metric values(DQRule rule, Distribution.Kind kind) {
        String name = kind == Distribution.Kind.UNIQUENESS ? name(rule).replace("IsUnique", "Uniqueness") : name(rule);
        return new Metric.OfValues(name, kind, parameters(rule), among(rule));
    }

    private static Check exists(DQRule rule) {
        String column = parameters(rule).get(0);
        return new Check.Within(new Metric.OfColumns(name(rule), names -> names.contains(column) ? 1 : 0), Bounds.ALL);
    }

    private static Check matching(DQRule rule) {
        Pattern pattern = Pattern.compile(parameters(rule).get(0));
        return new Check.Within(
                new Metric.OfColumns(
                        name(rule),
                        names -> (double) names.stream()
                                        .filter(name -> pattern.matcher(name).matches())
                                        .count()
                                / names.size()),
                Bounds.ALL);
    }

    private static Check readable(DQRule rule) {
        StringBasedCondition condition = (StringBasedCondition) rule.getCondition();
        String type = condition.getOperands().get(0).getOperand();
        String sql = SQL_TYPES.get(type.toUpperCase(Locale.ROOT));
        if (condition.getOperator() != StringBasedConditionOperator.EQUALS || sql == null) {
            throw new IllegalArgumentException("it is written ColumnDataType \"column\" = \"INTEGER\", or one of "
                    + SQL_TYPES.keySet().stream().sorted().collect(Collectors.joining(", ")));
        }
        String name = among(rule).name("%s = \"%s\"".formatted(ofAll(rule), type));
        return new Check.Within(
                new Metric.OfRows(name, new Aggregate.Readable(sql), parameters(rule), among(rule)), threshold(rule));
    }

    private Check fresh(DQRule rule) {
        if (!(rule.getCondition() instanceof DurationBasedCondition duration)) {
            throw new IllegalArgumentException("it is written DataFreshness \"column\" <= 24 hours");
        }
        Bounds bounds = Bounds.of(duration);
        if (!bounds.isOneStretch()) {
            throw new IllegalArgumentException("ages are compared by <, <=, >, >=, = or between");
        }
        return new Check.All(List.of(
                new Check.Within(age(rule, "oldest", Age.End.OLDEST), bounds),
                new Check.Within(age(rule, "newest", Age.End.NEWEST), bounds)));
    }

    private Metric age(DQRule rule, String which, Age.End end) {
        String name = among(rule).name("%s %s, hours".formatted(which, ofAll(rule)));
        return new Metric.OfRows(name, new Age(end, now), parameters(rule), among(rule));
    }

    private static Check keeping(DQRule rule) {
        // what the model says of the rule holds no threshold
        String text = "%s %s".formatted(ofAll(rule), rule.getCondition().getFormattedCondition());
        return new Check.Within(new Metric.Keeping(RowRule.part(text), among(rule)), threshold(rule));
    }

    private static Metric referring(DQRule rule) {
        List<String> parameters = parameters(rule);
        Matcher reference = REFERENCE.matcher(parameters.get(parameters.size() - 1));
        if (parameters.size() != 2 || !reference.matches()) {
            throw new IllegalArgumentException(
                    "it is written ReferentialIntegrity \"customer_id\" \"customers.customer_id\" > 0.95");
        }
        List<String> columns = split(parameters.get(0));
        List<String> others = split(reference.group(2) == null ? reference.group(3) : reference.group(2));
        if (columns.size() != others.size()) {
            throw new IllegalArgumentException(
                    "it names %d columns here and %d there".formatted(columns.size(), others.size()));
        }
        return new Metric.Referring(name(rule), columns, other(reference.group(1)), others);
    }

    private static Metric rowCounts(DQRule rule) {
        Metric rows = new Metric.OfRows("RowCount", new Aggregate.Rows(), List.of(), Among.ALL);
        String other = other(parameters(rule).get(0));
        return new Metric.Ratio(name(rule), rows, new Metric.OfOther(other, new Aggregate.Rows(), List.of()));
    }

    private static Metric aggregates(DQRule rule) {
        List<Metric> both =
                parameters(rule).stream().map(TableRuleModel::aggregate).toList();
        return new Metric.Ratio(name(rule), both.get(0), both.get(1));
    }

    private static Metric aggregate(String expression) {
        Matcher written = AGGREGATE.matcher(expression);
        if (!written.matches()) {
            throw new IllegalArgumentException(
                    "it is written AggregateMatch \"sum(quantity)\" \"sum(sales.quantity)\" > 0.95, with sum or avg of one column");
        }
        Statistic statistic = written.group(1).equalsIgnoreCase("sum") ? Statistic.SUM : Statistic.MEAN;
        List<String> columns = List.of(written.group(3).strip());
        return written.group(2) == null || written.group(2).equals("primary")
                ? new Metric.OfRows(expression, statistic, columns, Among.ALL)
                : new Metric.OfOther(other(written.group(2)), statistic, columns);
    }

    private static String other(String name) {
        if (!OTHERS.contains(name)) {
            String hint = NearMiss.hint(name, OTHERS);
            throw new IllegalArgumentException("there is no table '%s'%s"
                    .formatted(name, hint.isEmpty() ? "; the others are " + String.join(" and ", OTHERS) : hint));
        }
        return name;
    }

    private static Check within(Metric metric, DQRule rule) {
        return new Check.Within(metric, numbers(rule.getCondition(), rule.getRuleType()));
    }

    private static Bounds threshold(DQRule rule) {
        return rule.getThresholdCondition() == null ? Bounds.ALL : numbers(rule.getThresholdCondition(), "threshold");
    }

    private static Bounds numbers(Condition condition, String what) {
        if (condition instanceof NumberBasedCondition numbers) {
            return Bounds.of(numbers);
        }
        throw new IllegalArgumentException("it does not say what the number must be, as in %s … > 0".formatted(what));
    }

    private static List<String> split(String columns) {
        return Arrays.stream(columns.split(",")).map(String::strip).toList();
    }

    /** The names in the order in which they stand; the parser leaves their escapes. */
    private static List<String> parameters(DQRule rule) {
        return rule.getParameters().values().stream()
                .map(TableRuleModel::unescaped)
                .toList();
    }

    private static String unescaped(String text) {
        return text.replaceAll("\\\\([\"\\\\])", "$1");
    }

    private static Among among(DQRule rule) {
        return new Among(Optional.ofNullable(rule.getWhereClause()).map(TableRuleModel::unescaped));
    }

    private static String name(DQRule rule) {
        return among(rule).name(ofAll(rule));
    }

    private static String ofAll(DQRule rule) {
        return rule.getRuleType()
                + rule.getParameters().values().stream()
                        .map(parameter -> " \"" + parameter + "\"")
                        .collect(Collectors.joining());
    }
}
