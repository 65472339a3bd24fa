package io.crossfoot.tally;

import java.io.Serializable;
import java.math.BigInteger;

/** How many rows there are, and the sum of their amounts in units of the last digit. */
final class Sum implements Serializable {
    private static final long serialVersionUID = 1L;

    private long rows;
    /** What did not fit into a long any more. */
    private BigInteger carried = BigInteger.ZERO;

    private long units;

    /** Adds a row without an amount. */
    void addNone() {
        rows++;
    }

    void add(long amount) {
        rows++;
        addUnits(amount);
    }

    void add(BigInteger amount) {
        rows++;
        carried = carried.add(amount);
    }

    void add(Sum other) {
        rows += other.rows;
        carried = carried.add(other.carried);
        addUnits(other.units);
    }

    private void addUnits(long amount) {
        long sum = units + amount;
        boolean isOverflown = ((units ^ sum) & (amount ^ sum)) < 0;
        if (isOverflown) {
            carried = carried.add(BigInteger.valueOf(units));
            sum = amount;
        }
        units = sum;
    }

    long rows() {
        return rows;
    }

    BigInteger amount() {
        return carried.add(BigInteger.valueOf(units));
    }
}
