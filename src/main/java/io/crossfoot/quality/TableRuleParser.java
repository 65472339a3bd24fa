package io.crossfoot.quality;

import io.crossfoot.contract.RuleSource;
import io.crossfoot.contract.Ruleset;
import io.crossfoot.shaded.antlr4.runtime.Token;
import io.crossfoot.shaded.dqdl.DataQualityDefinitionLanguageParser.DqRuleContext;
import io.crossfoot.shaded.dqdl.exception.InvalidDataQualityRulesetException;
import io.crossfoot.shaded.dqdl.model.DQRule;
import io.crossfoot.shaded.dqdl.model.DQRuleLogicalOperator;
import io.crossfoot.shaded.dqdl.parser.DQDLParser;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Turns DQDL into table rules, rule by rule, so that each wrong one is named. */
final class TableRuleParser {
    private static final Pattern WARN = Pattern.compile("[\\s,\\])]*#\\s*warn\\b.*");

    /** Rules of the language that are not for here, and why. */
    private static final Map<String, String> REFUSED = Map.of(
            "AllStatistics", "it judges nothing; the command profile shows statistics",
            "DatasetMatch", "it compares the values of two tables row by row; ask for the number with CustomSql",
            "DetectAnomalies", "what is unusual against earlier runs is told of every run",
            "FileFreshness", "it judges files, and this judges rows; use DataFreshness",
            "FileMatch", "it judges files, and this judges rows",
            "FileSize", "it judges files, and this judges rows",
            "FileUniqueness", "it judges files, and this judges rows");

    private final TableRuleModel model;

    TableRuleParser(Instant now) {
        this.model = new TableRuleModel(now);
    }

    List<TableRule> parse(Ruleset rules) {
        List<String> lines = rules.text().lines().toList();
        return RuleSource.read(rules, source -> rule(source, severity(source, lines)));
    }

    private TableRule rule(RuleSource source, Severity severity) {
        source.parts().forEach(part -> refuseUnlessUsable(source, part));
        try {
            DQRule rule = new DQDLParser()
                    .parse("Rules = [" + source.text() + "]")
                    .getRules()
                    .get(0);
            return new TableRule(source, severity, check(rule));
        } catch (InvalidDataQualityRulesetException wrong) {
            source.refuseMisspelt();
            throw new IllegalArgumentException(inOurWords(wrong.getMessage()), wrong);
        }
    }

    private static String inOurWords(String message) {
        return message.replace("Parsing Error: ", "")
                .replaceFirst("Rule Type: (\\w+) is not valid", "$1 takes other columns or texts than these")
                .replaceFirst(
                        "Unexpected condition for rule of type (\\w+) with (\\w+) return type",
                        "it does not say what the $2 must be, or not by a $2");
    }

    private Check check(DQRule rule) {
        if (rule.getNestedRules().isEmpty()) {
            return model.check(rule);
        }
        List<Check> checks = rule.getNestedRules().stream().map(this::check).toList();
        return rule.getOperator() == DQRuleLogicalOperator.AND ? new Check.All(checks) : new Check.Any(checks);
    }

    private static void refuseUnlessUsable(RuleSource source, DqRuleContext part) {
        Token name = part.ruleType().getStart();
        if (REFUSED.containsKey(name.getText())) {
            throw new IllegalArgumentException(REFUSED.get(name.getText()));
        }
        if (!TableRuleModel.NAMES.contains(name.getText())) {
            throw source.unknown(
                    name,
                    Stream.concat(TableRuleModel.NAMES.stream(), REFUSED.keySet().stream())
                            .sorted()
                            .toList(),
                    "known are " + String.join(", ", TableRuleModel.NAMES));
        }
        part.tagWithCondition().stream()
                .map(tag -> tag.tagValues().getText())
                .filter(tag -> !tag.equals("threshold"))
                .findFirst()
                .ifPresent(tag -> {
                    throw new IllegalArgumentException("'with %s' is not read; 'with threshold' is".formatted(tag));
                });
    }

    /** Glue Data Quality takes the mark for a comment, so that one file serves both. */
    private static Severity severity(RuleSource source, List<String> lines) {
        Token last = source.tokens().get(source.tokens().size() - 1);
        String line = lines.get(last.getLine() - 1);
        // the parser counts characters, of which some take two places of a text
        int end = line.offsetByCodePoints(0, last.getCharPositionInLine())
                + last.getText().length();
        boolean warns =
                end <= line.length() && WARN.matcher(line.substring(end)).matches();
        return warns ? Severity.WARN : Severity.FAIL;
    }
}
