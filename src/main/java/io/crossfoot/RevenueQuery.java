package io.crossfoot;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.quality.Balance;
import io.crossfoot.report.Revenue;
import io.crossfoot.report.Revenue.Part;
import io.crossfoot.source.Identifier;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DecimalType;

/**
 * What a run comes to by region and by day, where the output has such columns, a text and a date, that are not personal.
 *
 * <p>Costs one look at these columns and the amount in the files that the run has staged: they are added up by all columns
 * together, and what comes back is added up by each here. Where more than {@value #FEW} regions and days have met, it costs
 * a look more for each column, and at most 20 regions and 60 days come back.
 */
record RevenueQuery(EnrichConfig config, Dataset<Row> staged) {
    private static final int FEW = 10_000;
    private static final String ROWS = "rows";
    private static final String AMOUNT = "amount";

    /** @param balance says what all rows come to */
    List<Revenue> ask(Balance balance) {
        List<RevenueAxis> axes = RevenueAxis.of(staged.schema(), config);
        if (axes.isEmpty()) {
            return List.of();
        }
        List<Row> together = totals(axes).limit(FEW + 1).collectAsList();
        return axes.stream()
                .map(axis -> axis.revenue(together.size() > FEW ? first(axis) : first(axis, together), balance))
                .toList();
    }

    private Dataset<Row> totals(List<RevenueAxis> axes) {
        Column[] by = axes.stream()
                .map(axis -> Identifier.column(axis.name(staged.schema())).as(axis.name()))
                .toArray(Column[]::new);
        Column[] told = Stream.concat(
                        axes.stream()
                                .map(axis -> col(axis.name()).cast("string").as(axis.name())),
                        Stream.of(col(ROWS), col(AMOUNT)))
                .toArray(Column[]::new);
        return staged.groupBy(by)
                .agg(
                        count(lit(1)).as(ROWS),
                        SalesPass.total(Identifier.column(config.amount())).as(AMOUNT))
                .select(told);
    }

    private List<Part> first(RevenueAxis axis) {
        Dataset<Row> totals = totals(List.of(axis));
        return parts(axis, axis.first(totals, col(axis.name()), col(AMOUNT)).collectAsList());
    }

    private static List<Part> first(RevenueAxis axis, List<Row> together) {
        Collection<Part> alone = parts(axis, together).stream()
                .collect(Collectors.toMap(Part::value, part -> part, RevenueQuery::sum))
                .values();
        return axis.first(alone);
    }

    private static List<Part> parts(RevenueAxis axis, List<Row> totals) {
        return totals.stream()
                .map(row -> new Part(row.getAs(axis.name()), row.<Long>getAs(ROWS), row.getAs(AMOUNT)))
                .toList();
    }

    private static Part sum(Part one, Part other) {
        BigDecimal amount = one.amount() == null || other.amount() == null
                ? null
                : one.amount().add(other.amount());
        boolean isKnown = amount != null && amount.precision() <= DecimalType.MAX_PRECISION();
        return new Part(one.value(), one.rows() + other.rows(), isKnown ? amount : null);
    }
}
