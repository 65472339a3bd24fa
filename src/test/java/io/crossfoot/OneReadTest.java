package io.crossfoot;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.quality.RuleResult;
import io.crossfoot.report.RunReport;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.ui.SparkListenerSQLAdaptiveExecutionUpdate;
import org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a run costs in jobs and bytes, as Spark itself counts them. */
@ExtendWith(LocalSpark.class)
class OneReadTest {
    private static final int ROWS = 20_000;

    /**
     * Customers: read and shuffled, counted by partition, counts added, sent to the tasks. Sales: the one pass, which adds up
     * revenue by region and day, too.
     */
    private static final int JOBS_OF_A_CLEAN_RUN = 5;

    @TempDir
    private Path scratch;

    /** A star stands for compiled code; what is observed goes through it row by row. */
    private static final List<String> THE_ONE_PASS = List.of(
            "Execute InsertIntoHadoopFsRelationCommand",
            "WriteFiles",
            "Coalesce",
            "* Project",
            "CollectMetrics",
            "* Project",
            "* BroadcastHashJoin LeftOuter BuildRight",
            "* Project",
            "* Filter",
            "CollectMetrics",
            "* Project",
            "* ColumnarToRow",
            "BatchScan crossfoot-csv");

    /** What Spark did while it listened. */
    private static final class Work extends SparkListener {
        private final AtomicInteger jobs = new AtomicInteger();
        private final AtomicLong bytesScanned = new AtomicLong();
        private final AtomicLong bytesShuffled = new AtomicLong();
        /** The last plan of each query, as Spark shows it. */
        private final Map<Long, String> plans = new ConcurrentHashMap<>();

        private final Set<Integer> scanStages = new HashSet<>();
        private final ConcurrentLinkedQueue<String> stages = new ConcurrentLinkedQueue<>();

        @Override
        public void onOtherEvent(SparkListenerEvent event) {
            if (event instanceof SparkListenerSQLExecutionStart started) {
                plans.put(started.executionId(), started.physicalPlanDescription());
            }
            if (event instanceof SparkListenerSQLAdaptiveExecutionUpdate changed) {
                plans.put(changed.executionId(), changed.physicalPlanDescription());
            }
        }

        @Override
        public void onJobStart(SparkListenerJobStart job) {
            jobs.incrementAndGet();
        }

        @Override
        public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
            boolean scans = submitted
                    .stageInfo()
                    .rddInfos()
                    .exists(rdd ->
                            rdd.name().equals("FileScanRDD") || rdd.name().equals("DataSourceRDD"));
            if (scans) {
                scanStages.add(submitted.stageInfo().stageId());
            }
        }

        @Override
        public void onTaskEnd(SparkListenerTaskEnd task) {
            bytesShuffled.addAndGet(task.taskMetrics().shuffleWriteMetrics().bytesWritten());
            if (scanStages.contains(task.stageId())) {
                bytesScanned.addAndGet(task.taskMetrics().inputMetrics().bytesRead());
            }
        }

        @Override
        public void onStageCompleted(SparkListenerStageCompleted completed) {
            stages.add(completed.stageInfo().name());
        }
    }

    @Test
    void readsEachByteOnceWhenNothingIsQuarantined(SparkSession spark) {
        writeCustomers();
        long bytes = writeSales(1, row -> "25.50");

        Work work = new Work();
        RunReport report = run(spark, work);

        assertThat(report.published()).isTrue();
        assertThat(report.balance().written()).isEqualTo(ROWS);
        assertThat(work.bytesScanned.get()).isBetween(bytes, bytes + bytes / 10);
        assertThat(work.stages).noneMatch(stage -> stage.startsWith("count at"));
        assertThat(work.jobs).as("stages %s", work.stages).hasValue(JOBS_OF_A_CLEAN_RUN);
    }

    @Test
    void measuresSalesAsTheyComeOnTheWay(SparkSession spark) {
        writeCustomers();
        long bytes = writeSales(1, row -> "25.50");
        Map<String, String> rules = Map.of(
                "sales-quality", "default",
                "quality", """
                        RowCountMatch "sales" = 1,
                        AggregateMatch "sum(total_amount)" "sum(sales.quantity)" = 25.5,
                        SchemaMatch "sales" = 0,
                        Completeness "email" = 1 where "region = 'North'\"""");

        Work work = new Work();
        RunReport report = run(spark, work, rules);

        assertThat(report.quality()).hasSize(8).allMatch(RuleResult::holds);
        assertThat(work.bytesScanned.get()).isBetween(bytes, bytes + bytes / 10);
        assertThat(work.jobs).as("stages %s", work.stages).hasValue(JOBS_OF_A_CLEAN_RUN);
    }

    @Test
    void passesSalesThroughOnePlanThatSortsAndShufflesNothing(SparkSession spark) {
        writeCustomers();
        writeSales(1, row -> "25.50");

        Work work = new Work();
        run(spark, work);

        assertThat(work.plans.values().stream()
                        .filter(plan -> plan.contains("crossfoot-csv"))
                        .map(OneReadTest::salesSide))
                .containsExactly(THE_ONE_PASS);
        assertThat(work.bytesShuffled).as("customers").hasValueLessThan(5_000);
    }

    @Test
    void runsAsManyJobsForTwentyFilesAsForOne(SparkSession spark) {
        writeCustomers();
        long bytes = writeSales(20, row -> "25.50");

        Work work = new Work();
        RunReport report = run(spark, work);

        assertThat(report.balance().written()).isEqualTo(ROWS);
        assertThat(report.sales().files()).hasSize(20);
        assertThat(work.bytesScanned.get()).isBetween(bytes, bytes + bytes / 10);
        assertThat(work.jobs).as("stages %s", work.stages).hasValue(JOBS_OF_A_CLEAN_RUN);
    }

    @Test
    void readsSalesASecondTimeToQuarantineSome(SparkSession spark) {
        writeCustomers();
        long bytes = writeSales(1, row -> row % 200 == 0 ? "free" : "25.50");

        Work work = new Work();
        RunReport report = run(spark, work);

        assertThat(report.published()).isTrue();
        assertThat(report.balance().quarantined()).isEqualTo(ROWS / 200);
        // the third read is of the quarantine, which holds one row in two hundred
        assertThat(work.bytesScanned.get()).isBetween(2 * bytes, 2 * bytes + bytes / 5);
        assertThat(work.stages).noneMatch(stage -> stage.startsWith("count at"));
    }

    @Test
    void spellsTheFileOfAQuarantinedRowAsStorageDoes(SparkSession spark) {
        writeCustomers();
        writeSales(1, row -> row % 200 == 0 ? "free" : "25.50");
        Path file = scratch.resolve("sales/a b+c%20é.csv");
        Folders.write(file, Folders.read(scratch.resolve("sales/part-00.csv")));

        run(spark, new Work());

        String quarantine =
                scratch.resolve("_crossfoot/out/quarantine/one-read").toString();
        assertThat(spark.read()
                        .json(quarantine)
                        .select("source_file")
                        .distinct()
                        .as(Encoders.STRING())
                        .collectAsList())
                .containsExactlyInAnyOrder("file:" + file, "file:" + scratch.resolve("sales/part-00.csv"));
    }

    /** Returns the operators of a plan as it was carried out, from the last one to the scan, without those of the lookup. */
    private static List<String> salesSide(String plan) {
        return plan.lines()
                .dropWhile(line -> !line.contains(THE_ONE_PASS.get(0)))
                .takeWhile(line -> !line.contains("BroadcastQueryStage"))
                .map(line -> line.replaceAll("^[ +:|-]+", "").replaceAll(" \\(\\d+\\)$", ""))
                .toList();
    }

    private RunReport run(SparkSession spark, Work work) {
        return run(spark, work, Map.of());
    }

    private RunReport run(SparkSession spark, Work work, Map<String, String> rules) {
        Map<String, String> settings = new HashMap<>(rules);
        settings.put("sales", scratch.resolve("sales").toString());
        settings.put("customers", scratch.resolve("customers").toString());
        settings.put("output", scratch.resolve("out").toString());
        settings.put("run-id", "one-read");
        EnrichConfig config = EnrichConfig.of(settings);
        spark.sparkContext().addSparkListener(work);
        try {
            return Pipeline.of(config).run(spark);
        } finally {
            drain(spark);
            spark.sparkContext().removeSparkListener(work);
        }
    }

    private static void drain(SparkSession spark) {
        try {
            spark.sparkContext().listenerBus().waitUntilEmpty();
        } catch (java.util.concurrent.TimeoutException late) {
            throw new IllegalStateException(late);
        }
    }

    private void writeCustomers() {
        List<String> lines = List.of(
                "{\"customer_id\": \"C001\", \"name\": \"John\", \"email\": \"j@example.com\", \"region\": \"North\"}",
                "{\"customer_id\": \"C002\", \"name\": \"Jane\", \"email\": \"i@example.com\", \"region\": \"South\"}");
        Folders.write(scratch.resolve("customers/customers.json"), String.join("\n", lines) + "\n");
    }

    /** Writes the same rows into so many files, and returns the size of the rows. */
    private long writeSales(int files, java.util.function.IntFunction<String> price) {
        long bytes = 0;
        for (int file = 0; file < files; file++) {
            String rows = IntStream.range(ROWS / files * file, ROWS / files * (file + 1))
                    .mapToObj(row -> "%d,C00%d,Mouse,2,%s,2024-01-15\n".formatted(row, 1 + row % 2, price.apply(row)))
                    .collect(Collectors.joining());
            String text = "order_id,customer_id,product_name,quantity,price,order_date\n" + rows;
            Folders.write(scratch.resolve("sales/part-%02d.csv".formatted(file)), text);
            // the header is read before, when the file is looked at
            bytes += rows.length();
        }
        return bytes;
    }
}
