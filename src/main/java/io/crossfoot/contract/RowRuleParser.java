package io.crossfoot.contract;

import io.crossfoot.shaded.dqdl.DataQualityDefinitionLanguageParser.DqRuleContext;
import io.crossfoot.shaded.dqdl.exception.InvalidDataQualityRulesetException;
import io.crossfoot.shaded.dqdl.model.DQRule;
import io.crossfoot.shaded.dqdl.parser.DQDLParser;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Turns a rule in DQDL into a row rule, or says why it is none. */
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

    /** Reads a rule; throws IllegalArgumentException that says why it is none for rows, or UsageException. */
    static RowRule rule(RuleSource source) {
        List<DqRuleContext> parts = source.parts();
        parts.forEach(part -> refuseUnlessRowRule(source, part));
        try {
            DQRule rule = new DQDLParser()
                    .parse("Rules = [" + source.text() + "]")
                    .getRules()
                    .get(0);
            return new RowRule(source, RowRuleModel.column(rule), RowRuleModel.condition(rule));
        } catch (InvalidDataQualityRulesetException invalid) {
            source.refuseMisspelt();
            throw new IllegalArgumentException(
                    parts.size() == 1
                            ? FORMS.get(parts.get(0).ruleType().getText())
                            : invalid.getMessage().replace("Parsing Error: ", ""),
                    invalid);
        }
    }

    private static void refuseUnlessRowRule(RuleSource source, DqRuleContext part) {
        String name = part.ruleType().getText();
        String rowRules = "row rules are " + String.join(", ", ROW_RULES);
        if (TABLE_RULES.contains(name)) {
            throw new IllegalArgumentException(
                    "%s judges a whole table, which is the work of --quality; %s".formatted(name, rowRules));
        }
        if (!ROW_RULES.contains(name)) {
            throw source.unknown(
                    part.ruleType().getStart(),
                    Stream.concat(ROW_RULES.stream(), TABLE_RULES.stream()).toList(),
                    rowRules);
        }
        if (part.whereClause() != null) {
            throw new IllegalArgumentException(
                    "what 'where' asks is free SQL, whose answer may change with settings or the clock; leave it out");
        }
        if (!part.tagWithCondition().isEmpty()) {
            throw new IllegalArgumentException(
                    "'with %s' is for rules that judge a whole table, and a row keeps a rule or breaks it; leave it out"
                            .formatted(part.tagWithCondition(0).tagValues().getText()));
        }
    }
}
