package io.crossfoot.csv;

import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How CSV files are written. Values may be quoted, and a quote inside is doubled, as RFC 4180 says.
 *
 * @param delimiter what stands between two values
 * @param quote what stands around a value that is quoted; {@link #NO_QUOTE} when none ever is
 * @param lineBreaks whether quoted values may hold line breaks; a file is then read by one task, not split
 * @param nulls texts that stand for null where they are not quoted, besides the empty one
 * @param charset the name of the files' charset; any other than UTF-8 is decoded first, and such a file is not split
 */
public record CsvDialect(char delimiter, char quote, LineBreaks lineBreaks, List<String> nulls, String charset)
        implements Serializable {
    /** No value is quoted: a quote stands for itself. */
    public static final char NO_QUOTE = '\0';

    /** @throws IllegalArgumentException when a character is not one byte of ASCII, or means something else already */
    public CsvDialect {
        nulls = List.copyOf(nulls);
        charset = Charset.forName(charset).name();
        if (!isSeparator(delimiter)) {
            throw new IllegalArgumentException(
                    "Cannot use '%s' as a CSV delimiter: it must be one ASCII character and no letter, digit or line break"
                            .formatted(delimiter));
        }
        if (quote != NO_QUOTE && !isSeparator(quote)) {
            throw new IllegalArgumentException(
                    "Cannot use '%s' as a CSV quote: it must be one ASCII character and no letter, digit or line break"
                            .formatted(quote));
        }
        if (delimiter == quote) {
            throw new IllegalArgumentException("Cannot use '%s' as CSV delimiter and quote at once".formatted(quote));
        }
    }

    /** Whether a quoted value may go on in the next line. */
    public enum LineBreaks {
        NEVER,
        QUOTED
    }

    /** Returns the dialect of RFC 4180 with one record a line, in UTF-8. */
    public static CsvDialect standard() {
        return new CsvDialect(',', '"', LineBreaks.NEVER, List.of(), "UTF-8");
    }

    /** Returns this dialect with another delimiter. */
    public CsvDialect with(char other) {
        return new CsvDialect(other, quote, lineBreaks, nulls, charset);
    }

    /** Returns this dialect with line breaks in quotes, or without. */
    public CsvDialect with(LineBreaks breaks) {
        return new CsvDialect(delimiter, quote, breaks, nulls, charset);
    }

    /** Returns whether a character can part values or stand around them. */
    public static boolean isSeparator(char character) {
        return character > 0
                && character < 0x7F
                && !Character.isLetterOrDigit(character)
                && character != '\n'
                && character != '\r';
    }

    boolean multiline() {
        return lineBreaks == LineBreaks.QUOTED;
    }

    /** Returns whether the bytes of a file are not UTF-8, which is all that is read as it is. */
    public boolean mustDecode() {
        return !charset.equals(StandardCharsets.UTF_8.name());
    }
}
