package io.crossfoot.transform;

import static io.crossfoot.testing.Frames.frame;
import static io.crossfoot.testing.Frames.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.testing.LocalSpark;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class GuardedJoinTest {
    @Test
    void keepsEveryFactOnce(SparkSession spark) {
        Dataset<Row> facts = frame(spark, "order_id INT, customer_id STRING", "1001|C001", "1002|C404", "1003|null");
        Dataset<Row> lookup = frame(spark, "customer_id STRING, name STRING", "C001|John", "C001|John", "null|Nobody");

        Dataset<Row> joined =
                facts.transform(GuardedJoin.with(lookup, "customer_id").marking("matched"));

        assertThat(joined.columns()).containsExactly("customer_id", "order_id", "name", "matched");
        assertThat(lines(joined))
                .containsExactly("C001|1001|John|true", "C404|1002|null|false", "null|1003|null|false");
    }

    @Test
    void comparesKeysAsStringsExactly(SparkSession spark) {
        Dataset<Row> facts = frame(spark, "customer_id BIGINT", "7", "8");
        Dataset<Row> lookup = frame(spark, "customer_id STRING, name STRING", "7|seven", "08|eight", " 8|eight");

        Dataset<Row> joined = facts.transform(GuardedJoin.with(lookup, "customer_id"));

        assertThat(lines(joined)).containsExactly("7|seven", "8|null");
        assertThat(joined.schema().apply("customer_id").dataType().sql()).isEqualTo("BIGINT");
    }

    @Test
    void joinsByCompositeKeysWhateverTheirNames(SparkSession spark) {
        Dataset<Row> facts =
                frame(spark, "`line no` INT, `shop.id` STRING, sku STRING", "1|A|x", "2|A|y", "3|B|x", "4|A|null");
        Dataset<Row> lookup = frame(spark, "SKU STRING, `shop.id` STRING, title STRING", "x|A|Axe", "x|B|Box");

        Dataset<Row> joined = facts.transform(GuardedJoin.with(lookup, "shop.id", "sku"));

        assertThat(joined.columns()).containsExactly("shop.id", "sku", "line no", "title");
        assertThat(lines(joined)).containsExactly("A|null|4|null", "A|x|1|Axe", "A|y|2|null", "B|x|3|Box");
    }

    @Test
    void joinsAFrameWithItself(SparkSession spark) {
        Dataset<Row> rows = frame(spark, "id STRING, name STRING", "1|one", "2|two");

        Dataset<Row> joined =
                rows.drop("name").transform(GuardedJoin.with(rows, "id").broadcasting());

        assertThat(lines(joined)).containsExactly("1|one", "2|two");
    }

    @Test
    void joinsWithALookupOfKeysOnly(SparkSession spark) {
        Dataset<Row> facts = frame(spark, "id STRING", "1", "3");
        Dataset<Row> lookup = frame(spark, "id STRING", "1", "1", "2");

        Dataset<Row> joined = facts.transform(GuardedJoin.with(lookup, "id").marking("known"));

        assertThat(lines(joined)).containsExactly("1|true", "3|false");
    }

    @Test
    void refusesColumnsThatBothSidesHave(SparkSession spark) {
        Dataset<Row> facts = frame(spark, "id STRING, Name STRING", "1|fact");
        Dataset<Row> lookup = frame(spark, "id STRING, name STRING", "1|one");

        GuardedJoin join = GuardedJoin.with(Lookup.of(lookup, List.of("id"), DuplicatePolicy.fail()));

        assertThatThrownBy(() -> facts.transform(join))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Cannot join: facts and lookup both have the columns name; rename or drop them on one side");
    }
}
