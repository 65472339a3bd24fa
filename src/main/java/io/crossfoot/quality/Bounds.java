package io.crossfoot.quality;

import io.crossfoot.shaded.dqdl.model.condition.duration.Duration;
import io.crossfoot.shaded.dqdl.model.condition.duration.DurationBasedCondition;
import io.crossfoot.shaded.dqdl.model.condition.number.AtomicNumberOperand;
import io.crossfoot.shaded.dqdl.model.condition.number.NumberBasedCondition;
import io.crossfoot.shaded.dqdl.model.condition.number.NumericOperand;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/**
 * What a number must be. {@code between} leaves its ends out, as the DQDL reference says.
 *
 * @param operator as the published parser names it
 */
record Bounds(String operator, List<BigDecimal> operands) {
    /** All of them: a share of one. */
    static final Bounds ALL = new Bounds("EQUALS", List.of(BigDecimal.ONE));

    private static final BigDecimal MINUTES_OF_AN_HOUR = BigDecimal.valueOf(60);

    /** @throws IllegalArgumentException saying what is no plain number */
    static Bounds of(NumberBasedCondition condition) {
        return new Bounds(
                condition.getOperator().name(),
                condition.getOperands().stream().map(Bounds::number).toList());
    }

    /** Returns bounds in hours. */
    static Bounds of(DurationBasedCondition condition) {
        return new Bounds(
                condition.getOperator().name(),
                condition.getOperands().stream().map(Bounds::hours).toList());
    }

    /** Whether they are one stretch: where two numbers are inside, so is all between them. */
    boolean isOneStretch() {
        return !List.of("NOT_EQUALS", "NOT_IN", "NOT_BETWEEN", "IN").contains(operator);
    }

    boolean hold(BigDecimal number) {
        return switch (operator) {
            case "EQUALS", "IN" -> operands.stream().anyMatch(operand -> operand.compareTo(number) == 0);
            case "NOT_EQUALS", "NOT_IN" -> operands.stream().noneMatch(operand -> operand.compareTo(number) == 0);
            case "LESS_THAN" -> number.compareTo(operands.get(0)) < 0;
            case "LESS_THAN_EQUAL_TO" -> number.compareTo(operands.get(0)) <= 0;
            case "GREATER_THAN" -> number.compareTo(operands.get(0)) > 0;
            case "GREATER_THAN_EQUAL_TO" -> number.compareTo(operands.get(0)) >= 0;
            case "BETWEEN" -> isBetween(number);
            case "NOT_BETWEEN" -> !isBetween(number);
            default -> throw new IllegalStateException("not an operator: " + operator);
        };
    }

    private boolean isBetween(BigDecimal number) {
        return number.compareTo(operands.get(0)) > 0 && number.compareTo(operands.get(1)) < 0;
    }

    private static BigDecimal number(NumericOperand operand) {
        if (operand instanceof AtomicNumberOperand) {
            return new BigDecimal(operand.getOperand());
        }
        throw new IllegalArgumentException(
                "'%s' is not a plain number; write its value (what is unusual against earlier runs is told of every run)"
                        .formatted(operand.getOperand()));
    }

    private static BigDecimal hours(Duration duration) {
        BigDecimal amount = BigDecimal.valueOf(duration.getAmount());
        return switch (duration.getUnit()) {
            case DAYS -> amount.multiply(BigDecimal.valueOf(24));
            case HOURS -> amount;
            case MINUTES -> amount.divide(MINUTES_OF_AN_HOUR, MathContext.DECIMAL64);
        };
    }
}
