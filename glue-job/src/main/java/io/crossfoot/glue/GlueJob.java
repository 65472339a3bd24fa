package io.crossfoot.glue;

import io.crossfoot.Pipeline;
import io.crossfoot.Sources;
import io.crossfoot.catalog.Catalog;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.doctor.Doctor;
import io.crossfoot.doctor.Finding;
import io.crossfoot.glue.GlueLibrary.GlueSession;
import io.crossfoot.quality.Balance;
import io.crossfoot.report.RunReport;
import io.crossfoot.sink.ControlFolder;
import java.io.PrintStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job that AWS Glue starts: {@code --job-language scala --class io.crossfoot.glue.GlueJob --extra-jars s3://…}.
 *
 * <p>It reads sales and customers through the Data Catalog, runs the {@link Pipeline}, and commits the bookmark when all
 * else is done. With {@code --REPLAY_RUN} it reads what an earlier run has quarantined instead of the sales, and leaves the
 * bookmark as it is. With {@code --QUALITY_RULESET} it ends with the start of an evaluation of the output by Glue Data
 * Quality. What went wrong is thrown: Glue then calls the run failed and shows the message, where it would show an exit code
 * as a number.
 */
public final class GlueJob {
    private static final Logger LOG = LoggerFactory.getLogger("crossfoot");

    private final PrintStream out;

    GlueJob(PrintStream out) {
        this.out = out;
    }

    /** Runs the job; the arguments are Glue's command line. */
    public static void main(String... arguments) {
        new GlueJob(System.out).run(arguments);
    }

    void run(String... arguments) {
        if (ArgumentReader.asksForDoctor(arguments)) {
            examine();
            return;
        }
        GlueArguments given = GlueArguments.parse(arguments);
        SparkContext spark = SparkContext.getOrCreate(new SparkConf().setIfMissing("spark.app.name", given.jobName()));
        GlueSession glue = GlueLibrary.bind(getClass().getClassLoader()).begin(spark, given.jobName(), arguments);
        RunReport report = enrich(given, glue, spark.hadoopConfiguration());
        tell(given, report, spark.hadoopConfiguration());
        if (!report.published()) {
            throw new RefusedRun(String.join("\n", report.verdict()));
        }
        if (report.balance().written() > 0) {
            given.quality().ifPresent(quality -> evaluate(quality, given.jobName()));
        }
    }

    private static void evaluate(QualityEvaluation quality, String job) {
        LOG.info("Glue Data Quality evaluates {}: {}", quality.table(), quality.start(job));
    }

    private void examine() {
        SparkSession spark = SparkSession.builder().getOrCreate();
        for (Finding finding : Doctor.examine(spark)) {
            out.printf("%-16s %s  %s%n", finding.subject(), finding.value(), finding.advice());
        }
    }

    private static RunReport enrich(GlueArguments given, GlueSession glue, Configuration hadoop) {
        Pipeline pipeline = Pipeline.of(given.config())
                .reading(sources(given.config(), glue, hadoop))
                .telling(GlueJob::log);
        if (given.bookmark().isOn()) {
            return pipeline.acknowledging(() -> {
                        glue.commit();
                        return given.bookmark() == Bookmark.ENABLED;
                    })
                    .run(glue.spark());
        }
        if (given.replayed().isPresent()) {
            return pipeline.replaying(given.replayed().get()).run(glue.spark());
        }
        RunReport report = pipeline.run(glue.spark());
        if (report.published()) {
            glue.commit();
        }
        return report;
    }

    /** Tables come through Glue, files as everywhere. */
    private static Sources sources(EnrichConfig config, GlueSession glue, Configuration hadoop) {
        boolean anyTable = config.sales().catalogTable().isPresent()
                || config.customers().catalogTable().isPresent();
        if (!anyTable) {
            return Sources.of(config);
        }
        // closed before the run: others may want it meanwhile
        try (Catalog catalog = config.catalog().open()) {
            return new GlueSources(config, glue, new CatalogTables(catalog, hadoop)).both();
        }
    }

    /** The last words of a run, for whoever looks at the end of its log. */
    private void tell(GlueArguments given, RunReport report, Configuration hadoop) {
        out.println(JobMetrics.line(given.jobName(), report, System.currentTimeMillis()));
        Balance balance = report.balance();
        LOG.info(
                "{}: {} sales read = {} enriched + {} quarantined; {} with a customer, {} without; total {}, computed apart {}",
                report.published() ? "published" : "published nothing",
                balance.read(),
                balance.accepted(),
                balance.quarantined(),
                balance.matched(),
                balance.unmatched(),
                balance.amountAfter(),
                balance.amountBefore());
        ControlFolder control =
                ControlFolder.of(new Path(report.output()), given.config().control(), hadoop);
        LOG.info("report: {}", control.runReport(report.runId()));
    }

    private static void log(String point) {
        boolean isStage = !point.contains(": ");
        if (isStage) {
            LOG.info("{}", point);
        } else {
            LOG.debug("{}", point);
        }
    }
}
