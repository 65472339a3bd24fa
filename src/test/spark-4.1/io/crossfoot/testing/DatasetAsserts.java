package io.crossfoot.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The comparisons of spark-testing-base that our tests use, for a Spark that it has no release for. */
public record DatasetAsserts(SparkSession session) {
    /** Compares schemas, and rows in any order. */
    public void assertDataFrameNoOrderEquals(Dataset<Row> expected, Dataset<Row> actual) {
        assertThat(actual.schema()).isEqualTo(expected.schema());
        assertDataFrameDataEquals(expected, actual);
    }

    /** Compares rows in any order, each as often as the other side has it. */
    public void assertDataFrameDataEquals(Dataset<Row> expected, Dataset<Row> actual) {
        assertThat(actual.exceptAll(expected).collectAsList())
                .as("rows too many")
                .isEmpty();
        assertThat(expected.exceptAll(actual).collectAsList())
                .as("rows missing")
                .isEmpty();
    }
}
