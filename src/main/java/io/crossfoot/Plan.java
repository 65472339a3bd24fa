package io.crossfoot;

import io.crossfoot.config.CustomerChanges;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.config.EnrichConfig.Scope;
import io.crossfoot.sink.ControlFolder;
import io.crossfoot.sink.Publication;
import io.crossfoot.sink.WriteMode;
import io.crossfoot.source.InputFile;
import io.crossfoot.source.ListedSource;
import io.crossfoot.state.ProcessedRun;
import io.crossfoot.state.ProcessedRun.Standing;
import io.crossfoot.state.StateFolder;
import io.crossfoot.state.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What the next run would read and write, and why. It lists files and reads the state; it opens no file of a source, takes
 * no lock and writes nothing.
 *
 * @param halfDone the run that has died while it was publishing, which the next one finishes first; empty for none
 * @param steps what it would do
 */
public record Plan(Optional<String> halfDone, List<Step> steps) {
    public Plan {
        steps = List.copyOf(steps);
    }

    /** What becomes of files. */
    public enum Action {
        /** They are read. */
        READ,
        /** They are written; how many there will be is not known before. */
        WRITE,
        /** They are deleted, in the step in which others come. */
        DELETE,
        /** Nothing is done about them. */
        KEEP
    }

    /**
     * What is done with files of a table.
     *
     * @param table {@code sales}, {@code customers} or {@code output}
     * @param files how many; 0 where nobody has looked, or can know
     * @param bytes the size of all of them; 0 where nobody has looked, or can know
     * @param why the reason, in words
     */
    public record Step(Action action, String table, long files, long bytes, String why) {}

    /**
     * Makes the plan of a run.
     *
     * @throws io.crossfoot.error.StorageException when a source does not exist, when the state cannot be trusted, or when
     *     the run would be refused
     */
    public static Plan of(EnrichConfig config, Configuration hadoop) {
        Sources sources = Sources.of(config);
        sources.requireFiles();
        Places.requireApart(config, sources, hadoop);
        ControlFolder control = ControlFolder.of(new Path(config.output()), config.control(), hadoop);
        Publication publication = new Publication(control, point -> {});
        StateFolder state = new StateFolder(control, hadoop, point -> {});
        Optional<String> halfDone = publication.halfDone();
        List<InputFile> sales = sources.listSales(hadoop);
        List<InputFile> customers = sources.customers() instanceof ListedSource files ? files.list(hadoop) : List.of();
        FolderTarget folder = new FolderTarget(config, control, hadoop);
        List<Step> steps = new ArrayList<>();
        if (config.scope() == Scope.UNPROCESSED) {
            IncrementalDelivery.requireAccount(config, publication, state);
            if (halfDone.isEmpty()) {
                IncrementalDelivery.requireRows(config, publication, state);
            }
            Work work = IncrementalDelivery.work(config, state, sales);
            increment(work, steps);
            if (config.customerChanges() != CustomerChanges.IGNORE) {
                meet(config, customers, state, work.replaced(), steps);
            }
        } else {
            if (halfDone.isEmpty()) {
                RepeatableDelivery.requireKnownRuns(config, publication);
            }
            List<InputFile> wanted = config.filter().of(sales);
            if (isThere(StateFolder.key(wanted), config, state, folder)) {
                steps.add(new Step(Action.KEEP, "sales", wanted.size(), 0, "read before, all of them by one run"));
                if (config.iceberg().isPresent() && config.customerChanges() != CustomerChanges.IGNORE) {
                    meet(config, customers, state, List.of(), steps);
                }
            } else {
                whole(wanted, config, publication, steps);
            }
        }
        if (isAnyWork(steps)) {
            if (config.iceberg().isEmpty() && halfDone.isEmpty()) {
                folder.requireSameFolders();
            }
            add(steps, Action.READ, "customers", customers, "a lookup is read whole");
            if (steps.stream()
                    .anyMatch(
                            step -> step.action() == Action.READ && step.table().equals("sales"))) {
                steps.add(new Step(Action.WRITE, "output", 0, 0, written(config)));
            }
        }
        return new Plan(halfDone, steps);
    }

    /** A table is asked by its run; as far as runs have said, it is the same. */
    private static boolean isThere(String key, EnrichConfig config, StateFolder state, FolderTarget folder) {
        return config.iceberg().isPresent()
                ? config.mode() != WriteMode.OVERWRITE
                        && state.runs(key).stream().anyMatch(run -> run.standing() == Standing.PUBLISHED)
                : folder.hasRun(key);
    }

    private static void whole(List<InputFile> sales, EnrichConfig config, Publication publication, List<Step> steps) {
        add(steps, Action.READ, "sales", sales, "all are read each time");
        if (config.mode() == WriteMode.OVERWRITE && publication.anyPublished()) {
            steps.add(new Step(Action.DELETE, "output", 0, 0, "all that was published before is replaced"));
        }
    }

    private static void increment(Work work, List<Step> steps) {
        add(steps, Action.READ, "sales", work.added(), "new");
        add(steps, Action.READ, "sales", work.changed(), "rewritten");
        add(steps, Action.READ, "sales", work.again(), "read by a run that is replaced");
        for (ProcessedRun run : work.replaced()) {
            steps.add(new Step(Action.DELETE, "output", run.files().size(), 0, "published by run " + run.run()));
        }
        if (work.known() > 0) {
            steps.add(new Step(Action.KEEP, "sales", work.known(), 0, "read before"));
        }
        if (work.vanished().count() > 0) {
            steps.add(new Step(Action.KEEP, "sales", work.vanished().count(), 0, "gone, their rows stay"));
        }
    }

    /** Whether a row meets another customer is for Spark to find out; that customers are the same is not. */
    private static void meet(
            EnrichConfig config,
            List<InputFile> customers,
            StateFolder state,
            List<ProcessedRun> replaced,
            List<Step> steps) {
        if (IncrementalDelivery.customersKey(config, customers)
                .filter(state::haveMet)
                .isPresent()) {
            steps.add(new Step(Action.KEEP, "output", 0, 0, "rows of earlier runs have met these customers"));
            return;
        }
        List<ProcessedRun> staying =
                state.runs().stream().filter(run -> !replaced.contains(run)).toList();
        // which files a table has is for its catalog to say
        long files =
                staying.stream().flatMap(run -> run.files().stream()).distinct().count();
        boolean isAnyRow = config.iceberg().isPresent() ? !state.isEmpty() : files > 0;
        if (isAnyRow) {
            steps.add(new Step(Action.READ, "output", files, 0, "customers may have come or changed since"));
            steps.add(new Step(Action.WRITE, "output", 0, 0, "rows that meet another customer, if there are any"));
        }
    }

    private static String written(EnrichConfig config) {
        return switch (config.mode()) {
            case OVERWRITE -> "rows of these sales, in place of all others";
            case APPEND -> "rows of these sales, beside those that stay";
            case MERGE ->
                "rows of these sales, merged by "
                        + String.join(", ", config.iceberg().orElseThrow().key());
        };
    }

    private static boolean isAnyWork(List<Step> steps) {
        return steps.stream().anyMatch(step -> step.action() != Action.KEEP);
    }

    private static void add(List<Step> steps, Action action, String table, List<InputFile> files, String why) {
        if (!files.isEmpty()) {
            long bytes = files.stream().mapToLong(InputFile::bytes).sum();
            steps.add(new Step(action, table, files.size(), bytes, why));
        }
    }

    /** Whether the next run would change something. */
    public boolean isWorkPending() {
        return halfDone.isPresent() || isAnyWork(steps);
    }

    /** Returns what the next run would cost as a Glue job of 2, 5 and 10 workers; none when there is nothing to do. */
    public List<GlueCost> glueCosts() {
        return isWorkPending() ? GlueCost.of(bytesRead()) : List.of();
    }

    /** Whether one machine does it in less time than Glue bills at least. */
    public boolean isTooSmallForGlue() {
        return GlueCost.isTooSmall(bytesRead());
    }

    private long bytesRead() {
        return steps.stream()
                .filter(step -> step.action() == Action.READ)
                .mapToLong(Step::bytes)
                .sum();
    }
}
