package io.crossfoot.testing;

import io.crossfoot.Pipeline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.apache.spark.sql.SparkSession;

/**
 * Runs in one process, each on a ground of its own and with a point to die at. One that has come to its point waits there;
 * when all have, the process kills itself: a process costs more to start than such a run takes.
 *
 * <p>Arguments are, for each run, {@code dying:7} (at the eighth point) and its settings, as in {@code mode=append}; runs are
 * separated by {@code --}.
 */
public final class DyingRuns {
    private static final String SEPARATOR = "--";
    private static final int AT_A_TIME = 4;

    private DyingRuns() {}

    /** Dies, or ends with exit code 1 when one of the runs did not come to its point. */
    public static void main(String... arguments) throws InterruptedException {
        List<List<String>> runs = split(arguments);
        SparkSession spark = StoppableRun.start(Map.of());
        CountDownLatch there = new CountDownLatch(runs.size());
        Semaphore going = new Semaphore(AT_A_TIME);
        for (List<String> run : runs) {
            going.acquire();
            int point = Integer.parseInt(run.get(0).substring("dying:".length()));
            Map<String, String> settings = StoppableRun.settings(run.stream().skip(1));
            Runnable stop = () -> {
                there.countDown();
                going.release();
                await(new CountDownLatch(1));
            };
            new Thread(() -> end(settings, point, stop, spark)).start();
        }
        there.await();
        StoppableRun.killItself();
    }

    private static void end(Map<String, String> settings, int point, Runnable stop, SparkSession spark) {
        try {
            Pipeline.of(StoppableRun.config(settings))
                    .telling(StoppableRun.at(point, stop))
                    .run(StoppableRun.session(spark, settings));
            System.err.println("ended before point " + point);
        } catch (RuntimeException failed) {
            failed.printStackTrace();
        }
        System.exit(1);
    }

    private static void await(CountDownLatch never) {
        try {
            never.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static List<List<String>> split(String... arguments) {
        List<List<String>> runs = new ArrayList<>(List.of(new ArrayList<>()));
        Arrays.stream(arguments).forEach(argument -> {
            if (argument.equals(SEPARATOR)) {
                runs.add(new ArrayList<>());
            } else {
                runs.get(runs.size() - 1).add(argument);
            }
        });
        return runs;
    }
}
