package io.crossfoot.testing;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;

/** Counts the rows that Spark passes from task to task. */
public final class Shuffled extends SparkListener {
    private final AtomicLong rows = new AtomicLong();

    private Shuffled() {}

    /** Returns how many rows were shuffled while work went on. */
    public static long rows(SparkSession spark, Runnable work) throws Exception {
        Shuffled shuffled = new Shuffled();
        spark.sparkContext().addSparkListener(shuffled);
        try {
            work.run();
            spark.sparkContext().listenerBus().waitUntilEmpty();
        } finally {
            spark.sparkContext().removeSparkListener(shuffled);
        }
        return shuffled.rows.get();
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
        rows.addAndGet(task.taskMetrics().shuffleWriteMetrics().recordsWritten());
    }
}
