package io.crossfoot.crawl;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the name of a folder says: {@code order_date=2024-01-15}, {@code 2024}. */
final class FolderName {
    private static final Pattern ESCAPED = Pattern.compile("%([0-9A-Fa-f]{2})");

    private FolderName() {}

    /** Whether it names a partition, not a table. */
    static boolean isPartition(String folder) {
        return folder.indexOf('=') > 0 || Character.isDigit(folder.charAt(0));
    }

    /** Returns the key; empty when there is none. */
    static String key(String folder) {
        return folder.substring(0, Math.max(folder.indexOf('='), 0));
    }

    static String value(String folder) {
        String text = folder.indexOf('=') > 0 ? folder.substring(folder.indexOf('=') + 1) : folder;
        return ESCAPED.matcher(text).replaceAll(FolderName::character);
    }

    private static String character(MatchResult escaped) {
        return Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escaped.group(1), 16)));
    }
}
