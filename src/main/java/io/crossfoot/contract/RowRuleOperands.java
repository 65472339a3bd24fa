package io.crossfoot.contract;

import io.crossfoot.contract.RowRuleCondition.Either;
import io.crossfoot.contract.RowRuleCondition.Matches;
import io.crossfoot.contract.RowRuleCondition.Missing;
import io.crossfoot.contract.RowRuleCondition.OneOf;
import io.crossfoot.shaded.dqdl.model.condition.date.DateExpression;
import io.crossfoot.shaded.dqdl.model.condition.date.NullDateExpression;
import io.crossfoot.shaded.dqdl.model.condition.number.AtomicNumberOperand;
import io.crossfoot.shaded.dqdl.model.condition.number.NullNumericOperand;
import io.crossfoot.shaded.dqdl.model.condition.number.NumericOperand;
import io.crossfoot.shaded.dqdl.model.condition.string.KeywordStringOperand;
import io.crossfoot.shaded.dqdl.model.condition.string.QuotedStringOperand;
import io.crossfoot.shaded.dqdl.model.condition.string.StringOperand;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What stands behind the operator of a rule: literals, and keywords such as {@code NULL} in terms of conditions. */
record RowRuleOperands(List<RowRuleLiteral> literals, List<RowRuleCondition> keywords) {

    static RowRuleOperands numbers(List<NumericOperand> numbers) {
        RowRuleOperands operands = new RowRuleOperands(new ArrayList<>(), new ArrayList<>());
        for (NumericOperand number : numbers) {
            if (number instanceof NullNumericOperand) {
                operands.keywords.add(new Missing());
            } else if (number instanceof AtomicNumberOperand) {
                operands.literals.add(new RowRuleLiteral.Number(new BigDecimal(number.getOperand())));
            } else {
                throw new IllegalArgumentException(
                        "'%s' is not a plain number; write its value".formatted(number.getOperand()));
            }
        }
        return operands;
    }

    static RowRuleOperands dates(List<DateExpression> dates) {
        RowRuleOperands operands = new RowRuleOperands(new ArrayList<>(), new ArrayList<>());
        for (DateExpression date : dates) {
            if (date instanceof NullDateExpression) {
                operands.keywords.add(new Missing());
            } else {
                operands.literals.add(new RowRuleLiteral.Day(operands.day(date)));
            }
        }
        return operands;
    }

    static RowRuleOperands strings(List<StringOperand> strings) {
        RowRuleOperands operands = new RowRuleOperands(new ArrayList<>(), new ArrayList<>());
        for (StringOperand string : strings) {
            if (string instanceof KeywordStringOperand) {
                operands.addKeyword(string.formatOperand());
            } else if (string instanceof QuotedStringOperand) {
                operands.literals.add(new RowRuleLiteral.Text(unescaped(string.getOperand())));
            } else {
                throw new IllegalArgumentException("constants are not read; write the values of %s in its place"
                        .formatted(string.formatOperand()));
            }
        }
        return operands;
    }

    /** The parser takes off a string's quotes and leaves its escapes, of which the grammar has two. */
    static String unescaped(String string) {
        return string.replaceAll("\\\\([\"\\\\])", "$1");
    }

    /** The value is one of the operands. */
    RowRuleCondition anyOf() {
        Stream<RowRuleCondition> listed = literals.isEmpty() ? Stream.empty() : Stream.of(new OneOf(literals));
        return Stream.concat(listed, keywords.stream()).reduce(Either::new).orElseThrow();
    }

    /** The operand at {@code index}, as a bound. */
    RowRuleLiteral.Ordered bound(int index) {
        if (!keywords.isEmpty()) {
            throw new IllegalArgumentException("NULL is neither more nor less than anything; compare it with = or !=");
        }
        return (RowRuleLiteral.Ordered) literals.get(index);
    }

    private void addKeyword(String keyword) {
        switch (keyword) {
            case "NULL" -> keywords.add(new Missing());
            case "EMPTY" -> literals.add(new RowRuleLiteral.Text(""));
            case "WHITESPACES_ONLY" -> keywords.add(new Matches("\\p{IsWhite_Space}+"));
            default -> throw new IllegalStateException("not a keyword: " + keyword);
        }
    }

    private LocalDate day(DateExpression date) {
        String written = date.getFormattedExpression();
        if (written.contains("now()")) {
            throw new IllegalArgumentException(
                    "a row's verdict may not depend on the clock; write a date such as \"2024-01-31\" for now()");
        }
        if (written.contains(":")) {
            throw new IllegalArgumentException(
                    "%s is a time of day; write a date such as \"2024-01-31\"".formatted(written));
        }
        try {
            return LocalDate.parse(written.replace("\"", ""));
        } catch (DateTimeException noSuchDay) {
            throw new IllegalArgumentException("there is no day %s".formatted(written));
        }
    }
}
