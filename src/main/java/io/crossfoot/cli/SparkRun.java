package io.crossfoot.cli;

import io.crossfoot.Pipeline;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.source.LiteralPath;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The session of a real run: the one class of the command line that touches Spark. */
final class SparkRun implements Session {
    private final SparkSession spark;

    private SparkRun(SparkSession spark) {
        this.spark = spark;
    }

    /** Starts Spark, or takes part in the session that is there; see {@link Engine#start}. */
    static Session start(Optional<String> master) {
        // reads what spark-submit set
        SparkConf conf = new SparkConf();
        master.ifPresent(conf::setMaster);
        conf.setIfMissing("spark.master", "local[*]");
        conf.setIfMissing("spark.ui.enabled", "false");
        conf.set("spark.sql.session.timeZone", "UTC");
        if (conf.get("spark.master").startsWith("local")) {
            conf.setIfMissing("spark.driver.host", "127.0.0.1");
            conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
        }
        S3Settings.complete(conf, System.getenv());
        return new SparkRun(
                SparkSession.builder().appName("crossfoot").config(conf).getOrCreate());
    }

    @Override
    public Outcome enrich(EnrichConfig config, Consumer<String> stages) {
        return Outcome.of(Pipeline.of(config).telling(stages).run(spark));
    }

    @Override
    public ConsoleTable rows(String location, int limit) {
        Dataset<Row> output = spark.read().parquet(LiteralPath.of(location));
        List<List<Object>> rows = output.limit(limit).collectAsList().stream()
                .map(SparkRun::values)
                .toList();
        return ConsoleTable.of(Arrays.asList(output.columns()), rows);
    }

    @Override
    public void close() {
        spark.stop();
    }

    private static List<Object> values(Row row) {
        // a list that may hold nulls
        return Arrays.asList(IntStream.range(0, row.size()).mapToObj(row::get).toArray());
    }
}
