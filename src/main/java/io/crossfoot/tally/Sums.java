package io.crossfoot.tally;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The sums of the values of one column, null among them. Of more than {@value #MOST} values there are none: each task sends
 * them all.
 */
final class Sums implements Serializable {
    static final int MOST = 10_000;
    private static final long serialVersionUID = 1L;

    private final Map<Object, Sum> byValue = new HashMap<>();
    private boolean isTooMany;

    /** Returns the sum of a value as Spark holds it. */
    Sum of(Object value) {
        Sum sum = byValue.get(value);
        return sum != null ? sum : begin(value);
    }

    private Sum begin(Object value) {
        Sum sum = new Sum();
        if (byValue.size() == MOST) {
            isTooMany = true;
        } else {
            // Spark writes the next text where this one is
            byValue.put(value instanceof UTF8String text ? text.copy() : value, sum);
        }
        return sum;
    }

    void add(Sums others) {
        others.byValue.forEach((value, sum) -> of(value).add(sum));
        isTooMany |= others.isTooMany;
    }

    /** Returns all of them; empty when there are too many. */
    Optional<Map<Object, Sum>> all() {
        return isTooMany ? Optional.empty() : Optional.of(byValue);
    }
}
