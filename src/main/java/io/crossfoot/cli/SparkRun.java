package io.crossfoot.cli;

import io.crossfoot.Cleaning;
import io.crossfoot.Compaction;
import io.crossfoot.Pipeline;
import io.crossfoot.Profile;
import io.crossfoot.catalog.Catalog;
import io.crossfoot.catalog.CatalogPlace;
import io.crossfoot.catalog.CatalogSql;
import io.crossfoot.config.CompactConfig;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.doctor.Doctor;
import io.crossfoot.doctor.Finding;
import io.crossfoot.error.UsageException;
import io.crossfoot.quality.TableProfile;
import io.crossfoot.sink.CompactionSummary;
import io.crossfoot.sink.IcebergName;
import io.crossfoot.sink.LeftOvers.LeftOver;
import io.crossfoot.source.Identifier;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;

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
        Instant began = Instant.now();
        return Outcome.of(Pipeline.of(config).telling(stages).run(spark), began);
    }

    @Override
    public Outcome replay(EnrichConfig config, String run, Consumer<String> stages) {
        Instant began = Instant.now();
        return Outcome.of(Pipeline.of(config).replaying(run).telling(stages).run(spark), began);
    }

    @Override
    public CompactionSummary compact(CompactConfig config, Consumer<String> stages) {
        return Compaction.of(config).telling(stages).run(spark);
    }

    @Override
    public CompactionSummary planCompaction(CompactConfig config) {
        return Compaction.of(config).plan(spark);
    }

    @Override
    public List<LeftOver> findLeftOvers(Cleaning cleaning, IcebergName table, Instant before) {
        return cleaning.including(table, spark).find(before);
    }

    @Override
    public List<LeftOver> clean(Cleaning cleaning, IcebergName table, Instant before) {
        return cleaning.including(table, spark).remove(before);
    }

    @Override
    public Rows query(CatalogPlace place, Optional<String> database, String sql) {
        Dataset<Row> result = result(place, database, sql);
        // two columns may have one name, so they go by their place
        String[] places = IntStream.range(0, result.columns().length)
                .mapToObj(i -> "_" + i)
                .toArray(String[]::new);
        Dataset<Row> placed = result.toDF(places);
        StructField[] fields = placed.schema().fields();
        Iterator<Row> rows = placed.select(
                        Arrays.stream(fields).map(SparkRun::shown).toArray(Column[]::new))
                .toLocalIterator();
        return new Rows(Arrays.asList(result.columns()), new Iterator<>() {
            @Override
            public boolean hasNext() {
                return known(rows::hasNext);
            }

            @Override
            public List<Object> next() {
                return values(rows.next());
            }
        });
    }

    @Override
    public void queryJson(CatalogPlace place, Optional<String> database, String sql, Consumer<String> rows) {
        Iterator<String> json = result(place, database, sql).toJSON().toLocalIterator();
        while (known(json::hasNext)) {
            rows.accept(json.next());
        }
    }

    @Override
    public TableProfile profile(EnrichConfig config) {
        return Profile.of(config, spark);
    }

    @Override
    public List<Finding> examine() {
        return Doctor.examine(spark);
    }

    private Dataset<Row> result(CatalogPlace place, Optional<String> database, String sql) {
        if (!place.isExisting()) {
            return CatalogSql.ofSpark(spark).run(sql, database);
        }
        // closed before the rows are read: others may want it meanwhile
        try (Catalog catalog = place.open()) {
            return new CatalogSql(spark, catalog).run(sql, database);
        }
    }

    /** Numbers stay numbers; all else is the text that Spark has for it, whatever Java would make of it. */
    private static Column shown(StructField field) {
        Column column = Identifier.column(field.name());
        return field.dataType() instanceof NumericType ? column : column.cast("string");
    }

    /** What data does to a statement is told as what a typo does: in Spark's words, without a trace. */
    private static <T> T known(Supplier<T> step) {
        try {
            return step.get();
        } catch (RuntimeException failed) {
            for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
                if (cause instanceof SparkThrowable) {
                    throw new UsageException("Cannot run the query: "
                            + cause.getMessage().lines().findFirst().orElse("no reason given"));
                }
            }
            throw failed;
        }
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
