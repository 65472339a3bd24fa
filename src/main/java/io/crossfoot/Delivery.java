package io.crossfoot;

import io.crossfoot.sink.ControlFolder;
import io.crossfoot.sink.Publication;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;

/** How the sales come from their source: what a run watches of them, how it publishes, and what the source is told. */
sealed interface Delivery permits RepeatableDelivery, AtLeastOnceDelivery {
    /**
     * Whether this run has published before, so that its report is all that is left to give.
     *
     * @throws io.crossfoot.error.UsageException when the run must not be done again
     */
    boolean isDone();

    /** Returns aggregates to be observed on the sales while they pass, among them their source file; mostly none. */
    List<Column> watched();

    /** Whether so many rows of sales are no reason to publish. */
    boolean isNothingNew(long rows);

    /** Publishes what the run has staged, in the light of what was {@link #watched}. */
    void publish(Map<String, Object> seen);

    /** Tells the source that its rows were used, once all that the run has to do is done. */
    void acknowledge();

    /** Makes what a run needs of its source when the publication has recovered, and not before. */
    @FunctionalInterface
    interface Factory {
        Delivery after(Publication recovered, ControlFolder control, Configuration hadoop);
    }
}
