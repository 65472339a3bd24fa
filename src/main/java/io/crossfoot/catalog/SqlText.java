package io.crossfoot.catalog;

import io.crossfoot.error.UsageException;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The text of a statement, and what can be told of it without parsing it. */
record SqlText(String text) {
    /** As Spark reads them: a text may hold any quote behind a backslash, a raw one may not. */
    private static final Pattern QUOTED_OR_COMMENT = Pattern.compile(
            "\\b[rR]'[^']*'|\\b[rR]\"[^\"]*\"|'(?:[^'\\\\]|\\\\.|'')*'|\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`|--[^\\r\\n]*|/\\*.*?\\*/",
            Pattern.DOTALL);

    private static final Pattern READS =
            Pattern.compile("[\\s(]*(SELECT|WITH|VALUES|FROM|TABLE|SHOW|DESC|DESCRIBE|EXPLAIN)\\b.*", Pattern.DOTALL);
    /** What may follow the tables of a WITH, or the table of a FROM. */
    private static final Pattern WRITES = Pattern.compile("\\b(INSERT|DELETE|UPDATE|MERGE)\\b");

    /** @throws UsageException when the statement would do anything but read */
    void requireReadOnly() {
        String bare = outsideQuotes(text -> text.toUpperCase(Locale.ROOT), quoted -> " ");
        if (!READS.matcher(bare).matches() || WRITES.matcher(bare).find()) {
            throw new UsageException(
                    "Cannot run the query: it must only read; write SELECT, WITH, SHOW or DESCRIBE, and names like"
                            + " `update` in backticks");
        }
    }

    /** Whether a name occurs anywhere in the text, in any case. */
    boolean mentions(String name) {
        return text.toLowerCase(Locale.ROOT).contains(name);
    }

    /**
     * Returns this text without a semicolon at its end, and with other names for databases: Glue allows hyphens in them,
     * Spark does not, and people write them with quotes or without.
     */
    SqlText calling(Map<String, String> aliases) {
        String result = text.strip().replaceFirst(";\\s*$", "");
        for (Map.Entry<String, String> alias : aliases.entrySet()) {
            Pattern bare = Pattern.compile(
                    "(?<![\\w-])" + Pattern.quote(alias.getKey()) + "(?=\\s*\\.)", Pattern.CASE_INSENSITIVE);
            result = new SqlText(result)
                    .outsideQuotes(
                            part -> bare.matcher(part).replaceAll(alias.getValue()),
                            quoted -> isName(quoted, alias.getKey()) ? alias.getValue() : quoted);
        }
        return new SqlText(result);
    }

    private static boolean isName(String quoted, String name) {
        return quoted.equalsIgnoreCase("\"" + name + "\"") || quoted.equalsIgnoreCase("`" + name + "`");
    }

    private String outsideQuotes(UnaryOperator<String> outside, UnaryOperator<String> inside) {
        StringBuilder result = new StringBuilder();
        int from = 0;
        for (MatchResult quoted : QUOTED_OR_COMMENT.matcher(text).results().toList()) {
            result.append(outside.apply(text.substring(from, quoted.start())));
            result.append(inside.apply(quoted.group()));
            from = quoted.end();
        }
        return result.append(outside.apply(text.substring(from))).toString();
    }
}
