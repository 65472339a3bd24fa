package io.crossfoot.quality;

import io.crossfoot.error.UsageException;
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
     * @throws UsageException when it has more than one row
     */
    Object answer(Dataset<Row> primary) {
        List<Row> rows = rows(primary).limit(2).collectAsList();
        if (rows.size() > 1) {
            throw new UsageException(TableRuleParser.refusal(
                    "CustomSql \"%s\"".formatted(sql), "the query returns several rows; a rule compares one number"));
        }
        return rows.isEmpty() ? null : rows.get(0).get(0);
    }

    private Dataset<Row> rows(Dataset<Row> primary) {
        primary.createOrReplaceTempView("primary");
        others.forEach((name, rows) -> rows.createOrReplaceTempView(name));
        // in parentheses only a query is one, and no command can do harm
        return primary.sparkSession()
                .sql("SELECT * FROM (\n%s\n)".formatted(sql.strip().replaceFirst(";$", "")));
    }
}
