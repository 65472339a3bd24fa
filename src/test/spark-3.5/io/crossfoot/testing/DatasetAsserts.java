package io.crossfoot.testing;

import com.holdenkarau.spark.testing.JavaDatasetSuiteBase;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/** spark-testing-base's comparisons on a session of ours: by composition, so that none of its JUnit 4 life cycle runs. */
public final class DatasetAsserts extends JavaDatasetSuiteBase {
    private static final long serialVersionUID = 1L;

    private final transient SparkSession session;

    public DatasetAsserts(SparkSession session) {
        this.session = session;
    }

    @Override
    public SparkSession spark() {
        return session;
    }

    @Override
    public SparkContext sc() {
        return session.sparkContext();
    }
}
