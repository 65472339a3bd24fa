package io.crossfoot.report;

import io.crossfoot.error.StorageFault;
import io.crossfoot.sink.WholeFile;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A report where a run leaves it: on any Hadoop file system. */
public record ReportFile(Path path, Configuration hadoop) {
    /** Writes a report in place of the one that may be there: whole, or not at all. */
    public void write(RunReport report) {
        try {
            file().write(ReportJson.write(report));
        } catch (IOException failed) {
            throw StorageFault.writing(failed, "write the run report " + path, "");
        }
    }

    /** Reads the report; empty when there is none, or none that is whole. */
    public Optional<RunReport> read() {
        try {
            // a process that died in write has left the new one, the old one, or both
            Optional<RunReport> found = parsed(file().read());
            return found.isPresent() ? found : parsed(file().unfinished().read());
        } catch (IOException failed) {
            throw StorageFault.reading(failed, "read the run report " + path, "");
        }
    }

    /** Lets the report, if there is one, say that its run is published; returns it. */
    public Optional<RunReport> complete() {
        return complete(UnaryOperator.identity());
    }

    /** Completes the report, with what else is known of its run by now. */
    public Optional<RunReport> complete(UnaryOperator<RunReport> more) {
        Optional<RunReport> report =
                read().map(found -> found.asPublished(found.stages())).map(more);
        report.ifPresent(this::write);
        return report;
    }

    private static Optional<RunReport> parsed(Optional<String> text) {
        try {
            return text.map(ReportJson::read);
        } catch (IllegalArgumentException cut) {
            return Optional.empty();
        }
    }

    private WholeFile file() {
        return new WholeFile(path, hadoop);
    }
}
