package io.crossfoot.sink;

import java.util.List;
import java.util.Optional;

/**
 * What was left behind by runs that died, and was put right.
 *
 * @param finished the run whose publication was half done and is complete now
 * @param removed what dead runs had left, staged or set aside
 */
public record Recovery(Optional<String> finished, List<String> removed) {
    public Recovery {
        removed = List.copyOf(removed);
    }
}
