package io.crossfoot.contract;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** What a value must be. A null satisfies {@link Missing} and what is built on it, and nothing else. */
sealed interface RowRuleCondition {
    /** Returns whether {@code value} is so: never null, for any value of the type. */
    Column holds(Column value, DataType type);

    /** Says why this cannot be asked of a type, if so, as the end of a sentence. */
    Optional<String> misfit(DataType type);

    /** There is no value. */
    record Missing() implements RowRuleCondition {
        @Override
        public Column holds(Column value, DataType type) {
            return value.isNull();
        }

        @Override
        public Optional<String> misfit(DataType type) {
            return Optional.empty();
        }
    }

    /** The value equals one of these. */
    record OneOf(List<RowRuleLiteral> literals) implements RowRuleCondition {
        @Override
        public Column holds(Column value, DataType type) {
            Object[] equals = literals.stream()
                    .flatMap(literal -> literal.as(type).stream())
                    .toArray();
            // an empty list is Spark's to interpret, and it has changed its mind about that
            return equals.length == 0 ? lit(false) : value.isNotNull().and(value.isin(equals));
        }

        @Override
        public Optional<String> misfit(DataType type) {
            return literals.stream()
                    .flatMap(literal -> literal.misfit(type).stream())
                    .findFirst();
        }
    }

    /** The value comes before the bound. */
    record Below(RowRuleLiteral.Ordered bound) implements RowRuleCondition {
        @Override
        public Column holds(Column value, DataType type) {
            return value.isNotNull().and(bound.isAbove(value, type));
        }

        @Override
        public Optional<String> misfit(DataType type) {
            return bound.misfit(type);
        }
    }

    /** The value comes before the bound or is the bound. */
    record AtMost(RowRuleLiteral.Ordered bound) implements RowRuleCondition {
        @Override
        public Column holds(Column value, DataType type) {
            return value.isNotNull().and(bound.isAtLeast(value, type));
        }

        @Override
        public Optional<String> misfit(DataType type) {
            return bound.misfit(type);
        }
    }

    /** The whole value matches a Java regular expression. */
    record Matches(String regex) implements RowRuleCondition {
        @Override
        public Column holds(Column value, DataType type) {
            return value.isNotNull().and(value.rlike(wholeValue()));
        }

        /** Unlike {@code ^} and {@code $}, these ends do not let a line end slip through. */
        String wholeValue() {
            return "\\A(?:" + regex + ")\\z";
        }

        @Override
        public Optional<String> misfit(DataType type) {
            return type.equals(DataTypes.StringType)
                    ? Optional.empty()
                    : Optional.of("only a STRING has characters to match");
        }
    }

    /** The number of characters is so; a missing value has none. */
    record Length(RowRuleCondition condition) implements RowRuleCondition {
        @Override
        public Column holds(Column value, DataType type) {
            return condition.holds(coalesce(length(value), lit(0)), DataTypes.IntegerType);
        }

        @Override
        public Optional<String> misfit(DataType type) {
            return type.equals(DataTypes.StringType) ? Optional.empty() : Optional.of("only a STRING has a length");
        }
    }

    /** The condition does not hold. */
    record Not(RowRuleCondition condition) implements RowRuleCondition {
        @Override
        public Column holds(Column value, DataType type) {
            return not(condition.holds(value, type));
        }

        @Override
        public Optional<String> misfit(DataType type) {
            return condition.misfit(type);
        }
    }

    /** Both conditions hold. */
    record Both(RowRuleCondition left, RowRuleCondition right) implements RowRuleCondition {
        @Override
        public Column holds(Column value, DataType type) {
            return left.holds(value, type).and(right.holds(value, type));
        }

        @Override
        public Optional<String> misfit(DataType type) {
            return left.misfit(type).or(() -> right.misfit(type));
        }
    }

    /** One condition holds, or both do. */
    record Either(RowRuleCondition left, RowRuleCondition right) implements RowRuleCondition {
        @Override
        public Column holds(Column value, DataType type) {
            return left.holds(value, type).or(right.holds(value, type));
        }

        @Override
        public Optional<String> misfit(DataType type) {
            return left.misfit(type).or(() -> right.misfit(type));
        }
    }
}
