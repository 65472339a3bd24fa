package io.crossfoot.emulator.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Counts the bytes that each query reads, and cancels one that reads more than it may. */
final class ScanMeter extends SparkListener {
    private static final String GROUP = "spark.jobGroup.id";

    /** What a query has read, and may read. */
    record Count(AtomicLong bytes, long limit) {
        boolean exceeded() {
            return bytes.get() > limit;
        }
    }

    private final Map<String, Count> counts = new ConcurrentHashMap<>();
    private final Map<Integer, String> queries = new ConcurrentHashMap<>();
    private final SparkContext context;

    ScanMeter(SparkContext context) {
        this.context = context;
    }

    void begin(String query, long limit) {
        counts.put(query, new Count(new AtomicLong(), limit));
    }

    /** Forgets a query, and returns what it read. */
    Count end(String query) {
        try {
            context.listenerBus().waitUntilEmpty();
        } catch (TimeoutException busy) {
            // the count then is what is known so far
        }
        return counts.remove(query);
    }

    @Override
    public void onJobStart(SparkListenerJobStart job) {
        String query = job.properties() == null ? null : job.properties().getProperty(GROUP);
        if (query != null) {
            job.stageIds().foreach(stage -> queries.put((Integer) stage, query));
        }
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
        String query = queries.getOrDefault(task.stageId(), "");
        Count count = counts.get(query);
        if (count != null && task.taskMetrics() != null) {
            count.bytes().addAndGet(task.taskMetrics().inputMetrics().bytesRead());
            if (count.exceeded()) {
                context.cancelJobGroup(query);
            }
        }
    }
}
