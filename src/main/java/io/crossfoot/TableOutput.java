package io.crossfoot;

import io.crossfoot.crawl.Crawler;
import io.crossfoot.error.StorageException;
import io.crossfoot.error.UsageException;
import io.crossfoot.sink.ControlFolder;
import io.crossfoot.sink.IcebergTable;
import org.apache.hadoop.conf.Configuration;

/** An output that is an Iceberg table, and the control folder of its runs. */
record TableOutput(ControlFolder control, IcebergTable table) {
    /**
     * Refuses a table that is not there, and one that no run has written to this output.
     *
     * @param deed what is to be done with it, as in {@code compact}
     */
    void require(String deed, Configuration hadoop) {
        if (!table.exists()) {
            throw new StorageException("Cannot %s %s: there is no such table; name another with --output-table"
                    .formatted(deed, table.name()));
        }
        String there = table.location().orElseThrow();
        if (!Crawler.isSamePlace(there, control.output().toString(), hadoop)) {
            throw new UsageException(
                    "Cannot %s %s in %s: its place is %s; give --output %4$s, or name another with --output-table"
                            .formatted(deed, table.name(), control.output(), there));
        }
        if (!control.isMade()) {
            throw new UsageException(
                    "Cannot %s %s: no run has written it, or its control folder is not %s; name that with --control"
                            .formatted(deed, table.name(), control.root()));
        }
    }
}
