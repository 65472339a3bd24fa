package io.crossfoot.catalog;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a table in its database, in lower case. Databases may have hyphens, as Glue allows; tables may not have
 * what a name in SQL cannot do without quotes.
 */
public record TableName(String database, String table) implements Comparable<TableName> {
    private static final Pattern NAME = Pattern.compile("([^.\\s`\"/]{1,255})\\.([^.\\s`\"/]{1,255})");

    public TableName {
        database = database.toLowerCase(Locale.ROOT);
        table = table.toLowerCase(Locale.ROOT);
    }

    /**
     * Reads {@code analytics.sales}.
     *
     * @throws IllegalArgumentException saying what is wrong and how to write it
     */
    public static TableName parse(String text) {
        Matcher name = NAME.matcher(text);
        if (!name.matches()) {
            throw new IllegalArgumentException(
                    "'%s' names no table; write DATABASE.TABLE, such as analytics.sales".formatted(text));
        }
        return new TableName(name.group(1), name.group(2));
    }

    @Override
    public int compareTo(TableName other) {
        int databases = database.compareTo(other.database);
        return databases != 0 ? databases : table.compareTo(other.table);
    }

    @Override
    public String toString() {
        return database + "." + table;
    }
}
