package io.crossfoot.quality;

import static io.crossfoot.testing.Frames.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.testing.LocalSpark;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class UnmatchedKeysTest {
    @Test
    void countsKeysThatOnlyBlanksAndCaseKeepApart(SparkSession spark) {
        Dataset<Row> facts = frame(spark, "id STRING", "C1", "c2", "c2", " C3 ", "C9", "null");
        Dataset<Row> lookup = frame(spark, "id STRING, name STRING", "C1|a", "C2|b", "C3|c", "C3 |d");

        assertThat(UnmatchedKeys.between(facts, lookup, List.of("id"))).isEqualTo(new UnmatchedKeys(3, 2));
    }

    @Test
    void comparesCompositeKeysAsAWhole(SparkSession spark) {
        Dataset<Row> facts = frame(spark, "shop INT, sku STRING", "1|x", "2|X", "3|null");
        Dataset<Row> lookup = frame(spark, "sku STRING, shop STRING", "X|1", "x|1");

        assertThat(UnmatchedKeys.between(facts, lookup, List.of("shop", "sku"))).isEqualTo(new UnmatchedKeys(1, 0));
    }
}
