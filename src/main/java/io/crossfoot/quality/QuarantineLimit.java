package io.crossfoot.quality;

import java.math.BigDecimal;

/** How many rows a run may quarantine and still publish. */
public sealed interface QuarantineLimit {
    /** Whether so many quarantined rows, of so many read, are too many. */
    boolean exceededBy(long quarantined, long read);

    /** At most this many rows. */
    record Rows(long rows) implements QuarantineLimit {
        @Override
        public boolean exceededBy(long quarantined, long read) {
            return quarantined > rows;
        }

        @Override
        public String toString() {
            return Long.toString(rows);
        }
    }

    /** At most this many rows of a hundred. */
    record Percent(BigDecimal percent) implements QuarantineLimit {
        @Override
        public boolean exceededBy(long quarantined, long read) {
            BigDecimal hundredfold = BigDecimal.valueOf(quarantined).movePointRight(2);
            return hundredfold.compareTo(percent.multiply(BigDecimal.valueOf(read))) > 0;
        }

        @Override
        public String toString() {
            return percent.toPlainString() + "%";
        }
    }
}
