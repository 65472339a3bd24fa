package io.crossfoot;

import io.crossfoot.catalog.Catalog;
import io.crossfoot.catalog.CatalogPlace;
import io.crossfoot.catalog.TableName;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.config.EnrichConfig.TableConfig;
import io.crossfoot.error.CrossfootException;
import io.crossfoot.quality.Severity;
import io.crossfoot.report.Anomalies;
import io.crossfoot.report.CatalogNames;
import io.crossfoot.report.LineageEvents;
import io.crossfoot.report.LineageTarget;
import io.crossfoot.report.ReportFile;
import io.crossfoot.report.RunHistory;
import io.crossfoot.report.RunHistory.Remembered;
import io.crossfoot.report.RunPages;
import io.crossfoot.report.RunReport;
import io.crossfoot.sink.ControlFolder;
import io.crossfoot.sink.WholeFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * What a run leaves besides output, quarantine and report, when all else is done: a line of history, a page, events.
 *
 * @param listeners the listeners that Spark was started with, as its setting names them
 */
record RunRecords(EnrichConfig config, ControlFolder control, Target target, String listeners, Configuration hadoop) {
    /** Returns a report that is not published yet with what is unusual in it. */
    RunReport compared(RunReport report) {
        return config.quality()
                .anomalies()
                .map(severity -> compared(report, severity))
                .orElse(report);
    }

    private RunReport compared(RunReport report, Severity severity) {
        Remembered history = new RunHistory(control.history(), hadoop).read();
        RunReport compared = report.unusual(Anomalies.of(report, history.runs()), severity);
        return history.damaged() == 0
                ? compared
                : compared.warning(List.of("history: %d damaged lines of %s are left out"
                        .formatted(history.damaged(), control.history())));
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
        List<String> warnings = new ArrayList<>();
        WholeFile file = new WholeFile(control.lineageEvents(report.runId()), hadoop);
        config.lineage().tell(LineageEvents.of(report, names(warnings)), file).ifPresent(warnings::add);
        return report.warning(warnings);
    }

    /** The output is published by now: a catalog that does not answer is no reason to fail. */
    private CatalogNames names(List<String> warnings) {
        Optional<TableName> sales = inGlue(config.sales());
        Optional<TableName> customers = inGlue(config.customers());
        Optional<TableName> output = target.inGlue();
        if (sales.isEmpty() && customers.isEmpty() && output.isEmpty()) {
            return CatalogNames.none();
        }
        try (Catalog glue = CatalogPlace.glue().open()) {
            return new CatalogNames(
                    sales.flatMap(glue::place), customers.flatMap(glue::place), output.flatMap(glue::place));
        } catch (CrossfootException failed) {
            warnings.add("lineage: tables are called by their folders alone: " + failed.getMessage());
            return CatalogNames.none();
        }
    }

    private Optional<TableName> inGlue(TableConfig table) {
        return table.catalogTable().filter(name -> config.catalog().isGlue());
    }
}
