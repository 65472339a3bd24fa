package io.crossfoot.report;

import static java.util.function.Predicate.not;

import io.crossfoot.error.StorageFault;
import io.crossfoot.sink.WholeFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The last {@value #REMEMBERED} runs of one output, a line of JSON each, the latest last. A line that is damaged is left
 * out, and the next run says so, if it compares itself with others: no run depends on the history.
 */
public record RunHistory(Path path, Configuration hadoop) {
    private static final int REMEMBERED = 1000;

    /**
     * What a history holds.
     *
     * @param runs the runs that are remembered, oldest first
     * @param damaged how many lines tell of no run
     */
    public record Remembered(List<RunSummary> runs, int damaged) {}

    /** Returns the runs that are remembered, oldest first. */
    public List<RunSummary> runs() {
        return read().runs();
    }

    /** Reads it; one that is not there remembers no run. */
    public Remembered read() {
        List<String> lines = lines();
        List<RunSummary> runs = lines.stream().flatMap(RunHistory::parsed).toList();
        return new Remembered(runs, lines.size() - runs.size());
    }

    private List<String> lines() {
        try {
            WholeFile file = new WholeFile(path, hadoop);
            Optional<String> text = file.read();
            return (text.isPresent() ? text : file.unfinished().read())
                    .stream()
                            .flatMap(String::lines)
                            .filter(not(String::isBlank))
                            .toList();
        } catch (IOException failed) {
            throw StorageFault.reading(failed, "read the history " + path, "");
        }
    }

    /**
     * Adds a run, in place of an earlier one of its id; one that is remembered already stays where it is. Returns the runs that
     * are remembered now, oldest first.
     */
    public List<RunSummary> add(RunReport report) {
        List<RunSummary> runs = new ArrayList<>(runs());
        RunSummary added = RunSummary.of(report);
        if (runs.stream().anyMatch(added::isAgain)) {
            return write(renewed(runs, added));
        }
        runs.removeIf(run -> run.runId().equals(report.runId()));
        runs.add(added);
        return write(runs.subList(Math.max(0, runs.size() - REMEMBERED), runs.size()));
    }

    /** Remembers a run, if it is remembered, as it is now; returns the runs that are remembered, oldest first. */
    public List<RunSummary> renew(RunReport report) {
        return write(renewed(runs(), RunSummary.of(report)));
    }

    private static List<RunSummary> renewed(List<RunSummary> runs, RunSummary now) {
        return runs.stream()
                .map(run -> run.runId().equals(now.runId()) ? now : run)
                .toList();
    }

    private List<RunSummary> write(List<RunSummary> remembered) {
        String text = remembered.stream().map(ReportJson::line).collect(Collectors.joining("\n", "", "\n"));
        try {
            new WholeFile(path, hadoop).write(text);
            return remembered;
        } catch (IOException failed) {
            throw StorageFault.writing(failed, "write the history " + path, "");
        }
    }

    private static Stream<RunSummary> parsed(String line) {
        try {
            return Stream.of(ReportJson.summary(line));
        } catch (IllegalArgumentException damaged) {
            return Stream.empty();
        }
    }
}
