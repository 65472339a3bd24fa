package io.crossfoot;

import io.crossfoot.config.CustomerChanges;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.error.StorageException;
import io.crossfoot.error.UsageException;
import io.crossfoot.report.RunReport;
import io.crossfoot.report.RunReport.Increment;
import io.crossfoot.sink.Publication;
import io.crossfoot.sink.WriteMode;
import io.crossfoot.source.InputFile;
import io.crossfoot.state.Grain;
import io.crossfoot.state.ProcessedRun;
import io.crossfoot.state.ProcessedRun.Standing;
import io.crossfoot.state.StateFolder;
import io.crossfoot.state.Work;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Sales in files, of which only those are read that no published run has read as they are now. What was read becomes
 * part of the state in the same step as the output: a run that dies leaves both as they were, or both as they are to be.
 *
 * <ul>
 *   <li>A new file is read, and its rows are added.
 *   <li>A file that was rewritten is read again, with all that the same run had read; the files which that run had
 *       published go as the new ones come.
 *   <li>A file that is gone leaves its rows where they are, and is reported. Where they would have to be replaced, the
 *       run is refused, since they could not be read again.
 * </ul>
 */
final class IncrementalDelivery implements Delivery {
    private final EnrichConfig config;
    private final Publication publication;
    private final StateFolder state;
    private Optional<Work> work = Optional.empty();

    /** To be made when the publication has recovered. */
    IncrementalDelivery(EnrichConfig config, Publication publication, StateFolder state) {
        this.config = config;
        this.publication = publication;
        this.state = state;
    }

    /**
     * A run that has published is done, unless its rows are wanted again.
     *
     * @throws UsageException if nothing says what was read before
     * @throws StorageException if the rows of what was read are gone
     */
    @Override
    public Optional<String> doneBy() {
        requireAccount(config, publication, state);
        requireRows(config, publication, state);
        return Optional.of(config.runId()).filter(run -> publication.published(run) && !state.isRewound(run));
    }

    /** @throws UsageException if nothing says what was read before */
    static void requireAccount(EnrichConfig config, Publication publication, StateFolder state) {
        if (!state.isEmpty()) {
            return;
        }
        RepeatableDelivery.requireKnownRuns(config, publication);
        if (publication.anyPublished()) {
            throw new UsageException(
                    ("Cannot go on incrementally: nothing says which sales are in %s already; run once without"
                                    + " incremental, which reads all and replaces it, or say so with crossfoot state set")
                            .formatted(config.output()));
        }
    }

    /**
     * Refuses to add to what is not there. Files of a table are its catalog's to know. To be asked when no publication is
     * half done: the output may be aside then.
     *
     * @throws StorageException if runs count whose rows are gone with the output
     */
    static void requireRows(EnrichConfig config, Publication publication, StateFolder state) {
        if (config.iceberg().isPresent() || !publication.isOutputGone()) {
            return;
        }
        counting(state, run -> !run.files().isEmpty()).ifPresent(runs -> {
            throw new StorageException(
                    ("Cannot go on incrementally: the rows of run %s are gone from %s; put them back, or let them be done again"
                                    + " with crossfoot state rewind --all")
                            .formatted(runs, config.output()));
        });
    }

    /** Names runs that have published and are not to be done again, as far as a line has room; empty for none. */
    static Optional<String> counting(StateFolder state, Predicate<ProcessedRun> which) {
        List<String> runs = state.runs().stream()
                .filter(run -> run.standing() == Standing.PUBLISHED)
                .filter(which)
                .map(ProcessedRun::run)
                .toList();
        return runs.stream().findFirst().map(first -> runs.size() > 1 ? first + " and others" : first);
    }

    /**
     * Finds out what there is to do.
     *
     * @param found the files of the sales, by path
     * @throws StorageException if rows would be lost
     */
    static Work work(EnrichConfig config, StateFolder state, List<InputFile> found) {
        return requirePossible(state.work(found, config.filter().requireFolders(found), grain(config)), config);
    }

    private static Grain grain(EnrichConfig config) {
        return config.mode() == WriteMode.MERGE ? Grain.OBJECT : Grain.RUN;
    }

    private static Work requirePossible(Work work, EnrichConfig config) {
        if (grain(config) == Grain.RUN
                && config.iceberg().isPresent()
                && !work.replaced().isEmpty()) {
            throw new UsageException(
                    ("Cannot replace what run %s has appended to %s: nobody knows which rows of the table are those of its"
                                    + " files; merge by a key (--mode merge --key), or run once without incremental and with"
                                    + " --mode overwrite")
                            .formatted(
                                    names(work.replaced()),
                                    config.iceberg().get().name()));
        }
        if (work.lost().count() > 0) {
            throw new StorageException(
                    ("Cannot replace what run %s has published: %,d of the files that it had read are gone, and their rows"
                                    + " would be lost (first: %s); put them back, or run once without incremental, which reads"
                                    + " what is there and replaces the output")
                            .formatted(
                                    names(work.replaced()),
                                    work.lost().count(),
                                    work.lost().first().get(0)));
        }
        return work;
    }

    private static String names(List<ProcessedRun> runs) {
        return runs.stream().map(ProcessedRun::run).collect(Collectors.joining(", "));
    }

    @Override
    public Sources reading(Sources all) {
        return all.selecting(this::select);
    }

    private List<InputFile> select(List<InputFile> found) {
        Work toDo = requirePossible(state.settle(found, config.filter().requireFolders(found), grain(config)), config);
        requireUnusedName(toDo);
        work = Optional.of(toDo);
        return toDo.toRead();
    }

    /** The state tells runs apart by their names; one that is to be done again may wait for other files than these. */
    private void requireUnusedName(Work toDo) {
        String name = config.runId();
        boolean isUsed = !toDo.isNothing()
                // the state, which is read whole, knows no others
                && !publication.unusedName(name).equals(name)
                && state.runs().stream()
                        .anyMatch(run ->
                                run.run().equals(name) && !toDo.replaced().contains(run));
        if (isUsed) {
            throw new UsageException(
                    "Cannot run as %1$s: the rows of an earlier run %1$s stay in %2$s; give another --run-id"
                            .formatted(name, config.output()));
        }
    }

    /** Whose place the run takes anyway is not completed. */
    @Override
    public Set<String> toComplete() {
        if (config.customerChanges() == CustomerChanges.IGNORE) {
            return Set.of();
        }
        List<ProcessedRun> replaced = work.orElseThrow().replaced();
        return state.runs().stream()
                .filter(run -> !replaced.contains(run))
                .flatMap(run -> run.files().stream())
                .collect(Collectors.toSet());
    }

    /**
     * Returns the key of customers, as these settings and this version read them; empty where more decides than their files:
     * a catalog may say otherwise what is in them.
     */
    static Optional<String> customersKey(EnrichConfig config, List<InputFile> customers) {
        if (customers.isEmpty() || config.customers().catalogTable().isPresent()) {
            return Optional.empty();
        }
        return Optional.of(StateFolder.customersKey(
                customers,
                RunSettings.of(config),
                // a salt is not to be found by trying
                config.personalValues().hashCode(),
                Versions.crossfoot()));
    }

    @Override
    public boolean haveMet(List<InputFile> customers, Optional<Long> snapshot) {
        return customersKey(config, customers)
                .filter(key -> state.haveMet(key, snapshot))
                .isPresent();
    }

    @Override
    public void met(List<InputFile> customers, Optional<Long> snapshot) {
        if (config.customerChanges() != CustomerChanges.IGNORE) {
            customersKey(config, customers).ifPresent(key -> state.met(key, snapshot));
        }
    }

    @Override
    public boolean isNothingNew(long rows) {
        return work.orElseThrow().isNothing();
    }

    @Override
    public RunReport describe(RunReport report) {
        Work done = work.orElseThrow();
        return report.of(new Increment(
                done.added().size(),
                done.changed().size(),
                done.again().size(),
                done.known(),
                done.vanished().count(),
                done.vanished().first(),
                done.replaced().stream().map(ProcessedRun::run).toList()));
    }

    @Override
    public void publish(Passed passed) {
        publication.publish(
                state.keeping(
                                config.mode(),
                                config.runId(),
                                passed.read(),
                                passed.written(),
                                work.orElseThrow().replaced(),
                                passed.instead())
                        .committing(passed.commit()),
                config.runId());
        state.tidy();
        state.done(work.orElseThrow());
    }
}
