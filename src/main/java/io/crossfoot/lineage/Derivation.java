package io.crossfoot.lineage;

import io.crossfoot.lineage.ColumnLineage.Kind;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How one value of a plan is made.
 *
 * @param words the expression that made it; the name of its source column as long as it only passes or is converted
 * @param fields of a struct, how each field is made; else empty
 */
record Derivation(SortedSet<SourceColumn> sources, Kind kind, String words, List<Derivation> fields) {
    static Derivation identity(SourceColumn source) {
        return new Derivation(new TreeSet<>(List.of(source)), Kind.IDENTITY, source.toString(), List.of());
    }

    static Derivation constant(String words) {
        return new Derivation(new TreeSet<>(), Kind.CONSTANT, words, List.of());
    }

    /** Returns a value computed from others; one that is computed from none is a constant. */
    static Derivation computed(Kind kind, String words, Collection<Derivation> from) {
        SortedSet<SourceColumn> sources = union(from);
        return new Derivation(sources, sources.isEmpty() ? Kind.CONSTANT : kind, words, List.of());
    }

    static Derivation struct(List<Derivation> fields, String words) {
        return new Derivation(union(fields), Kind.TRANSFORMATION, words, fields);
    }

    /** Returns a value that is this one in some rows and the other in the rest. */
    Derivation or(Derivation other) {
        if (equals(other)) {
            return this;
        }
        Kind either = kind == other.kind ? kind : Kind.TRANSFORMATION;
        return new Derivation(union(List.of(this, other)), either, sources.isEmpty() ? other.words : words, List.of());
    }

    /** Returns this value in another type. */
    Derivation converted() {
        return kind == Kind.CONSTANT ? this : new Derivation(sources, Kind.TRANSFORMATION, words, List.of());
    }

    private static SortedSet<SourceColumn> union(Collection<Derivation> from) {
        SortedSet<SourceColumn> sources = new TreeSet<>();
        from.forEach(derivation -> sources.addAll(derivation.sources));
        return sources;
    }
}
