package io.crossfoot;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.quality.Balance;
import io.crossfoot.report.Revenue;
import io.crossfoot.report.Revenue.Part;
import io.crossfoot.source.Identifier;
import io.crossfoot.tally.Tally;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DecimalType;

/**
 * What a run comes to by region and by day, where the output has such columns, a text and a date, that are not personal.
 *
 * <p>Rows are added up while they are written. Where that tells nothing of a column, since it names the folders of the output
 * or has too many values, it costs a look at it and the amount in the files that the run has staged; at most 20 regions and
 * 60 days come back.
 *
 * @param tally of the rows that are written
 */
record RevenueTotals(EnrichConfig config, List<RevenueAxis> axes, Tally tally) {
    private static final String ROWS = "rows";
    private static final String AMOUNT = "amount";

    /** Begins to add up rows that are to be written. */
    static RevenueTotals of(Dataset<Row> enriched, EnrichConfig config) {
        List<RevenueAxis> axes = RevenueAxis.of(enriched.schema(), config);
        List<String> columns =
                axes.stream().map(axis -> axis.name(enriched.schema())).toList();
        return new RevenueTotals(config, axes, Tally.of(enriched, config.amount(), columns));
    }

    /** @param balance says what all rows come to */
    List<Revenue> revenue(Dataset<Row> staged, Balance balance) {
        return axes.stream()
                .map(axis -> axis.revenue(
                        tallied(axis, axis.name(staged.schema()), balance).orElseGet(() -> asked(axis, staged)),
                        balance))
                .toList();
    }

    /** Empty, too, where the tally has not met every row that was written. */
    private Optional<List<Part>> tallied(RevenueAxis axis, String column, Balance balance) {
        return tally.by(column)
                .filter(totals -> totals.stream().mapToLong(Tally.Total::rows).sum() == balance.written())
                .map(totals ->
                        axis.first(totals.stream().map(RevenueTotals::part).toList()));
    }

    private static Part part(Tally.Total total) {
        boolean isKnown = total.amount().precision() <= DecimalType.MAX_PRECISION();
        return new Part(total.value(), total.rows(), isKnown ? total.amount() : null);
    }

    private List<Part> asked(RevenueAxis axis, Dataset<Row> staged) {
        Dataset<Row> totals = staged.groupBy(Identifier.column(axis.name(staged.schema()))
                        .cast("string")
                        .as(axis.name()))
                .agg(
                        count(lit(1)).as(ROWS),
                        SalesPass.total(Identifier.column(config.amount())).as(AMOUNT));
        return axis.first(totals, col(axis.name()), col(AMOUNT)).collectAsList().stream()
                .map(row -> new Part(row.getAs(axis.name()), row.<Long>getAs(ROWS), row.getAs(AMOUNT)))
                .toList();
    }
}
