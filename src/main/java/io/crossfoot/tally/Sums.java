package io.crossfoot.tally;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The sums of the values of one column, null among them. Of more than {@value #MOST} values, or {@value #MOST_BYTES} bytes of
 * text, there are none: what a task sends stays below 1 MiB, and above that Spark counts it against
 * {@code spark.driver.maxResultSize}.
 */
final class Sums implements Serializable {
    static final int MOST = 4_000;
    static final int MOST_BYTES = 128 << 10;
    private static final long serialVersionUID = 1L;

    private final Map<Object, Sum> byValue = new HashMap<>();
    private long bytes;
    private boolean isTooMany;

    /** Returns the sum of a value as Spark holds it. */
    Sum of(Object value) {
        Sum sum = byValue.get(value);
        return sum != null ? sum : begin(value);
    }

    private Sum begin(Object value) {
        bytes += value instanceof UTF8String text ? text.numBytes() : 0;
        if (isTooMany || byValue.size() == MOST || bytes > MOST_BYTES) {
            forget();
            return new Sum();
        }
        Sum sum = new Sum();
        // Spark writes the next text where this one is
        byValue.put(value instanceof UTF8String text ? text.copy() : value, sum);
        return sum;
    }

    private void forget() {
        isTooMany = true;
        byValue.clear();
    }

    void add(Sums others) {
        if (others.isTooMany) {
            forget();
        }
        others.byValue.forEach((value, sum) -> of(value).add(sum));
    }

    /** Returns all of them; empty when there are too many. */
    Optional<Map<Object, Sum>> all() {
        return isTooMany ? Optional.empty() : Optional.of(byValue);
    }
}
