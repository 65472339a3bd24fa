package io.crossfoot.quality;

import io.crossfoot.error.UsageException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/**
 * A query that returns one number of a table, which it calls {@code primary}.
 *
 * @param others the other tables by the names that it calls them
 */
record NumberQuery(String sql, Map<String, Dataset<Row>> others) {
    /** Says why this is no such query, if so, as the end of a sentence. Reads nothing. */
    Optional<String> problem(Dataset<Row> primary) {
        return Among.analysed(() -> {
            StructType answer = rows(primary).schema();
            return answer.size() == 1 && answer.apply(0).dataType() instanceof NumericType
                    ? Optional.empty()
                    : Optional.of("the query returns (%s), and not one number".formatted(answer.toDDL()));
        });
    }

    /**
     * Returns the number; null when the query has no row, or null in it.
     *
     * @throws UsageException when it has more than one row, or Spark cannot compute it
     */
    Object answer(Dataset<Row> primary) {
        List<Row> rows = firstTwo(primary);
        if (rows.size() > 1) {
            throw refused("the query returns several rows; a rule compares one number");
        }
        return rows.isEmpty() ? null : rows.get(0).get(0);
    }

    private List<Row> firstTwo(Dataset<Row> primary) {
        try {
            return rows(primary).limit(2).collectAsList();
        } catch (Exception failed) {
            // Spark does not declare what it throws
            Throwable root = failed;
            boolean isStorage = failed instanceof IOException;
            while (root.getCause() != null && root.getCause() != root) {
                root = root.getCause();
                isStorage |= root instanceof IOException;
            }
            if (isStorage) {
                throw failed;
            }
            // what it says, and what is printed below it, may hold values of rows, personal ones too
            throw refused("Spark cannot compute the query (%s); what it says may show values, and is left out"
                    .formatted(root.getClass().getSimpleName()));
        }
    }

    private UsageException refused(String reason) {
        return new UsageException("Cannot use rule 'CustomSql \"%s\"': %s".formatted(sql, reason));
    }

    private Dataset<Row> rows(Dataset<Row> primary) {
        primary.createOrReplaceTempView("primary");
        others.forEach((name, rows) -> rows.createOrReplaceTempView(name));
        // in parentheses only a query is one, and no command can do harm
        return primary.sparkSession()
                .sql("SELECT * FROM (\n%s\n)".formatted(sql.strip().replaceFirst(";$", "")));
    }
}
