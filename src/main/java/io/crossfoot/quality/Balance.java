package io.crossfoot.quality;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * The account of a run. Each number is taken at its own place, so that a row lost or doubled between two places shows.
 *
 * @param read sales rows as the source gave them
 * @param accepted those of them that kept the contract, counted before the join
 * @param quarantined the rest, counted where they were set apart
 * @param written rows in the files that were written, from the files themselves
 * @param matched rows with a partner, counted after the join
 * @param unmatched rows without one, counted after the join
 * @param amountBefore the sum of quantity × price over the accepted rows before the join; zero when there are none
 *     and null when it has more than 38 digits
 * @param amountAfter the sum of the amount column over the rows as they were written; zero when there are none
 */
public record Balance(
        long read,
        long accepted,
        long quarantined,
        long written,
        long matched,
        long unmatched,
        BigDecimal amountBefore,
        BigDecimal amountAfter) {

    /** Returns every law of the account that does not hold, in words; empty when the run adds up. */
    public List<String> violations() {
        List<String> violations = new ArrayList<>();
        if (read != written + quarantined) {
            violations.add("%d rows read, but %d written + %d quarantined = %d"
                    .formatted(read, written, quarantined, written + quarantined));
        }
        if (written != accepted) {
            violations.add("%d rows accepted, but %d written".formatted(accepted, written));
        }
        if (written != matched + unmatched) {
            violations.add("%d rows written, but %d matched + %d unmatched = %d"
                    .formatted(written, matched, unmatched, matched + unmatched));
        }
        if (amountBefore == null || amountAfter == null) {
            violations.add("the sum of the amounts has more than 38 digits");
        } else if (amountBefore.compareTo(amountAfter) != 0) {
            violations.add("the amount before the join is %s, after it %s"
                    .formatted(amountBefore.toPlainString(), amountAfter.toPlainString()));
        }
        return violations;
    }
}
