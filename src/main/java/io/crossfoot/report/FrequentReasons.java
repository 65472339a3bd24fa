package io.crossfoot.report;

import io.crossfoot.report.RunReport.QuarantinedRows;
import java.util.Comparator;
import java.util.List;

/**
 * Why rows were quarantined, as much of it as somebody looks at.
 *
 * @param shown the most frequent first
 * @param others how many more reasons there are
 * @param rows how many rows have these
 */
public record FrequentReasons(List<QuarantinedRows> shown, long others, long rows) {
    /** Returns so many of all. */
    public static FrequentReasons of(List<QuarantinedRows> quarantine, int most) {
        List<QuarantinedRows> shown = quarantine.stream()
                .filter(rows -> rows.others() == 0)
                .sorted(Comparator.comparingLong(QuarantinedRows::rows).reversed())
                .limit(most)
                .toList();
        long reasons = quarantine.stream()
                .mapToLong(rows -> Math.max(1, rows.others()))
                .sum();
        return new FrequentReasons(shown, reasons - shown.size(), rows(quarantine) - rows(shown));
    }

    private static long rows(List<QuarantinedRows> reasons) {
        return reasons.stream().mapToLong(QuarantinedRows::rows).sum();
    }
}
