package io.crossfoot.quality;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows that a number is about: those for which a condition is true, or all.
 *
 * @param where the condition in SQL, as a rule says it
 */
record Among(Optional<String> where) {
    static final Among ALL = new Among(Optional.empty());

    /** Returns the value in a row that the number is about, and null in any other. */
    Column of(Column value) {
        return where.map(condition -> when(expr(condition), value)).orElse(value);
    }

    Dataset<Row> of(Dataset<Row> rows) {
        return where.map(rows::filter).orElse(rows);
    }

    /** Returns the name of a number of all rows as that of one of these. */
    String name(String ofAll) {
        return where.map(condition -> "%s where \"%s\"".formatted(ofAll, condition))
                .orElse(ofAll);
    }

    /** Says why rows cannot be chosen so, if so, as the end of a sentence. Reads nothing. */
    Optional<String> problem(Dataset<Row> rows) {
        return analysed(() -> {
            where.ifPresent(condition -> of(rows).observe("_crossfoot_where", count(of(lit(1)))));
            return Optional.empty();
        });
    }

    /** Returns a problem that was found, or else what Spark's analysis has against a query. */
    static Optional<String> analysed(Supplier<Optional<String>> problem) {
        try {
            return problem.get();
        } catch (Exception wrong) {
            // Spark does not declare what it throws
            if (wrong instanceof AnalysisException) {
                return wrong.getMessage()
                        .lines()
                        .filter(line -> !line.isBlank())
                        .findFirst();
            }
            throw wrong;
        }
    }
}
