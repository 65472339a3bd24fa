package io.crossfoot.testing;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;

/** Listens to what Spark's tasks tell of themselves. */
public final class Tasks extends SparkListener {
    private final ConcurrentLinkedQueue<TaskMetrics> ended = new ConcurrentLinkedQueue<>();

    private Tasks() {}

    /** Returns what the tasks have measured that ended while work went on. */
    public static List<TaskMetrics> during(SparkSession spark, Runnable work) {
        Tasks tasks = new Tasks();
        spark.sparkContext().addSparkListener(tasks);
        try {
            work.run();
            spark.sparkContext().listenerBus().waitUntilEmpty();
        } catch (TimeoutException late) {
            throw new IllegalStateException(late);
        } finally {
            spark.sparkContext().removeSparkListener(tasks);
        }
        return List.copyOf(tasks.ended);
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
        ended.add(task.taskMetrics());
    }
}
