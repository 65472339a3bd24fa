package io.crossfoot;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.quality.Balance;
import io.crossfoot.report.Revenue;
import io.crossfoot.report.Revenue.Order;
import io.crossfoot.report.Revenue.Part;
import io.crossfoot.source.Identifier;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.StringType;

/**
 * What a run comes to by region and by day, where the output has such columns, a text and a date, that are not personal.
 *
 * <p>Costs a look for each at that column and the amount in the files that the run has staged; what comes back is at most
 * {@value #REGIONS} regions and {@value #DAYS} days, however many there are.
 */
record RevenueQuery(EnrichConfig config, Dataset<Row> staged) {
    private static final String REGION = "region";
    private static final String DAY = "order_date";
    private static final int REGIONS = 20;
    private static final int DAYS = 60;

    /** @param balance says what all rows come to */
    List<Revenue> ask(Balance balance) {
        Optional<Dataset<Row>> regions = groups(REGION, StringType.class)
                .map(groups -> first(
                        groups,
                        REGIONS,
                        col("amount").desc_nulls_last(),
                        col("value").asc_nulls_last()));
        Optional<Dataset<Row>> days = groups(DAY, DateType.class)
                .map(groups -> first(groups, DAYS, col("value").desc_nulls_last()));
        List<Row> found = regions.map(first -> days.map(first::union).orElse(first))
                .or(() -> days)
                .map(Dataset::collectAsList)
                .orElse(List.of());
        List<Revenue> revenues = new ArrayList<>();
        if (regions.isPresent()) {
            revenues.add(revenue(REGION, Order.LARGEST, parts(REGION, found), balance));
        }
        if (days.isPresent()) {
            revenues.add(revenue(DAY, Order.LATEST, parts(DAY, found), balance));
        }
        return revenues;
    }

    private Optional<Dataset<Row>> groups(String column, Class<? extends DataType> type) {
        boolean isPersonal = config.personal().stream().anyMatch(column::equalsIgnoreCase);
        return Arrays.stream(staged.schema().fields())
                .filter(field ->
                        !isPersonal && field.name().equalsIgnoreCase(column) && type.isInstance(field.dataType()))
                .findFirst()
                .map(field -> staged.groupBy(
                                Identifier.column(field.name()).cast("string").as("value"))
                        .agg(
                                count(lit(1)).as("rows"),
                                sum(Identifier.column(config.amount())).as("amount"))
                        .withColumn("column", lit(column)));
    }

    private static Dataset<Row> first(Dataset<Row> groups, int most, Column... order) {
        return groups.orderBy(order).limit(most);
    }

    private static List<Part> parts(String column, List<Row> found) {
        return found.stream()
                .filter(row -> column.equals(row.getAs("column")))
                .map(row -> new Part(row.getAs("value"), row.<Long>getAs("rows"), row.getAs("amount")))
                .toList();
    }

    private static Revenue revenue(String column, Order order, List<Part> parts, Balance balance) {
        long rows = balance.written() - parts.stream().mapToLong(Part::rows).sum();
        boolean isKnown = balance.amountAfter() != null
                && parts.stream().map(Part::amount).noneMatch(Objects::isNull);
        BigDecimal amount =
                isKnown ? parts.stream().map(Part::amount).reduce(balance.amountAfter(), BigDecimal::subtract) : null;
        return new Revenue(column, order, parts, rows == 0 ? null : new Part(null, rows, amount));
    }
}
