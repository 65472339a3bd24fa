package io.crossfoot;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;

/** Numbers that Spark collects on rows while they pass, without a job of their own. */
final class Observed {
    private static final long SECONDS_AFTER_JOB = 60;

    private final Observation observation = new Observation();
    private final Column[] numbers;

    /** @param numbers aggregates, each with a name */
    Observed(Column... numbers) {
        this.numbers = numbers;
    }

    Dataset<Row> on(Dataset<Row> rows) {
        Column[] others = Arrays.copyOfRange(numbers, 1, numbers.length);
        return rows.observe(observation, numbers[0], others);
    }

    /** Returns the numbers by name; to be called after the job that used the rows. */
    Map<String, Object> values() {
        FutureTask<Map<String, Object>> reported = new FutureTask<>(observation::getAsJava);
        Thread waiting = new Thread(reported, "crossfoot-observed");
        waiting.setDaemon(true);
        waiting.start();
        try {
            return reported.get(SECONDS_AFTER_JOB, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException bug) {
            throw new IllegalStateException("Spark ended the job and did not report what was observed", bug);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for what was observed", stopped);
        } finally {
            // else it would wait for good
            reported.cancel(true);
        }
    }

    /** Returns the same numbers, computed by a query of their own. */
    Map<String, Object> query(Dataset<Row> rows) {
        Column[] others = Arrays.copyOfRange(numbers, 1, numbers.length);
        Row row = rows.agg(numbers[0], others).first();
        Map<String, Object> values = new HashMap<>();
        for (String name : row.schema().fieldNames()) {
            values.put(name, row.getAs(name));
        }
        return values;
    }
}
