package io.crossfoot.emulator.engine;

import org.apache.spark.sql.AnalysisException;

/** What a query's StateChangeReason says, with Athena's first word where it has one for the case. */
final class FailureText {
    private FailureText() {}

    static String of(Throwable failed) {
        Throwable cause = failed;
        while (!(cause instanceof AnalysisException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String text = String.valueOf(cause.getMessage())
                .lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse("");
        if (cause instanceof AnalysisException) {
            // Spark's messages begin with the name of their condition, in square brackets
            return code(text.startsWith("[") ? text.substring(1) : text) + ": " + text;
        }
        return (text.contains("DIVIDE_BY_ZERO") ? "DIVISION_BY_ZERO: " : "GENERIC_USER_ERROR: ") + text;
    }

    private static String code(String spark) {
        if (spark.startsWith("UNRESOLVED_COLUMN")) {
            return "COLUMN_NOT_FOUND";
        }
        if (spark.startsWith("UNRESOLVED_ROUTINE")) {
            return "FUNCTION_NOT_FOUND";
        }
        if (spark.startsWith("DATATYPE_MISMATCH")) {
            return "TYPE_MISMATCH";
        }
        return spark.startsWith("PARSE_SYNTAX_ERROR") ? "SYNTAX_ERROR" : "INVALID_QUERY";
    }
}
