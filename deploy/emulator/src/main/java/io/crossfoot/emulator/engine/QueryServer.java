package io.crossfoot.emulator.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.spark.sql.SparkSession;

/**
 * Answers queries that come as lines of JSON on standard input, each with a line on standard output. It runs in a process
 * of its own, and ends when its input does.
 */
public final class QueryServer {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int QUERIES_AT_ONCE = 4;

    private final SparkSession spark;
    private final ScanMeter meter;
    private final PrintStream answers;

    private QueryServer(SparkSession spark, ScanMeter meter, PrintStream answers) {
        this.spark = spark;
        this.meter = meter;
        this.answers = answers;
    }

    public static void main(String... arguments) throws IOException {
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        // whatever else is printed must not be taken for an answer
        System.setOut(System.err);
        SparkSession spark = SparkSession.builder()
                .config("spark.sql.ansi.enabled", true)
                .config("spark.sql.ansi.doubleQuotedIdentifiers", true)
                .getOrCreate();
        ScanMeter meter = new ScanMeter(spark.sparkContext());
        spark.sparkContext().addSparkListener(meter);
        new QueryServer(spark, meter, answers).serve();
        spark.stop();
    }

    private void serve() throws IOException {
        ExecutorService workers = Executors.newFixedThreadPool(QUERIES_AT_ONCE);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            JsonNode request = MAPPER.readTree(line);
            if (request.has("cancel")) {
                spark.sparkContext().cancelJobGroup(request.path("cancel").asText());
            } else {
                workers.execute(() -> answer(request));
            }
        }
        workers.shutdownNow();
    }

    private void answer(JsonNode request) {
        String id = request.path("id").asText();
        ObjectNode told = MAPPER.createObjectNode().put("id", id).put("state", "SUCCEEDED");
        meter.begin(id, request.path("scanLimit").asLong(Long.MAX_VALUE));
        spark.sparkContext().setJobGroup(id, "query " + id, true);
        try {
            told.set("columns", new Query(request, MAPPER).run(spark.newSession()));
        } catch (Exception | StackOverflowError failed) {
            // Exception: Spark throws checked ones that no signature tells of
            told.put("state", "FAILED").put("error", FailureText.of(failed));
        } finally {
            spark.sparkContext().clearJobGroup();
        }
        ScanMeter.Count count = meter.end(id);
        if (count.exceeded()) {
            // it may have come to its end before that was known: its rows are kept back all the same
            told.put("state", "CANCELLED").put("error", "Bytes scanned limit was exceeded");
        }
        answers.println(told.put("scanned", count.bytes().get()));
    }
}
