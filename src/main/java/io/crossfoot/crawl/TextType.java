package io.crossfoot.crawl;

import java.util.regex.Pattern;

/** What the values of a CSV column look like, each kind taking in those before it. */
enum TextType {
    /** No value at all. */
    NOTHING("string"),
    BIGINT("bigint"),
    DOUBLE("double"),
    STRING("string");

    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,19}");
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?");
    private static final Pattern ONLY_DIGITS = Pattern.compile("[+-]?[0-9]+");

    private final String hive;

    TextType(String hive) {
        this.hive = hive;
    }

    String hive() {
        return hive;
    }

    static TextType of(String valueOrNull) {
        String value = valueOrNull == null ? "" : valueOrNull.strip();
        if (value.isEmpty()) {
            return NOTHING;
        }
        if (WHOLE.matcher(value).matches() && isLong(value)) {
            return BIGINT;
        }
        // a number that no bigint holds is a code; as a double it would lose digits
        boolean isCode = ONLY_DIGITS.matcher(value).matches();
        return !isCode && NUMBER.matcher(value).matches() ? DOUBLE : STRING;
    }

    TextType or(TextType other) {
        return compareTo(other) >= 0 ? this : other;
    }

    private static boolean isLong(String digits) {
        try {
            Long.parseLong(digits);
            return true;
        } catch (NumberFormatException tooLarge) {
            return false;
        }
    }
}
