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
class LookupTest {
    private static final List<String> KEY = List.of("customer_id");

    @Test
    void keepsOneOfIdenticalRowsAndNoneWithoutKey(SparkSession spark) {
        Dataset<Row> customers =
                frame(spark, "customer_id STRING, name STRING", "C001|John", "C001|John", "C002|Jane", "null|Nobody");

        Lookup lookup = Lookup.of(customers, KEY, DuplicatePolicy.fail());

        assertThat(lines(lookup.unique())).containsExactly("C001|John", "C002|Jane");
        assertThat(lines(lookup.groups())).containsExactly("C001|John|2|false", "C002|Jane|1|false");
    }

    @Test
    void failsTheJobThatMeetsDifferentRowsForOneKey(SparkSession spark) {
        Dataset<Row> customers = frame(spark, "customer_id STRING, name STRING", "C001|John", "C001|null");

        Dataset<Row> unique = Lookup.of(customers, KEY, DuplicatePolicy.fail()).unique();

        assertThatThrownBy(unique::collectAsList)
                .hasStackTraceContaining(
                        "Cannot join: the lookup holds different rows for one key (customer_id = C001); remove all but one,"
                                + " or choose a duplicate policy");
    }

    @Test
    void takesTheLatestRow(SparkSession spark) {
        Dataset<Row> customers = frame(
                spark,
                "customer_id STRING, name STRING, updated DATE",
                "C001|Old|2024-01-01",
                "C001|New|2024-02-01",
                "C001|New|2024-02-01",
                "C002|Undated|null",
                "C002|Dated|2020-01-01");

        Lookup lookup = Lookup.of(customers, KEY, DuplicatePolicy.latestBy("updated"));

        assertThat(lines(lookup.groups()))
                .containsExactly("C001|New|2024-02-01|3|false", "C002|Dated|2020-01-01|2|false");
    }

    @Test
    void doesNotChooseBetweenTwoLatestRows(SparkSession spark) {
        Dataset<Row> customers = frame(
                spark,
                "customer_id STRING, name STRING, updated DATE",
                "C001|One|2024-02-01",
                "C001|Two|2024-02-01",
                "C001|Old|2024-01-01");

        Lookup lookup = Lookup.of(customers, KEY, DuplicatePolicy.latestBy("updated"));

        assertThat(lookup.groups().select(Lookup.CONFLICT).first().getBoolean(0))
                .isTrue();
        assertThatThrownBy(() -> lookup.unique().collectAsList()).hasStackTraceContaining("customer_id = C001");
    }

    @Test
    void leavesKeysInConflictOutUnderQuarantine(SparkSession spark) {
        Dataset<Row> customers = frame(spark, "customer_id STRING, name STRING", "C001|John", "C001|Jack", "C002|Jane");

        Lookup lookup = Lookup.of(customers, KEY, DuplicatePolicy.quarantine());

        assertThat(lines(lookup.unique())).containsExactly("C002|Jane");
    }

    @Test
    void needsItsColumns(SparkSession spark) {
        Dataset<Row> customers = frame(spark, "customer_id STRING, name STRING", "C001|John");

        assertThatThrownBy(() -> Lookup.of(customers, List.of("custmer_id"), DuplicatePolicy.fail()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Cannot find column 'custmer_id' in the lookup; did you mean 'customer_id'? (found: customer_id, name)");
        assertThatThrownBy(() -> Lookup.of(customers, List.of(), DuplicatePolicy.fail()))
                .hasMessage("Cannot look up without a key: name one column or more");
    }
}
