package io.crossfoot;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.error.CrossfootException;
import io.crossfoot.error.UsageException;
import io.crossfoot.lineage.ColumnLineage;
import io.crossfoot.quality.Balance;
import io.crossfoot.quality.RuleResult;
import io.crossfoot.quality.UnmatchedKeys;
import io.crossfoot.report.ReportFile;
import io.crossfoot.report.RunReport;
import io.crossfoot.report.RunReport.QuarantinedRows;
import io.crossfoot.sink.CommitMark;
import io.crossfoot.sink.ControlFolder;
import io.crossfoot.sink.OutputFile;
import io.crossfoot.sink.Publication;
import io.crossfoot.sink.RunLock;
import io.crossfoot.sink.StagedFiles;
import io.crossfoot.sink.TableCommit;
import io.crossfoot.source.InputFile;
import io.crossfoot.source.LiteralPath;
import io.crossfoot.transform.DuplicatePolicy;
import io.crossfoot.transform.Lookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** One run that holds the lock of its output: the stages in their order. */
final class Run {
    private final EnrichConfig config;
    private final Sources sources;
    private final Contracts contracts;
    private final SparkSession spark;
    private final Configuration hadoop;
    private final ControlFolder control;
    private final Target target;
    private final RunLock lock;
    private final Publication publication;
    private final Delivery.Factory deliveries;
    private final Runnable registration;
    private final RunAccount account;
    private final RunRecords records;
    private final Stages stages;
    /** The report of the publication that was finished last. */
    private Optional<RunReport> finished = Optional.empty();

    /**
     * @param deliveries says how the sales come
     * @param registration makes the published output known
     */
    Run(
            EnrichConfig config,
            Sources sources,
            Contracts contracts,
            SparkSession spark,
            Configuration hadoop,
            ControlFolder control,
            Target target,
            RunLock lock,
            Delivery.Factory deliveries,
            Runnable registration,
            Consumer<String> progress) {
        this.config = config;
        this.sources = sources;
        this.contracts = contracts;
        this.spark = spark;
        this.hadoop = hadoop;
        this.control = control;
        this.target = target;
        this.lock = lock;
        this.deliveries = deliveries;
        this.registration = registration;
        this.publication = new Publication(control, progress, this::complete, target::hasCommit);
        this.account = new RunAccount(config, control, Versions.of(spark));
        String listeners = spark.sparkContext().getConf().get("spark.extraListeners", "");
        this.records = new RunRecords(config, control, target, listeners, hadoop);
        this.stages = new Stages(progress);
    }

    RunReport run() {
        stages.begin("recover");
        publication.recover();
        finished.ifPresent(records::leave);
        Delivery delivery = deliveries.after(publication, control, target, hadoop);
        Optional<String> done = delivery.doneBy();
        if (done.isPresent()) {
            register();
            return records.leave(completeReport(done.get())
                    .orElseThrow(() -> new UsageException(
                            "Cannot run as %s: a compaction has published under this id, or the report of the run is gone; give another --run-id"
                                    .formatted(done.get()))));
        }
        target.requireFree(publication.anyPublished());
        account.quarantineFolder().clear(hadoop);
        StagedFiles.clear(control, config.runId());
        stages.begin("open");
        Inputs inputs = Inputs.open(config, delivery.reading(sources), contracts, spark);
        try {
            return enrich(inputs, delivery);
        } catch (CrossfootException known) {
            throw known;
        } catch (Exception failed) {
            throw Diagnosis.of(failed, inputs, config, contracts.quality(), hadoop);
        }
    }

    private RunReport enrich(Inputs inputs, Delivery delivery) {
        List<InputFile> customerFiles = inputs.customers().source().files();
        boolean isAnyToComplete = target.isAnyToComplete(delivery, customerFiles);
        boolean isAnySales = !inputs.sales().source().parts().isEmpty() || !delivery.isNothingNew(0);
        if (!isAnySales && (!isAnyToComplete || delivery.haveMet(customerFiles, target.current()))) {
            return nothingNew(inputs, delivery, List.of());
        }
        stages.begin("customers");
        try (CustomerLookup customers = CustomerLookup.read(inputs.customers(), config)) {
            if (customers.rows().conflicts() > 0 && !(config.duplicates() instanceof DuplicatePolicy.Quarantine)) {
                return refuse(delivery.describe(account.undecided(inputs, customers, stages.times())));
            }
            stages.begin("enrich");
            QualityRules.Laid rules = contracts.quality().on(inputs.sales().checked(), customers);
            List<RuleResult> quality =
                    new ArrayList<>(isAnySales ? rules.judgeCustomers() : rules.judgeCustomersAlone());
            SalesPass sales = new SalesPass(inputs.sales(), customers, config, delivery.watched(), rules);
            Dataset<Row> enriched = sales.enriched();
            target.requireFit(enriched.schema());
            // the driver has nothing else to do while the sales pass
            CompletableFuture<ColumnLineage> lineage =
                    CompletableFuture.supplyAsync(() -> IsolatedSession.within(spark, () -> inputs.lineage(enriched)));
            RevenueTotals revenue = RevenueTotals.of(enriched, config);
            List<OutputFile> files = isAnySales ? stage(enriched, inputs, customers, revenue) : List.of();
            SalesPass.Counts counts = isAnySales ? counts(sales, files) : SalesPass.Counts.NOTHING;
            Dataset<Row> staged = staged(enriched, files);
            LateCustomers.Staged anew =
                    isAnyToComplete ? complete(delivery, customers, staged) : LateCustomers.Staged.NOTHING;
            if (delivery.isNothingNew(counts.read()) && anew.isNothing()) {
                if (anew.warnings().isEmpty()) {
                    delivery.met(customerFiles, anew.lookedThrough());
                }
                return nothingNew(inputs, delivery, anew.warnings());
            }

            stages.begin("quarantine");
            List<QuarantinedRows> quarantined = quarantine(inputs, customers, counts);

            stages.begin("balance");
            Balance balance = RunAccount.balance(counts, files, quarantined);
            if (!balance.violations().isEmpty()) {
                // a task that Spark ran twice is observed twice: believe it only when a query says the same
                counts = sales.recount();
                balance = RunAccount.balance(counts, files, quarantined);
            }
            stages.begin("quality");
            if (isAnySales) {
                quality.addAll(sales.judge(staged, counts));
            }
            UnmatchedKeys unmatched = unmatched(balance, customers);
            stages.begin("lineage");
            RunReport report = delivery.describe(
                            account.report(inputs, customers, balance, unmatched, quarantined, files, stages.times())
                                    .tracing(lineage.join())
                                    .judged(quality)
                                    .refusing(target.refusals(staged, anew)))
                    .changing(anew.completed(), anew.reenriched())
                    .warning(anew.warnings())
                    .warning(counts.leftOut().warnings("sales"))
                    .warning(customers.leftOut().warnings("customers"));
            if (isAnySales) {
                report = records.compared(report);
            }
            if (!report.verdict().isEmpty()) {
                return refuse(report);
            }
            List<InputFile> read = inputs.sales().source().files();
            Optional<TableCommit> commit = target.commit(staged, anew, customers.digest(), read);
            stages.begin("revenue");
            RunReport published = publish(
                    report.earning(revenue.revenue(staged, balance)),
                    delivery,
                    new Delivery.Passed(
                            read, commit.isPresent() ? List.of() : files, commit, anew.instead(), counts.watched()));
            if (anew.warnings().isEmpty()) {
                delivery.met(
                        customerFiles, Optional.ofNullable(published.snapshot()).map(RunReport.TableSnapshot::id));
            }
            return published;
        }
    }

    /** Returns what was written aside, in the types in which it was written. */
    private Dataset<Row> staged(Dataset<Row> enriched, List<OutputFile> files) {
        return files.isEmpty()
                ? spark.createDataFrame(List.of(), enriched.schema())
                : spark.read()
                        .schema(enriched.schema())
                        .parquet(LiteralPath.of(control.staging(config.runId()).toString()));
    }

    private List<OutputFile> stage(
            Dataset<Row> enriched, Inputs inputs, CustomerLookup customers, RevenueTotals revenue) {
        StagedOutput staged =
                new StagedOutput(config, control.staging(config.runId()).toString()).adding(revenue.tally());
        if (!staged.partitionBy().isEmpty()) {
            staged.writePartitioned(enriched);
        } else if (customers.isSmall()) {
            staged.writeUnshuffled(enriched, inputs.sales().source());
        } else {
            staged.writeShuffled(enriched);
        }
        return StagedFiles.of(control, config.runId());
    }

    /** Spark skips the plan, and what it would observe, when nothing comes out of it. */
    private static SalesPass.Counts counts(SalesPass sales, List<OutputFile> files) {
        return RunAccount.rows(files) == 0 ? sales.recount() : sales.counts();
    }

    private LateCustomers.Staged complete(Delivery delivery, CustomerLookup customers, Dataset<Row> staged) {
        stages.begin("complete");
        LateCustomers late = new LateCustomers(config, control, customers, staged.schema(), spark);
        return target.complete(late, delivery, staged);
    }

    private List<QuarantinedRows> quarantine(Inputs inputs, CustomerLookup customers, SalesPass.Counts counts) {
        QuarantineFolder folder = account.quarantineFolder();
        List<Dataset<Row>> rows = new ArrayList<>();
        if (counts.read() > counts.accepted()) {
            rows.add(folder.rows("sales", inputs.sales().checked().rejected()));
        }
        if (customers.rowsRead() > customers.rowsAccepted()) {
            rows.add(folder.rows("customers", inputs.customers().checked().rejected()));
        }
        if (customers.rows().conflicts() > 0) {
            rows.add(folder.rows(
                    "customers",
                    QuarantineFolder.conflicting(inputs.customers().checked(), customers.groups(), config.on())));
        }
        if (rows.isEmpty()) {
            return List.of();
        }
        folder.write(rows.stream().reduce(Dataset::union).orElseThrow(), hadoop);
        return folder.counts(spark);
    }

    private UnmatchedKeys unmatched(Balance balance, CustomerLookup customers) {
        if (balance.unmatched() == 0) {
            return UnmatchedKeys.none();
        }
        Dataset<Row> staged = spark.read()
                .parquet(LiteralPath.of(control.staging(config.runId()).toString()));
        return UnmatchedKeys.between(
                customers.candidates(staged), customers.groups().filter(not(col(Lookup.CONFLICT))), config.on());
    }

    private RunReport publish(RunReport report, Delivery delivery, Delivery.Passed passed) {
        stages.begin("publish");
        ReportFile file = reportFile(config.runId());
        file.write(report);
        lock.confirm();
        delivery.publish(passed);
        RunReport published = finished.map(RunReport::snapshot)
                .map(report::leaving)
                .orElse(report)
                .asPublished(stages.times());
        file.write(published);
        register();
        delivery.acknowledge();
        return records.leave(published);
    }

    private void register() {
        stages.begin("register");
        registration.run();
    }

    /** Readers see what they saw before: nothing is published, and nothing is missing. */
    private RunReport nothingNew(Inputs inputs, Delivery delivery, List<String> warnings) {
        RunReport report = publication.published(config.runId())
                ? completeReport(config.runId()).orElseThrow()
                : delivery.describe(account.nothingNew(inputs, stages.times())).warning(warnings);
        reportFile(config.runId()).write(report);
        publication.recover();
        delivery.acknowledge();
        return records.leave(report);
    }

    private RunReport refuse(RunReport report) {
        reportFile(config.runId()).write(report);
        publication.recover();
        return records.leave(report);
    }

    /** A run that dies right after it has committed could not look for its snapshot any more. */
    private void complete(String runId, Optional<CommitMark> commit) {
        finished = reportFile(runId)
                .complete(report ->
                        commit.flatMap(target::snapshot).map(report::leaving).orElse(report));
    }

    /** The report says that its run is published before the journal is gone: the run may die in between. */
    private Optional<RunReport> completeReport(String runId) {
        return reportFile(runId).complete();
    }

    private ReportFile reportFile(String runId) {
        return new ReportFile(control.runReport(runId), hadoop);
    }
}
