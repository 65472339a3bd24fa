package io.crossfoot.report;

import static io.crossfoot.report.Html.code;
import static io.crossfoot.report.Html.text;

import io.crossfoot.quality.RuleResult;
import io.crossfoot.quality.Severity;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** How the tables fared by their rules, those that do not hold first. */
record RulesSection(List<RuleResult> results) {
    String html() {
        if (results.isEmpty()) {
            return "<p>No table was judged by rules.</p>";
        }
        List<List<String>> rows = results.stream()
                .sorted(Comparator.comparing(RuleResult::holds))
                .map(result -> List.of(outcome(result), text(result.table()), code(result.rule()), measures(result)))
                .toList();
        return Html.table("Rules of whole tables", List.of("outcome", "table", "rule", "measured"), rows);
    }

    private static String outcome(RuleResult result) {
        if (result.holds()) {
            return "<span class=\"outcome good\">✓ pass</span>";
        }
        return result.severity() == Severity.WARN
                ? "<span class=\"outcome warn\">! warn</span>"
                : "<span class=\"outcome bad\">✗ fail</span>";
    }

    private static String measures(RuleResult result) {
        return result.measures().stream()
                .map(measure -> text(measure.metric()) + " = <b>"
                        + (measure.value() == null ? "nothing" : text(RuleResult.rounded(measure.value())))
                        + "</b>")
                .collect(Collectors.joining("<br/>"));
    }
}
