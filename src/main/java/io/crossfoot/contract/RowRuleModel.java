package io.crossfoot.contract;

import io.crossfoot.contract.RowRuleCondition.AtMost;
import io.crossfoot.contract.RowRuleCondition.Below;
import io.crossfoot.contract.RowRuleCondition.Both;
import io.crossfoot.contract.RowRuleCondition.Either;
import io.crossfoot.contract.RowRuleCondition.Length;
import io.crossfoot.contract.RowRuleCondition.Matches;
import io.crossfoot.contract.RowRuleCondition.Missing;
import io.crossfoot.contract.RowRuleCondition.Not;
import io.crossfoot.shaded.dqdl.model.DQRule;
import io.crossfoot.shaded.dqdl.model.DQRuleLogicalOperator;
import io.crossfoot.shaded.dqdl.model.condition.Condition;
import io.crossfoot.shaded.dqdl.model.condition.date.DateBasedCondition;
import io.crossfoot.shaded.dqdl.model.condition.number.NumberBasedCondition;
import io.crossfoot.shaded.dqdl.model.condition.string.StringBasedCondition;
import io.crossfoot.shaded.dqdl.model.condition.string.StringBasedConditionOperator;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Turns the published parser's model of one rule into a column and a condition. Its methods throw IllegalArgumentException saying why not. */
final class RowRuleModel {
    private static final RowRuleCondition PRESENT = new Not(new Missing());

    private RowRuleModel() {}

    /** Returns the one column that all parts of the rule are about. */
    static String column(DQRule rule) {
        List<String> columns = columns(rule).distinct().toList();
        if (columns.size() > 1) {
            throw new IllegalArgumentException("it is about several columns (%s); join only rules about one column"
                    .formatted(String.join(", ", columns)));
        }
        return columns.get(0);
    }

    /** Returns what the rule asks of that column. */
    static RowRuleCondition condition(DQRule rule) {
        if (isComposite(rule)) {
            BinaryOperator<RowRuleCondition> join =
                    rule.getOperator() == DQRuleLogicalOperator.AND ? Both::new : Either::new;
            return rule.getNestedRules().stream()
                    .map(RowRuleModel::condition)
                    .reduce(join)
                    .orElseThrow();
        }
        return switch (rule.getRuleType()) {
            case "IsComplete" -> PRESENT;
            case "ColumnLength" -> new Length(lengths((NumberBasedCondition) rule.getCondition()));
            case "ColumnValues" -> values(rule.getCondition());
            default -> throw new IllegalStateException("not a row rule: " + rule);
        };
    }

    private static RowRuleCondition lengths(NumberBasedCondition condition) {
        RowRuleOperands operands = RowRuleOperands.numbers(condition.getOperands());
        if (!operands.keywords().isEmpty()) {
            throw new IllegalArgumentException("a length is never NULL; use IsComplete");
        }
        return comparison(condition.getOperator().name(), operands);
    }

    private static RowRuleCondition values(Condition condition) {
        if (condition instanceof NumberBasedCondition numbers) {
            return comparison(numbers.getOperator().name(), RowRuleOperands.numbers(numbers.getOperands()));
        }
        if (condition instanceof DateBasedCondition dates) {
            return comparison(dates.getOperator().name(), RowRuleOperands.dates(dates.getOperands()));
        }
        StringBasedCondition strings = (StringBasedCondition) condition;
        if (strings.getOperator() == StringBasedConditionOperator.MATCHES) {
            return matches(strings);
        }
        if (strings.getOperator() == StringBasedConditionOperator.NOT_MATCHES) {
            return new Both(PRESENT, new Not(matches(strings)));
        }
        return comparison(strings.getOperator().name(), RowRuleOperands.strings(strings.getOperands()));
    }

    private static Matches matches(StringBasedCondition condition) {
        String regex = condition.getOperands().get(0).getOperand();
        Matches matches = new Matches(regex);
        try {
            Pattern.compile(regex);
            Pattern.compile(matches.wholeValue());
        } catch (PatternSyntaxException malformed) {
            throw new IllegalArgumentException(
                    "'%s' is not a regular expression: %s".formatted(regex, malformed.getDescription()));
        }
        return matches;
    }

    /** The parser has an enum of operators for each kind of operand; their names agree. */
    private static RowRuleCondition comparison(String operator, RowRuleOperands operands) {
        return switch (operator) {
            case "EQUALS", "IN" -> operands.anyOf();
            case "NOT_EQUALS", "NOT_IN" -> new Not(operands.anyOf());
            case "LESS_THAN" -> new Below(operands.bound(0));
            case "LESS_THAN_EQUAL_TO" -> new AtMost(operands.bound(0));
            case "GREATER_THAN" -> above(operands.bound(0));
            case "GREATER_THAN_EQUAL_TO" -> atLeast(operands.bound(0));
            case "BETWEEN" -> new Both(above(operands.bound(0)), new Below(operands.bound(1)));
            case "NOT_BETWEEN" -> new Either(new AtMost(operands.bound(0)), atLeast(operands.bound(1)));
            default -> throw new IllegalStateException("not an operator: " + operator);
        };
    }

    private static RowRuleCondition above(RowRuleLiteral.Ordered bound) {
        return new Both(PRESENT, new Not(new AtMost(bound)));
    }

    private static RowRuleCondition atLeast(RowRuleLiteral.Ordered bound) {
        return new Both(PRESENT, new Not(new Below(bound)));
    }

    private static boolean isComposite(DQRule rule) {
        return !rule.getNestedRules().isEmpty();
    }

    private static Stream<String> columns(DQRule rule) {
        return isComposite(rule)
                ? rule.getNestedRules().stream().flatMap(RowRuleModel::columns)
                : Stream.of(RowRuleOperands.unescaped(rule.getParameters().get("TargetColumn")));
    }
}
