package io.crossfoot.lineage;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Expressions as people would write them: {@code sales.quantity × sales.price}.
 *
 * @param names what to call an attribute
 */
record ExpressionWords(Function<PlanTree, String> names) {
    private static final int LONGEST = 160;

    private static final Map<String, String> OPERATORS = Map.ofEntries(
            Map.entry("Add", " + "),
            Map.entry("Subtract", " − "),
            Map.entry("Multiply", " × "),
            Map.entry("Divide", " ÷ "),
            Map.entry("EqualTo", " = "),
            Map.entry("EqualNullSafe", " = "),
            Map.entry("LessThan", " < "),
            Map.entry("LessThanOrEqual", " ≤ "),
            Map.entry("GreaterThan", " > "),
            Map.entry("GreaterThanOrEqual", " ≥ "),
            Map.entry("And", " and "),
            Map.entry("Or", " or "));

    /** Returns the expression in words, cut where it gets too long to be read. */
    String of(PlanTree expression) {
        String words = words(expression);
        return words.length() <= LONGEST ? words : words.substring(0, LONGEST - 1) + "…";
    }

    private String words(PlanTree expression) {
        List<PlanTree> children = expression.children();
        if (OPERATORS.containsKey(expression.type()) && children.size() == 2) {
            return operand(children.get(0)) + OPERATORS.get(expression.type()) + operand(children.get(1));
        }
        return switch (expression.type()) {
            case "AttributeReference" -> names.apply(expression);
            case "Alias", "AggregateExpression", "Cast", "KnownNotNull", "PromotePrecision" -> words(children.get(0));
            case "Literal" -> literal(expression);
            case "IsNull" -> operand(children.get(0)) + " is null";
            case "IsNotNull" -> operand(children.get(0)) + " is not null";
            case "Not" -> "not " + operand(children.get(0));
            case "GetStructField" -> words(children.get(0)) + "." + expression.text("name");
            default ->
                function(expression.type())
                        + children.stream().map(this::words).collect(Collectors.joining(", ", "(", ")"));
        };
    }

    private String operand(PlanTree expression) {
        String words = words(expression);
        return words.contains(" ") ? "(" + words + ")" : words;
    }

    /** Numbers and truth are shown. A text is not: it may be anybody's name, or a salt. */
    private static String literal(PlanTree literal) {
        if (literal.fields().path("value").isNull()) {
            return "null";
        }
        String type = literal.text("dataType");
        return type.equals("string") || type.equals("binary") ? "'…'" : literal.text("value");
    }

    /** {@code RegExpExtract} is called {@code reg_exp_extract}. */
    private static String function(String type) {
        return type.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
