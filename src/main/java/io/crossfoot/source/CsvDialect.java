package io.crossfoot.source;

/**
 * How CSV files are written. Values may be quoted with {@code "}, and a quote inside is doubled, as RFC 4180 says.
 *
 * @param delimiter what stands between two values
 * @param lineBreaks whether quoted values may hold line breaks; a file is then read by one task, not split
 */
public record CsvDialect(char delimiter, LineBreaks lineBreaks) {
    /** @throws IllegalArgumentException when the delimiter is not one byte of ASCII, or means something else already */
    public CsvDialect {
        if (delimiter > 0x7F || delimiter == '"' || delimiter == '\n' || delimiter == '\r') {
            throw new IllegalArgumentException(
                    "Cannot use '%s' as a CSV delimiter: it must be one ASCII character and no quote or line break"
                            .formatted(delimiter));
        }
    }

    /** Whether a quoted value may go on in the next line. */
    public enum LineBreaks {
        NEVER,
        QUOTED
    }

    /** Returns the dialect of RFC 4180 with one record a line. */
    public static CsvDialect standard() {
        return new CsvDialect(',', LineBreaks.NEVER);
    }

    boolean multiline() {
        return lineBreaks == LineBreaks.QUOTED;
    }
}
