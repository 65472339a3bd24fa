package io.crossfoot.quality;

import java.util.List;

/**
 * What a table holds, column by column.
 *
 * @param rows rows that could be taken apart into columns
 * @param malformed rows that could not
 * @param suggested rules that the table keeps today, as a ruleset in DQDL
 */
public record TableProfile(long rows, long malformed, List<ColumnProfile> columns, String suggested) {
    public TableProfile {
        columns = List.copyOf(columns);
    }
}
