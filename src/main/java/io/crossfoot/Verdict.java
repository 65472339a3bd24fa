package io.crossfoot;

import io.crossfoot.quality.Balance;
import io.crossfoot.quality.QuarantineLimit;
import io.crossfoot.report.RunReport.TableRead;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Why a run may not publish, a line each. */
final class Verdict {
    private Verdict() {}

    static List<String> of(QuarantineLimit limit, Balance balance, TableRead... tables) {
        List<String> verdict = new ArrayList<>();
        for (String violation : balance.violations()) {
            verdict.add("Cannot publish: the run does not add up: %s".formatted(violation));
        }
        String[] names = {"sales", "customers"};
        for (int i = 0; i < tables.length; i++) {
            if (limit.exceededBy(tables[i].quarantined(), tables[i].rows())) {
                verdict.add(String.format(
                        Locale.ROOT,
                        "Cannot publish: %,d of %,d %s rows are quarantined, more than --max-quarantine %s allows; mend them or raise the limit",
                        tables[i].quarantined(),
                        tables[i].rows(),
                        names[i],
                        limit));
            }
        }
        return verdict;
    }
}
