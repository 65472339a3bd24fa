package io.crossfoot;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.config.EnrichConfig.Scope;
import io.crossfoot.report.RunReport;
import io.crossfoot.sink.ControlFolder;
import io.crossfoot.sink.Publication;
import io.crossfoot.sink.RunLock;
import io.crossfoot.state.StateFolder;
import io.crossfoot.storage.Storage;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * The whole run: reads sales and customers, checks, joins and multiplies, writes aside, balances, and publishes.
 *
 * <pre>{@code
 * EnrichConfig config = EnrichConfig.of(Map.of(
 *         "sales", "s3://raw/sales/", "customers", "s3://raw/customers/", "output", "s3://processed/enriched-sales/",
 *         "run-id", "2026-11-22"));
 * RunReport report = Pipeline.of(config).run(spark);
 * }</pre>
 *
 * A run that does not balance, or that quarantines more than it may, publishes nothing and says why in its report. A run
 * that was killed at any point is put right by the next one for the same output; so is an output that was published and
 * not registered. The settings of the session do not change the result, and are left as they are.
 */
public final class Pipeline {
    private final EnrichConfig config;
    private final Optional<Sources> sources;
    private final Optional<Acknowledgement> acknowledgement;
    private final Optional<String> replayed;
    private final Consumer<String> progress;

    private Pipeline(
            EnrichConfig config,
            Optional<Sources> sources,
            Optional<Acknowledgement> acknowledgement,
            Optional<String> replayed,
            Consumer<String> progress) {
        this.config = config;
        this.sources = sources;
        this.acknowledgement = acknowledgement;
        this.replayed = replayed;
        this.progress = progress;
    }

    /** Returns a pipeline that keeps quiet. */
    public static Pipeline of(EnrichConfig config) {
        return new Pipeline(config, Optional.empty(), Optional.empty(), Optional.empty(), point -> {});
    }

    /** Returns this pipeline, reading other sources than the files that its configuration names. */
    public Pipeline reading(Sources sources) {
        return new Pipeline(config, Optional.of(sources), acknowledgement, replayed, progress);
    }

    /**
     * Returns this pipeline, for a source that hands out sales that are new, and hands them out again until it is told
     * that they were used. The run publishes them exactly once:
     *
     * <ul>
     *   <li>It appends; a configuration that overwrites is refused, since it would replace history by the increment.
     *       Nothing is added to what a run without the source's knowledge has published: it would be handed out again.
     *   <li>The source is told after the output is visible, and never when the run failed.
     *   <li>A run that dies in between leaves a note in the control folder. The next one finds out whether it reads the
     *       same rows again, and if so replaces what the dead one has published.
     *   <li>A run that reads no sales publishes nothing, succeeds, and tells the source so.
     * </ul>
     *
     * Rows must say which file they come from, and each run needs an id of its own.
     */
    public Pipeline acknowledging(Acknowledgement given) {
        return new Pipeline(config, sources, Optional.of(given), replayed, progress);
    }

    /**
     * Returns this pipeline, telling each point of its way: stages by their name, and steps of the publication as
     * {@code publish: …}. What the consumer throws ends the run there, as a kill would.
     */
    public Pipeline telling(Consumer<String> progress) {
        return new Pipeline(config, sources, acknowledgement, replayed, progress);
    }

    /**
     * Returns this pipeline, reading instead of its sales those that an earlier run has quarantined: after they were
     * mended in its quarantine, or with a configuration that has another contract or other rules. Customers are read as
     * they are now.
     *
     * <ul>
     *   <li>It appends; a configuration that overwrites is refused. Limits and rules of the configuration count for the
     *       replayed rows alone, so mostly {@code max-quarantine} is 100% and {@code quality} is none.
     *   <li>Rows that keep the contract now are published, once: then the report of the earlier run says by which one, and
     *       a second replay returns the report of the first. The others are in the quarantine of this run.
     *   <li>Where no row keeps the contract, or rows are missing, nothing is published, and it can be tried again.
     *   <li>Refused are a run that nobody knows, that has quarantined no sales, that has published nothing, or whose sales
     *       were read again since.
     * </ul>
     */
    public Pipeline replaying(String runId) {
        return new Pipeline(config, sources, acknowledgement, Optional.of(runId), progress);
    }

    /**
     * Runs, and returns the report that also lies in the control folder.
     *
     * @return the report; {@link RunReport#published()} says whether readers see the output
     * @throws io.crossfoot.error.UsageException when settings disagree with each other; nothing was read
     * @throws io.crossfoot.error.ShapeException when a source does not fit its contract
     * @throws io.crossfoot.error.StorageException when storage fails; the previous output is untouched, or the next run
     *     finishes the publication
     * @throws io.crossfoot.error.LockedException when another run is writing this output
     */
    public RunReport run(SparkSession spark) {
        acknowledgement.ifPresent(given -> AtLeastOnceDelivery.requireAppend(config));
        replayed.ifPresent(run -> ReplayDelivery.requireAppend(config));
        SparkSession isolated = IsolatedSession.of(spark, config.targetFileBytes());
        Contracts contracts = IsolatedSession.within(isolated, () -> Contracts.of(config));
        Configuration hadoop = Storage.configuration(isolated);
        Sources found = sources.orElseGet(() -> Sources.of(config));
        if (replayed.isEmpty()
                && (config.scope() == Scope.UNPROCESSED || !config.filter().isNone())) {
            found.requireFiles();
        }
        Places.requireApart(config, found, hadoop);
        Registration registration = new Registration(config, hadoop);
        config.outputTable().ifPresent(registration::requireFree);
        ControlFolder control = ControlFolder.of(new Path(config.output()), config.control(), hadoop);
        control.commitProtocol()
                .ifPresent(protocol -> isolated.conf().set("spark.sql.sources.commitProtocolClass", protocol));
        Target target = Target.of(config, control, isolated, hadoop);
        control.create();
        Runnable register = () -> config.outputTable().ifPresent(registration::register);
        try (RunLock lock = RunLock.acquire(control, config.runId())) {
            return new Run(
                            config,
                            found,
                            contracts,
                            isolated,
                            hadoop,
                            control,
                            target,
                            lock,
                            this::delivery,
                            register,
                            progress)
                    .run();
        }
    }

    private Delivery delivery(Publication publication, ControlFolder control, Target target, Configuration hadoop) {
        if (acknowledgement.isPresent()) {
            return new AtLeastOnceDelivery(config, control, publication, acknowledgement.get(), hadoop);
        }
        StateFolder state = new StateFolder(control, hadoop, progress);
        // a run that died right after it had published has not come to it
        state.tidy();
        if (replayed.isPresent()) {
            return new ReplayDelivery(config, control, publication, state, hadoop, replayed.get());
        }
        return config.scope() == Scope.UNPROCESSED
                ? new IncrementalDelivery(config, publication, state)
                : new RepeatableDelivery(config, publication, state, target);
    }
}
