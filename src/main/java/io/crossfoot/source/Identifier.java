package io.crossfoot.source;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** Names of columns and tables, and texts, as Spark's SQL reads them literally: dots, spaces and quotes in them do no harm. */
public final class Identifier {
    private Identifier() {}

    /** Returns the name in backticks. */
    public static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    /** Returns a text as it stands between single quotes. */
    public static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("'", "\\'");
    }

    /** Returns the column of this name. */
    public static Column column(String name) {
        return functions.col(quoted(name));
    }
}
