package io.crossfoot.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the name that was probably meant, for messages of the form "did you mean …?". */
public final class NearMiss {
    private NearMiss() {}

    /**
     * Returns the candidate nearest to {@code name} by edit distance, letter case aside; empty when none is within a
     * third of its length. The first of equals wins, so that the answer does not depend on chance.
     */
    public static Optional<String> of(String name, Collection<String> candidates) {
        return candidates.stream()
                .filter(candidate -> distance(name, candidate) <= Math.max(1, name.length() / 3))
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
    }

    /** Returns {@code "; did you mean 'x'?"}, or nothing. */
    public static String hint(String name, Collection<String> candidates) {
        return of(name, candidates)
                .map(candidate -> "; did you mean '" + candidate + "'?")
                .orElse("");
    }

    private static int distance(String left, String right) {
        return LevenshteinDistance.getDefaultInstance()
                .apply(left.toLowerCase(Locale.ROOT), right.toLowerCase(Locale.ROOT));
    }
}
