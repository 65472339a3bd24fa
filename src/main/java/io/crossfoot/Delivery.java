package io.crossfoot;

import io.crossfoot.report.RunReport;
import io.crossfoot.sink.ControlFolder;
import io.crossfoot.sink.OutputFile;
import io.crossfoot.sink.Publication;
import io.crossfoot.sink.TableCommit;
import io.crossfoot.source.InputFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;

/** How the sales come from their source: what a run watches of them, how it publishes, and what the source is told. */
sealed interface Delivery permits RepeatableDelivery, IncrementalDelivery, AtLeastOnceDelivery, ReplayDelivery {
    /**
     * Returns the run that has published before what this one is to publish, mostly one of the same id: its report is all
     * that is left to give. Empty when there is something to do.
     *
     * @throws io.crossfoot.error.UsageException when the run must not be done again
     */
    Optional<String> doneBy();

    /** Returns what the run is to read of its sources. */
    Sources reading(Sources all);

    /** Returns aggregates to be observed on the sales while they pass, among them their source file; mostly none. */
    default List<Column> watched() {
        return List.of();
    }

    /** Returns the files that earlier runs have published, and whose rows may meet other customers now; mostly none. */
    default Set<String> toComplete() {
        return Set.of();
    }

    /**
     * Whether all rows of earlier runs are known to have met the customers in these files, so that none is to be looked for.
     *
     * @param snapshot that of the table whose rows these are; empty for files
     */
    default boolean haveMet(List<InputFile> customers, Optional<Long> snapshot) {
        return false;
    }

    /** Notes that all rows, those of this run too, have met the customers in these files. */
    default void met(List<InputFile> customers, Optional<Long> snapshot) {}

    /** Whether so many rows of sales are no reason to publish. */
    boolean isNothingNew(long rows);

    /** Returns the report of the run with what this knows of its sales. */
    default RunReport describe(RunReport report) {
        return report;
    }

    /** Publishes what the run has staged. */
    void publish(Passed passed);

    /** Tells the source that its rows were used, once all that the run has to do is done. */
    default void acknowledge() {}

    /**
     * What went through a run.
     *
     * @param read the files of the sales that were read; none where nobody knows them
     * @param written the files that were staged, and become files of the output
     * @param commit what brings them to a table; empty where they are moved
     * @param instead for each file of earlier runs that was written anew, the staged ones that hold its rows
     * @param watched what was seen of what was {@link Delivery#watched}
     */
    record Passed(
            List<InputFile> read,
            List<OutputFile> written,
            Optional<TableCommit> commit,
            Map<String, List<String>> instead,
            Map<String, Object> watched) {}

    /** Makes what a run needs of its source when the publication has recovered, and not before. */
    @FunctionalInterface
    interface Factory {
        Delivery after(Publication recovered, ControlFolder control, Target target, Configuration hadoop);
    }
}
