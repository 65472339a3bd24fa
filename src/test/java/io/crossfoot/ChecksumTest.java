package io.crossfoot;

import static io.crossfoot.testing.Frames.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.testing.LocalSpark;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class ChecksumTest {
    private static Map<String, Object> checksum(Dataset<Row> rows) {
        return new Observed(Checksum.of(rows.schema())).query(rows);
    }

    private static Map<String, Object> ofCustomers(SparkSession spark, String... lines) {
        return checksum(frame(spark, "name STRING, email STRING, region STRING", lines));
    }

    @Test
    void doesNotDependOnTheOrder(SparkSession spark) {
        assertThat(ofCustomers(spark, "Ann|a@x.org|West", "Bea|null|null"))
                .isEqualTo(ofCustomers(spark, "Bea|null|null", "Ann|a@x.org|West"));
    }

    @Test
    void tellsARowThatIsThereTwice(SparkSession spark) {
        assertThat(ofCustomers(spark, "Ann|null|West", "Ann|null|West"))
                .isNotEqualTo(ofCustomers(spark, "Ann|null|West"));
    }

    @Test
    void tellsInWhichColumnAValueIs(SparkSession spark) {
        assertThat(ofCustomers(spark, "West|null|null"))
                .isNotEqualTo(ofCustomers(spark, "null|West|null"))
                .isNotEqualTo(ofCustomers(spark, "null|null|West"));
    }
}
