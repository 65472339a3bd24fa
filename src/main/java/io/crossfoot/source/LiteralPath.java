package io.crossfoot.source;

/** A path for Spark's readers, which take every path for a glob. */
public final class LiteralPath {
    private LiteralPath() {}

    /** Returns a pattern that this path alone matches. */
    public static String of(String path) {
        return path.replaceAll("([{}\\[\\]*?\\\\])", "\\\\$1");
    }
}
