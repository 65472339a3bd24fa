package io.crossfoot;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.report.Anomalies;
import io.crossfoot.report.LineageEvents;
import io.crossfoot.report.LineageTarget;
import io.crossfoot.report.ReportFile;
import io.crossfoot.report.RunHistory;
import io.crossfoot.report.RunPages;
import io.crossfoot.report.RunReport;
import io.crossfoot.sink.ControlFolder;
import io.crossfoot.sink.WholeFile;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * What a run leaves besides output, quarantine and report, when all else is done: a line of history, a page, events.
 *
 * @param listeners the listeners that Spark was started with, as its setting names them
 */
record RunRecords(EnrichConfig config, ControlFolder control, String listeners, Configuration hadoop) {
    /** Returns a report that is not published yet with what is unusual in it. */
    RunReport compared(RunReport report) {
        return config.quality()
                .anomalies()
                .map(severity -> report.unusual(
                        Anomalies.of(report, new RunHistory(control.history(), hadoop).read()), severity))
                .orElse(report);
    }

    /** Leaves all of it, and returns the report with what could not be done. */
    RunReport leave(RunReport ended) {
        RunReport report = tell(ended);
        if (!report.equals(ended)) {
            new ReportFile(control.runReport(report.runId()), hadoop).write(report);
        }
        RunPages pages = new RunPages(control, hadoop);
        pages.leave(report);
        if (report.replayOf() != null && report.published()) {
            pages.report(report.replayOf().run()).ifPresent(pages::renew);
        }
        return report;
    }

    private RunReport tell(RunReport report) {
        if (config.lineage() instanceof LineageTarget.Nobody) {
            return report;
        }
        if (listeners.contains("OpenLineageSparkListener")) {
            return report.warning(
                    List.of("lineage: the OpenLineage listener of this Spark tells of the run; it is not told twice"));
        }
        WholeFile file = new WholeFile(control.lineageEvents(report.runId()), hadoop);
        return report.warning(
                config.lineage().tell(LineageEvents.of(report), file).stream().toList());
    }
}
