package io.crossfoot;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.quality.Balance;
import io.crossfoot.report.Revenue;
import io.crossfoot.report.Revenue.Order;
import io.crossfoot.report.Revenue.Part;
import io.crossfoot.source.Identifier;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;

/**
 * What a run comes to by region and by day, where the output has such columns, a text and a date, that are not personal.
 *
 * <p>Costs one look at these columns and the amount in the files that the run has staged, and one task over a row for each
 * region and day that met; what comes back is at most 20 regions and 60 days, however many there are.
 */
record RevenueQuery(EnrichConfig config, Dataset<Row> staged) {
    private static final String AXIS = "axis";
    private static final String VALUE = "value";
    private static final String ROWS = "rows";
    private static final String AMOUNT = "amount";
    private static final String PLACE = "place";

    /** A column to add up by. */
    private enum Axis {
        REGION("region", StringType.class, Order.LARGEST, 20),
        DAY("order_date", DateType.class, Order.LATEST, 60);

        private final String column;
        private final Class<? extends DataType> type;
        private final Order order;
        private final int most;

        Axis(String column, Class<? extends DataType> type, Order order, int most) {
            this.column = column;
            this.type = type;
            this.order = order;
            this.most = most;
        }
    }

    /** @param balance says what all rows come to */
    List<Revenue> ask(Balance balance) {
        List<Axis> axes = Arrays.stream(Axis.values())
                .filter(axis -> field(axis).isPresent())
                .toList();
        if (axes.isEmpty()) {
            return List.of();
        }
        List<Row> found = first(byValue(axes)).collectAsList();
        return axes.stream()
                .map(axis -> revenue(axis, parts(axis, found), balance))
                .toList();
    }

    private Optional<String> field(Axis axis) {
        boolean isPersonal = config.personal().stream().anyMatch(axis.column::equalsIgnoreCase);
        return Arrays.stream(staged.schema().fields())
                .filter(field -> !isPersonal
                        && field.name().equalsIgnoreCase(axis.column)
                        && axis.type.isInstance(field.dataType()))
                .map(StructField::name)
                .findFirst();
    }

    /** The rows are read once: added up by all axes together, and what is left of them by each alone. */
    private Dataset<Row> byValue(List<Axis> axes) {
        Column[] together = axes.stream()
                .map(axis -> Identifier.column(field(axis).orElseThrow()).as(axis.name()))
                .toArray(Column[]::new);
        Column[] alone = axes.stream()
                .map(axis -> struct(
                        lit(axis.name()).as(AXIS),
                        col(axis.name()).cast("string").as(VALUE)))
                .toArray(Column[]::new);
        return staged.groupBy(together)
                .agg(
                        count(lit(1)).as(ROWS),
                        SalesPass.total(Identifier.column(config.amount())).as(AMOUNT))
                // few rows by now, for which three shuffles would cost more than one task
                .coalesce(1)
                .select(explode(array(alone)).as("part"), col(ROWS), col(AMOUNT))
                .groupBy(
                        col("part").getField(AXIS).as(AXIS),
                        col("part").getField(VALUE).as(VALUE))
                .agg(sum(ROWS).as(ROWS), totalOfTotals(col(AMOUNT)).as(AMOUNT));
    }

    /** Null where one of the totals is: they are never of no amounts. */
    private static Column totalOfTotals(Column total) {
        return when(count(total).equalTo(count(lit(1))), sum(total));
    }

    private static Dataset<Row> first(Dataset<Row> groups) {
        Column[] order = Stream.concat(
                        Arrays.stream(Axis.values())
                                .map(axis -> when(col(AXIS).equalTo(axis.name()), key(axis.order))
                                        .desc_nulls_last()),
                        Stream.of(col(VALUE).asc_nulls_last()))
                .toArray(Column[]::new);
        Column isShown = Arrays.stream(Axis.values())
                .map(axis -> col(AXIS).equalTo(axis.name()).and(col(PLACE).leq(axis.most)))
                .reduce(Column::or)
                .orElseThrow();
        return groups.withColumn(
                        PLACE, row_number().over(Window.partitionBy(AXIS).orderBy(order)))
                .filter(isShown)
                .orderBy(AXIS, PLACE);
    }

    private static Column key(Order order) {
        return switch (order) {
            case LARGEST -> col(AMOUNT);
            case LATEST -> col(VALUE);
        };
    }

    private static List<Part> parts(Axis axis, List<Row> found) {
        return found.stream()
                .filter(row -> axis.name().equals(row.getAs(AXIS)))
                .map(row -> new Part(row.getAs(VALUE), row.<Long>getAs(ROWS), row.getAs(AMOUNT)))
                .toList();
    }

    private static Revenue revenue(Axis axis, List<Part> parts, Balance balance) {
        long rows = balance.written() - parts.stream().mapToLong(Part::rows).sum();
        boolean isKnown = balance.amountAfter() != null
                && parts.stream().map(Part::amount).noneMatch(Objects::isNull);
        BigDecimal amount =
                isKnown ? parts.stream().map(Part::amount).reduce(balance.amountAfter(), BigDecimal::subtract) : null;
        return new Revenue(axis.column, axis.order, parts, rows == 0 ? null : new Part(null, rows, amount));
    }
}
