package io.crossfoot.transform;

import static io.crossfoot.testing.Frames.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.testing.DatasetAsserts;
import io.crossfoot.testing.LocalSpark;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class SalesEnrichmentTest {
    private static final String SALES =
            "order_id BIGINT, customer_id STRING, product_name STRING, quantity INT, price DECIMAL(12,2), order_date DATE";
    private static final String CUSTOMERS = "customer_id STRING, name STRING, email STRING, region STRING";

    @Test
    void addsTheCustomerAndTheAmount(SparkSession spark) {
        Dataset<Row> sales =
                frame(spark, SALES, "1001|C001|Laptop|1|999.99|2024-01-15", "1002|C002|Mouse|2|25.50|null");
        Dataset<Row> customers =
                frame(spark, CUSTOMERS, "C001|John Smith|john@email.com|North", "C002|Jane Doe|null|South");

        Dataset<Row> enriched = sales.transform(SalesEnrichment.with(customers));

        Dataset<Row> expected = frame(
                spark,
                "customer_id STRING, order_id BIGINT, product_name STRING, quantity INT, price DECIMAL(12,2),"
                        + " order_date DATE, name STRING, email STRING, region STRING, total_amount DECIMAL(23,2)",
                "C001|1001|Laptop|1|999.99|2024-01-15|John Smith|john@email.com|North|999.99",
                "C002|1002|Mouse|2|25.50|null|Jane Doe|null|South|51.00");
        new DatasetAsserts(spark).assertDataFrameNoOrderEquals(expected, enriched);
    }

    @Test
    void doesNothingUntilItsResultIsUsed(SparkSession spark) {
        Dataset<Row> sales = frame(spark, SALES, "1001|C001|Laptop|1|999.99|2024-01-15");
        Dataset<Row> conflicting = frame(spark, CUSTOMERS, "C001|John|null|null", "C001|Jane|null|null");

        Dataset<Row> enriched = sales.transform(SalesEnrichment.with(conflicting));

        assertThat(enriched.columns()).endsWith("region", "total_amount");
    }
}
