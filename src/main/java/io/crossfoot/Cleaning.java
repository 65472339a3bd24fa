package io.crossfoot;

import io.crossfoot.report.ReportFile;
import io.crossfoot.report.RunReport;
import io.crossfoot.sink.ControlFolder;
import io.crossfoot.sink.IcebergLeftOvers;
import io.crossfoot.sink.IcebergName;
import io.crossfoot.sink.IcebergTable;
import io.crossfoot.sink.LeftOvers;
import io.crossfoot.sink.LeftOvers.LeftOver;
import io.crossfoot.sink.Publication;
import io.crossfoot.state.ProcessedRun;
import io.crossfoot.state.StateFolder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Removes what runs have left behind that no later run needs: what was staged or replaced, quarantine and reports of runs
 * that have never published, and data whose publication was given up. The rows of published runs, their reports and
 * their quarantine stay.
 *
 * @param table the Iceberg table that is the output, whose snapshots go, too, and files that none has; empty where those are
 *     left alone
 * @param runId names who holds the lock meanwhile
 */
public record Cleaning(ControlFolder control, Optional<IcebergTable> table, Configuration hadoop, String runId) {
    /**
     * Names what is to be cleaned; touches no storage.
     *
     * @throws io.crossfoot.error.UsageException if there can be no such output
     */
    public static Cleaning of(String output, Optional<String> control, Configuration hadoop, String runId) {
        return new Cleaning(ControlFolder.of(new Path(output), control, hadoop), Optional.empty(), hadoop, runId);
    }

    /**
     * Returns this, for an output that is a table.
     *
     * @throws io.crossfoot.error.UsageException if this Spark has no such catalog, or the table is that of another output
     * @throws io.crossfoot.error.StorageException if there is no such table
     */
    public Cleaning including(IcebergName name, SparkSession spark) {
        IcebergTable found = IcebergTable.of(name, spark);
        new TableOutput(control, found).require("clean", hadoop);
        return new Cleaning(control, Optional.of(found), hadoop, runId);
    }

    /**
     * Finds what {@link #remove} would remove; takes no lock and writes nothing.
     *
     * @throws io.crossfoot.error.StorageException as {@link #remove} does
     */
    public List<LeftOver> find(Instant before) {
        if (!control.isMade()) {
            return List.of();
        }
        new Exclusively(control, runId).requireNoneHalfDone("clean");
        List<LeftOver> found = new ArrayList<>(leftOvers().before(before));
        table.ifPresent(
                there -> found.addAll(IcebergLeftOvers.of(there, control).before(before)));
        return List.copyOf(found);
    }

    /**
     * Removes what was last written before a time, and returns it. A process that dies meanwhile has removed some of it.
     *
     * @param before protects, beside the lock, what belongs to jobs that are under way
     * @throws io.crossfoot.error.LockedException if a run is under way
     * @throws io.crossfoot.error.StorageException if a run has died while it was publishing, or if storage fails
     */
    public List<LeftOver> remove(Instant before) {
        return control.isMade() ? new Exclusively(control, runId).perform("clean", () -> removed(before)) : List.of();
    }

    private List<LeftOver> removed(Instant before) {
        LeftOvers leftOvers = leftOvers();
        List<LeftOver> found = new ArrayList<>(leftOvers.before(before));
        found.forEach(leftOvers::remove);
        table.ifPresent(
                there -> found.addAll(IcebergLeftOvers.of(there, control).remove(before)));
        return List.copyOf(found);
    }

    private LeftOvers leftOvers() {
        Publication publication = new Publication(control, point -> {});
        Set<String> known = new StateFolder(control, hadoop, point -> {})
                .runs().stream().map(ProcessedRun::run).collect(Collectors.toSet());
        return new LeftOvers(
                control, run -> known.contains(run) || publication.isMarked(run) || isReportedAsPublished(run));
    }

    /** A later run that overwrites takes the mark of an earlier one away; its report stays. */
    private boolean isReportedAsPublished(String run) {
        return new ReportFile(control.runReport(run), hadoop)
                .read()
                .filter(RunReport::published)
                .isPresent();
    }
}
