package io.crossfoot.report;

import static io.crossfoot.report.Html.code;
import static io.crossfoot.report.Html.count;
import static io.crossfoot.report.Html.text;

import io.crossfoot.error.NearMiss;
import io.crossfoot.error.StorageFault;
import io.crossfoot.error.UsageException;
import io.crossfoot.sink.ControlFolder;
import io.crossfoot.sink.WholeFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The runs of one output as pages: one for each run, and an index of all. */
public record RunPages(ControlFolder control, Configuration hadoop) {
    public RunHistory history() {
        return new RunHistory(control.history(), hadoop);
    }

    /** Returns the report of a run; empty when there is none. */
    public Optional<RunReport> report(String runId) {
        return new ReportFile(control.runReport(runId), hadoop).read();
    }

    /**
     * Returns the report of a run.
     *
     * @param what is to be done with it, in a word
     * @throws UsageException when there is none
     */
    public RunReport known(String what, String runId) {
        return report(runId).orElseThrow(() -> missing(what, runId));
    }

    private UsageException missing(String what, String runId) {
        List<RunSummary> runs = history().runs();
        Optional<RunSummary> remembered =
                runs.stream().filter(run -> run.runId().equals(runId)).findFirst();
        if (remembered.isEmpty()) {
            List<String> known = runs.stream().map(RunSummary::runId).toList();
            return new UsageException("Cannot %s: %s has no run '%s'%s"
                    .formatted(what, control.output(), runId, NearMiss.hint(runId, known)));
        }
        String why = remembered.get().published()
                ? "a later run has taken its place"
                : "it was refused, and clean removes what such runs leave";
        return new UsageException(
                "Cannot %s: the report of run '%s' of %s is gone: %s".formatted(what, runId, control.output(), why));
    }

    /** Returns the report of the run that ended last, of those whose reports are there. */
    public Optional<RunReport> latest() {
        List<RunSummary> latestFirst = new ArrayList<>(history().runs());
        Collections.reverse(latestFirst);
        return latestFirst.stream().flatMap(run -> report(run.runId()).stream()).findFirst();
    }

    /** Remembers a run, and writes its page. */
    public void leave(RunReport report) {
        write(report, history().add(report));
    }

    /** Remembers a run as it is now, and writes its page anew: another one has replayed what it had quarantined. */
    public void renew(RunReport report) {
        write(report, history().renew(report));
    }

    /** Writes the page of a run, and returns where. */
    public Path write(RunReport report) {
        return write(report, history().runs());
    }

    private Path write(RunReport report, List<RunSummary> history) {
        List<QuarantineSample> samples = report.quarantine().isEmpty()
                ? List.of()
                : new QuarantineSamples(new Path(report.quarantineFolder()), PersonalColumns.of(report), hadoop).read();
        return write(control.reportPage(report.runId()), ReportPage.of(report, history, samples));
    }

    /** Writes the index of all runs, and the pages that are missing: those of runs that were killed; returns where. */
    public Path writeIndex() {
        List<RunSummary> runs = history().runs();
        List<List<String>> rows = new ArrayList<>();
        for (RunSummary run : runs) {
            boolean hasPage = isThere(control.reportPage(run.runId()))
                    || report(run.runId()).map(this::write).isPresent();
            String name = text(run.runId());
            rows.add(List.of(
                    hasPage ? "<a href=\"runs/%1$s/report.html\">%1$s</a>".formatted(name) : name,
                    text(run.started().replace('T', ' ').replace("Z", " UTC")),
                    outcome(run),
                    count(run.read()),
                    count(run.written()),
                    quarantined(run),
                    count(run.unmatched()),
                    Html.money(run.amount()),
                    Html.seconds(run.seconds())));
        }
        Collections.reverse(rows);
        String output = control.output().getName();
        String body = "<header><p class=\"brand\">Crossfoot runs</p><h1>%s</h1><p>%s</p></header>"
                        .formatted(
                                text(output), code(Html.place(control.output().toString())))
                + Html.section("trends", "The last runs", TrendSection.of(runs).html())
                + Html.section(
                        "runs",
                        "Runs",
                        Html.table(
                                "The latest first",
                                List.of(
                                        "run",
                                        "started",
                                        "verdict",
                                        "#read",
                                        "#written",
                                        "#quarantined",
                                        "#unmatched",
                                        "#total",
                                        "#took"),
                                rows));
        return write(control.index(), PageFrame.page(output + " · runs", body));
    }

    private static String outcome(RunSummary run) {
        String verdict = run.published() ? "✓ published" : "✗ not published";
        return run.isOfSource() ? verdict : verdict + "<br/>replay of " + text(run.replayOf());
    }

    private static String quarantined(RunSummary run) {
        return run.replayedBy() == null
                ? count(run.quarantined())
                : "%s<br/>%s replayed"
                        .formatted(
                                count(run.quarantined()), count(run.replayedBy().rows()));
    }

    /** Whether there is such a file or folder. */
    public boolean isThere(Path page) {
        try {
            return page.getFileSystem(hadoop).exists(page);
        } catch (IOException failed) {
            throw StorageFault.reading(failed, "look for " + page, "");
        }
    }

    private Path write(Path path, String page) {
        try {
            new WholeFile(path, hadoop).write(page);
            return path;
        } catch (IOException failed) {
            throw StorageFault.writing(failed, "write the report " + path, "");
        }
    }
}
