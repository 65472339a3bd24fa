package io.crossfoot.testing;

import io.crossfoot.Pipeline;
import io.crossfoot.config.EnrichConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * A run in a process of its own, which dies or waits at a point of its way. It says each point on standard output.
 *
 * <p>Its first argument is {@code dying:7} (at the eighth point), {@code dying-at:published} (at the
 * first that begins so), {@code swapping:before} or {@code swapping:after} (it dies when its commit makes an Iceberg table
 * another, or just has), {@code ending:well} (nowhere), {@code waiting:publish} (at the point of that name,
 * until its standard input ends) or {@code stalling:part} (when it reads a file of {@code remote://} with that in its path,
 * from stage enrich on); the others are settings, as in {@code mode=append}, of Spark where they begin with it.
 */
public final class StoppableRun {
    private static final String OF_SPARK = "spark.";

    private StoppableRun() {}

    /** Runs, and ends with the exit code of the report. */
    public static void main(String... arguments) {
        String[] stop = arguments[0].split(":", 2);
        Map<String, String> settings = settings(Arrays.stream(arguments).skip(1));
        SparkSession spark = start(settings);
        FaultyFileSystem.register(spark.sparkContext().hadoopConfiguration());
        Consumer<String> stopper = switch (stop[0]) {
            case "ending" -> point -> {};
            case "dying" -> dying(Integer.parseInt(stop[1]));
            case "dying-at" -> dyingAt(stop[1]);
            case "swapping" -> dyingInCommit(stop[1], spark);
            case "waiting" -> waiting(stop[1]);
            case "stalling" -> stalling(stop[1]);
            default -> throw new IllegalArgumentException(arguments[0]);
        };
        int exitCode = Pipeline.of(config(settings))
                .telling(point -> {
                    System.out.println(point);
                    stopper.accept(point);
                })
                .run(spark)
                .exitCode();
        System.exit(exitCode);
    }

    /** Reads settings as they are given on the command line. */
    static Map<String, String> settings(Stream<String> given) {
        return given.map(setting -> setting.split("=", 2)).collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    /** Returns what a run is told, without what is Spark's. */
    public static EnrichConfig config(Map<String, String> settings) {
        Map<String, String> own = new HashMap<>(settings);
        own.keySet().removeIf(key -> key.startsWith(OF_SPARK));
        return EnrichConfig.of(own);
    }

    /** Returns a session of its own for a run, with those of its settings that are Spark's. */
    public static SparkSession session(SparkSession spark, Map<String, String> settings) {
        SparkSession session = spark.newSession();
        settings.forEach((key, value) -> {
            if (key.startsWith(OF_SPARK)) {
                // a session that is there takes those of Hadoop by their own names
                session.conf().set(key.replaceFirst("^spark\\.hadoop\\.", ""), value);
            }
        });
        return session;
    }

    /** Starts Spark with those of the settings that are its own. */
    static SparkSession start(Map<String, String> settings) {
        SparkSession.Builder builder = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", 2);
        settings.forEach((key, value) -> {
            if (key.startsWith(OF_SPARK)) {
                builder.config(key, value);
            }
        });
        return builder.getOrCreate();
    }

    private static Consumer<String> dying(int last) {
        return at(last, StoppableRun::killItself);
    }

    /** Does something at a point, the first of which is 0. */
    static Consumer<String> at(int point, Runnable what) {
        AtomicInteger points = new AtomicInteger();
        return told -> {
            if (points.getAndIncrement() == point) {
                what.run();
            }
        };
    }

    private static Consumer<String> dyingAt(String start) {
        return point -> {
            if (point.startsWith(start)) {
                killItself();
            }
        };
    }

    private static Consumer<String> dyingInCommit(String when, SparkSession spark) {
        boolean isBefore = when.equals("before");
        SwapFileSystem.register(
                spark.sparkContext().hadoopConfiguration(),
                isBefore ? StoppableRun::killItself : () -> {},
                isBefore ? () -> {} : StoppableRun::killItself);
        return point -> {};
    }

    /** Whoever tells the point waits for the end here; what goes on beside it is cut wherever it is. */
    static void killItself() {
        String self = String.valueOf(ProcessHandle.current().pid());
        try {
            new ProcessBuilder("kill", "-KILL", self).start().waitFor();
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
        throw new IllegalStateException("survived its own SIGKILL");
    }

    private static Consumer<String> waiting(String name) {
        return point -> {
            if (point.equals(name)) {
                untilInputEnds();
            }
        };
    }

    private static Consumer<String> stalling(String part) {
        return point -> {
            if (point.equals("enrich")) {
                FaultyFileSystem.stallOn(part);
            }
        };
    }

    static void untilInputEnds() {
        try {
            System.in.transferTo(System.out);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
