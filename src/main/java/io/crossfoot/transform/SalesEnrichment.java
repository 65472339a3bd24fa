package io.crossfoot.transform;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Function1;

/**
 * Sales enriched with customers: a {@link GuardedJoin}, then an {@link ExactAmount}.
 *
 * <pre>
 * sales      order_id | customer_id | product_name | quantity | price  | order_date
 *            1001     | C001        | Laptop       | 1        | 999.99 | 2024-01-15
 *
 * customers  customer_id | name       | email          | region
 *            C001        | John Smith | john@email.com | North
 *
 * enriched   customer_id | order_id | product_name | quantity | price  | order_date | name       | email          | region | total_amount
 *            C001        | 1001     | Laptop       | 1        | 999.99 | 2024-01-15 | John Smith | john@email.com | North  | 999.99
 * </pre>
 */
public final class SalesEnrichment implements Function1<Dataset<Row>, Dataset<Row>> {
    private final GuardedJoin join;
    private final ExactAmount amount;

    private SalesEnrichment(GuardedJoin join, ExactAmount amount) {
        this.join = join;
        this.amount = amount;
    }

    /**
     * Returns the recipe's enrichment: customers by {@code customer_id}, {@code quantity × price} as {@code
     * total_amount}; two different customers of one id fail the job.
     *
     * @throws IllegalArgumentException when customers have no column {@code customer_id}
     */
    public static SalesEnrichment with(Dataset<Row> customers) {
        return with(Lookup.of(customers, List.of("customer_id"), DuplicatePolicy.fail()));
    }

    /** Returns the recipe's enrichment with a lookup of other keys or of another duplicate policy. */
    public static SalesEnrichment with(Lookup customers) {
        return of(GuardedJoin.with(customers), ExactAmount.of("quantity", "price"));
    }

    /** Returns an enrichment made of a join and an amount of any columns. */
    public static SalesEnrichment of(GuardedJoin join, ExactAmount amount) {
        return new SalesEnrichment(join, amount);
    }

    @Override
    public Dataset<Row> apply(Dataset<Row> sales) {
        return amount.apply(join.apply(sales));
    }
}
