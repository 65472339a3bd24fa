package io.crossfoot.contract;

import io.crossfoot.error.NearMiss;
import io.crossfoot.error.UsageException;
import io.crossfoot.shaded.antlr4.runtime.tree.Trees;
import io.crossfoot.shaded.dqdl.DataQualityDefinitionLanguageParser;
import io.crossfoot.shaded.dqdl.DataQualityDefinitionLanguageParser.DqRuleContext;
import io.crossfoot.shaded.dqdl.DataQualityDefinitionLanguageParser.TopLevelRuleContext;
import io.crossfoot.shaded.dqdl.exception.InvalidDataQualityRulesetException;
import io.crossfoot.shaded.dqdl.model.DQRule;
import io.crossfoot.shaded.dqdl.parser.DQDLParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Turns DQDL into row rules, rule by rule, so that each wrong one is named. */
final class RowRuleParser {
    /** How each row rule is written. */
    private static final Map<String, String> FORMS = Map.of(
            "IsComplete", "it is written IsComplete \"column\"",
            "ColumnValues", "it is written ColumnValues \"column\" and a comparison with numbers, strings or dates",
            "ColumnLength", "it is written ColumnLength \"column\" and a comparison with numbers");

    static final List<String> ROW_RULES = List.of("IsComplete", "ColumnValues", "ColumnLength");

    /** Every other rule of the grammar; what the parser knows of them it does not tell. */
    static final List<String> TABLE_RULES = List.of(
            "AggregateMatch",
            "AllStatistics",
            "ColumnCorrelation",
            "ColumnCount",
            "ColumnDataType",
            "ColumnExists",
            "ColumnNamesMatchPattern",
            "Completeness",
            "CustomSql",
            "DataFreshness",
            "DatasetMatch",
            "DetectAnomalies",
            "DistinctValuesCount",
            "Entropy",
            "FileFreshness",
            "FileMatch",
            "FileSize",
            "FileUniqueness",
            "IsPrimaryKey",
            "IsUnique",
            "Mean",
            "ReferentialIntegrity",
            "RowCount",
            "RowCountMatch",
            "SchemaMatch",
            "StandardDeviation",
            "Sum",
            "UniqueValueRatio",
            "Uniqueness");

    private RowRuleParser() {}

    static List<RowRule> parse(String dqdl) {
        List<RowRule> rules = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (RuleSource source : RuleSource.split(dqdl)) {
            try {
                rules.add(rule(source));
            } catch (UsageException refused) {
                problems.add(refused.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new UsageException(problems);
        }
        return List.copyOf(rules);
    }

    static String refusal(String rule, String reason) {
        return "Cannot use rule '%s': %s".formatted(rule, reason);
    }

    private static String refusal(String rule, String use, String reason) {
        return "Cannot use rule '%s' %s: %s".formatted(rule, use, reason);
    }

    private static RowRule rule(RuleSource source) {
        TopLevelRuleContext tree = source.tree();
        String text = source.text();
        List<DqRuleContext> parts =
                Trees.findAllRuleNodes(tree, DataQualityDefinitionLanguageParser.RULE_dqRule).stream()
                        .map(DqRuleContext.class::cast)
                        .toList();
        parts.forEach(part -> refuseUnlessRowRule(text, part));
        try {
            DQRule rule =
                    new DQDLParser().parse("Rules = [" + text + "]").getRules().get(0);
            RowRuleModel model = new RowRuleModel(text);
            return new RowRule(text, model.column(rule), model.condition(rule));
        } catch (InvalidDataQualityRulesetException invalid) {
            throw new UsageException(refusal(
                    text,
                    parts.size() == 1
                            ? FORMS.get(parts.get(0).ruleType().getText())
                            : invalid.getMessage().replace("Parsing Error: ", "")));
        }
    }

    private static void refuseUnlessRowRule(String text, DqRuleContext part) {
        String name = part.ruleType().getText();
        String rowRules = "row rules are " + String.join(", ", ROW_RULES);
        if (TABLE_RULES.contains(name)) {
            throw new UsageException(refusal(
                    text, "as a row rule", "it judges a whole table, which is the work of --quality; " + rowRules));
        }
        if (!ROW_RULES.contains(name)) {
            List<String> names =
                    Stream.concat(ROW_RULES.stream(), TABLE_RULES.stream()).toList();
            String hint = NearMiss.hint(name, names);
            throw new UsageException(refusal(text, "unknown rule" + (hint.isEmpty() ? "; " + rowRules : hint)));
        }
        if (part.whereClause() != null) {
            throw new UsageException(refusal(
                    text,
                    "what 'where' asks is free SQL, whose answer may change with settings or the clock; leave it out"));
        }
        if (!part.tagWithCondition().isEmpty()) {
            throw new UsageException(refusal(
                    text,
                    "'with %s' is for rules that judge a whole table, and a row keeps a rule or breaks it; leave it out"
                            .formatted(part.tagWithCondition(0).tagValues().getText())));
        }
    }
}
