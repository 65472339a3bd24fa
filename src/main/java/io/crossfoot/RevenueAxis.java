package io.crossfoot;

import static java.util.Comparator.comparing;
import static java.util.Comparator.nullsFirst;
import static java.util.Comparator.nullsLast;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.quality.Balance;
import io.crossfoot.report.Revenue;
import io.crossfoot.report.Revenue.Order;
import io.crossfoot.report.Revenue.Part;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** A column of the output by which revenue is added up, where the output has it with this type and it is not personal. */
enum RevenueAxis {
    REGION("region", StringType.class, Order.LARGEST, 20),
    DAY("order_date", DateType.class, Order.LATEST, 60);

    private final String column;
    private final Class<? extends DataType> type;
    private final Order order;
    private final int most;

    RevenueAxis(String column, Class<? extends DataType> type, Order order, int most) {
        this.column = column;
        this.type = type;
        this.order = order;
        this.most = most;
    }

    static List<RevenueAxis> of(StructType output, EnrichConfig config) {
        return Arrays.stream(values())
                .filter(axis -> axis.field(output).isPresent()
                        && config.personal().stream().noneMatch(axis.column::equalsIgnoreCase))
                .toList();
    }

    /** Returns the name that the output has for the column. */
    String name(StructType output) {
        return field(output).orElseThrow();
    }

    private Optional<String> field(StructType output) {
        return Arrays.stream(output.fields())
                .filter(field -> field.name().equalsIgnoreCase(column) && type.isInstance(field.dataType()))
                .map(StructField::name)
                .findFirst();
    }

    /** Returns the values that are shown, in their order. */
    List<Part> first(Collection<Part> all) {
        Comparator<Part> byOrder = switch (order) {
            case LARGEST ->
                comparing(Part::amount, nullsFirst(BigDecimal::compareTo))
                        .reversed()
                        .thenComparing(Part::value, nullsLast(String::compareTo));
            case LATEST -> comparing(Part::value, nullsFirst(String::compareTo)).reversed();
        };
        return all.stream().sorted(byOrder).limit(most).toList();
    }

    /** Returns the same of rows in Spark. */
    Dataset<Row> first(Dataset<Row> all, Column value, Column amount) {
        Column[] byOrder = switch (order) {
            case LARGEST -> new Column[] {amount.desc_nulls_last(), value.asc_nulls_last()};
            case LATEST -> new Column[] {value.desc_nulls_last()};
        };
        return all.orderBy(byOrder).limit(most);
    }

    /**
     * Returns the first values, and the rest of what all rows come to.
     *
     * @param first in order, no more than are shown
     */
    Revenue revenue(List<Part> first, Balance balance) {
        long rows = balance.written() - first.stream().mapToLong(Part::rows).sum();
        boolean isKnown = balance.amountAfter() != null
                && first.stream().map(Part::amount).noneMatch(Objects::isNull);
        BigDecimal amount =
                isKnown ? first.stream().map(Part::amount).reduce(balance.amountAfter(), BigDecimal::subtract) : null;
        return new Revenue(column, order, first, rows == 0 ? null : new Part(null, rows, amount));
    }
}
