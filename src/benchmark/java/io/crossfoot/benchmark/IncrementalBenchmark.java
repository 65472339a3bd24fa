package io.crossfoot.benchmark;

import io.crossfoot.sink.ControlFolder;
import io.crossfoot.source.InputFile;
import io.crossfoot.state.StateEditor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/**
 * What later runs cost that read only what is new: one part in a hundred, a few sales, and none, of an output whose state
 * knows many files that are gone. Says whether the first takes no more of the time of all sales than it is a part of them
 * several times over, and the last hardly more than to start Spark. All by {@code ./crossfoot}, as one would on a laptop.
 */
public final class IncrementalBenchmark {
    private static final Path WORK = Path.of("target", "benchmark").toAbsolutePath();
    private static final int KNOWN = 1_000_000;
    private static final int PART = 100;
    /** So many that some of them have no customer, for whom a run looks for near misses. */
    private static final int FEW = 1000;

    private static final double MOST_OF_ALL = 0.05;
    private static final double MOST_SECONDS_FOR_NOTHING = 1;

    private static final Pattern ITS_OWN = Pattern.compile("^published .* · ([0-9.]+) s$", Pattern.MULTILINE);

    private final BenchmarkData data;
    private final Path root = WORK.resolve("incremental");
    private final Path sales = root.resolve("sales");

    private IncrementalBenchmark(BenchmarkData data) {
        this.data = data;
    }

    /**
     * What the runs of a round took, in seconds.
     *
     * @param nothing the first run with nothing new
     * @param itsOwn what that says that it took since it had a session
     */
    private record Round(double all, double few, double part, double nothing, double itsOwn) {
        /** Of the time of all sales, what one part in a hundred adds to a few sales. */
        double share() {
            return (part - few) / all;
        }
    }

    /** @param arguments rows and rounds, both optional; the exit code is 1 when a limit is not kept */
    public static void main(String... arguments) throws Exception {
        long rows = arguments.length > 0 ? Long.parseLong(arguments[0]) : 10_000_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        IncrementalBenchmark benchmark = new IncrementalBenchmark(BenchmarkData.in(WORK, rows));
        System.out.println("| round | all sales | a few more | 1 % more | share | nothing new | of that its own |");
        System.out.println("|---|---|---|---|---|---|---|");
        List<Round> took = new ArrayList<>();
        for (int number = 1; number <= rounds; number++) {
            Round round = benchmark.round();
            took.add(round);
            System.out.printf(
                    Locale.ROOT,
                    "| %d | %.1f | %.1f | %.1f | %.3f | %.1f | %.1f |%n",
                    number,
                    round.all(),
                    round.few(),
                    round.part(),
                    round.share(),
                    round.nothing(),
                    round.itsOwn());
        }
        boolean isKept = median(took.stream().mapToDouble(Round::share).toArray()) <= MOST_OF_ALL
                && median(took.stream().mapToDouble(Round::itsOwn).toArray()) <= MOST_SECONDS_FOR_NOTHING;
        System.exit(isKept ? 0 : 1);
    }

    private static double median(double[] values) {
        return Arrays.stream(values).sorted().toArray()[values.length / 2];
    }

    private Round round() throws Exception {
        Benchmark.delete(root);
        knowMany();
        data.linkSales(sales);
        double all = enrich("all", data.rows());
        BenchmarkData.in(WORK, FEW).copySales(sales, "few");
        double few = enrich("few", FEW);
        BenchmarkData.in(WORK, data.rows() / PART).copySales(sales, "part");
        double part = enrich("part", data.rows() / PART);
        double nothing = enrich("nothing", 0);
        return new Round(all, few, part, nothing, itsOwn());
    }

    private void knowMany() {
        ControlFolder control = ControlFolder.of(
                new org.apache.hadoop.fs.Path(output().toString()), Optional.empty(), new Configuration());
        control.create();
        List<InputFile> gone = IntStream.range(0, KNOWN)
                .mapToObj(i -> new InputFile(
                        "file:%s/of-2025/part-%09d.csv.gz".formatted(sales, i), i, 1_700_000_000_000L + i, ""))
                .toList();
        new StateEditor(control, new Configuration(), point -> {}).set("before", gone);
    }

    private Path output() {
        return root.resolve("out");
    }

    private double enrich(String run, long rows) throws Exception {
        List<String> command = new ArrayList<>(List.of("./crossfoot"));
        command.addAll(Contender.enrich(run, sales, data.customers(), output()));
        command.add("--incremental");
        return Measured.publishing(rows, command, log(run)).wallSeconds();
    }

    private static double itsOwn() throws IOException {
        Matcher said = ITS_OWN.matcher(Files.readString(log("nothing")));
        if (!said.find()) {
            throw new IllegalStateException("the run should say what it took; see " + log("nothing"));
        }
        return Double.parseDouble(said.group(1));
    }

    private static Path log(String run) {
        return WORK.resolve("incremental-" + run + ".log");
    }
}
