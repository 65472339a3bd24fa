package io.crossfoot.emulator.glue;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Map;
import org.apache.spark.SparkContext;

/**
 * Starts the class of a job as Glue does: with the whole command line, in a process that fails when the class throws.
 * Unless Spark is told otherwise, it runs in this process.
 */
public final class Launch {
    private static final Map<String, String> LOCAL = Map.of(
            "spark.master", "local[2]",
            "spark.ui.enabled", "false",
            "spark.driver.host", "127.0.0.1",
            "spark.driver.bindAddress", "127.0.0.1",
            "spark.sql.shuffle.partitions", "4");

    private Launch() {}

    /** Runs the class that follows {@code --class}. */
    public static void main(String... arguments) throws ReflectiveOperationException {
        LOCAL.forEach((key, value) -> System.getProperties().putIfAbsent(key, value));
        String job = arguments[Arrays.asList(arguments).indexOf("--class") + 1];
        try {
            Class.forName(job).getMethod("main", String[].class).invoke(null, (Object) arguments);
        } catch (InvocationTargetException thrown) {
            Throwable cause = thrown.getCause();
            System.err.println("Exception in User Class: %s : %s"
                    .formatted(cause.getClass().getName(), cause.getMessage()));
            cause.printStackTrace();
            System.exit(1);
        }
        SparkContext.getOrCreate().stop();
        System.exit(0);
    }
}
