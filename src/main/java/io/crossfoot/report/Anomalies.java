package io.crossfoot.report;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * What is unusual in a run against the last runs that were published.
 *
 * <p>A number is unusual when it is more than {@value #TIMES} times the median of the last {@value #RUNS} runs, or less
 * than that part of it, <b>and</b> well outside of all that these runs had, and all others of the last {@value #DAYS} days: a
 * quiet Sunday is like the last one, and not unusual, however many runs a day has. A share must also have moved by a point.
 * With fewer than {@value #FEWEST} runs nothing is.
 */
public final class Anomalies {
    private static final int RUNS = 7;
    private static final int DAYS = 8;
    private static final int FEWEST = 3;
    private static final double TIMES = 3;
    private static final double OUTSIDE = 1.5;
    private static final double LEAST_SHARE = 0.01;

    private final List<RunSummary> last;
    private final List<RunSummary> week;

    /**
     * @param earlier the runs before, oldest first; those that published nothing, read nothing or replayed are no measure
     * @param now when the run began
     */
    private Anomalies(List<RunSummary> earlier, Instant now) {
        List<RunSummary> published = earlier.stream()
                .filter(run -> run.published() && run.isMeasure())
                .toList();
        last = published.subList(Math.max(0, published.size() - RUNS), published.size());
        Instant begin = now.minus(Duration.ofDays(DAYS));
        week = published.stream()
                .filter(run -> last.contains(run) || began(run).isAfter(begin))
                .toList();
    }

    private static Instant began(RunSummary run) {
        try {
            return Instant.parse(run.started());
        } catch (DateTimeParseException edited) {
            return Instant.EPOCH;
        }
    }

    /** Returns what is unusual, a line each, such as {@code unmatched sales 31 % → 4 times the median of the last 7 runs}; nothing
     * is in a replay, which reads a few rows. */
    public static List<String> of(RunReport report, List<RunSummary> history) {
        if (report.replayOf() != null) {
            return List.of();
        }
        List<RunSummary> earlier = history.stream()
                .filter(run -> !run.runId().equals(report.runId()))
                .toList();
        RunSummary run = RunSummary.of(report);
        return new Anomalies(earlier, began(run)).in(run);
    }

    private List<String> in(RunSummary run) {
        List<String> unusual = new ArrayList<>();
        counts().forEach((name, number) -> compare(name, number, run, unusual));
        shares().forEach((name, number) -> compareShare(name, number, run, unusual));
        run.measures().forEach((name, value) -> {
            if (isShare(name)) {
                // a share of rows that keep a rule is near 1: what tells is the rest
                compareShare(
                        "missing from " + name, other -> rest(other.measures().get(name)), run, unusual);
            } else {
                compare(name, other -> number(other.measures().get(name)), run, unusual);
            }
        });
        return unusual;
    }

    private static Map<String, Function<RunSummary, Double>> counts() {
        Map<String, Function<RunSummary, Double>> numbers = new LinkedHashMap<>();
        numbers.put("sales read", run -> (double) run.read());
        numbers.put("total", run -> number(run.amount()));
        numbers.put(
                "total of a row",
                run -> run.amount() == null || run.written() == 0
                        ? null
                        : run.amount().doubleValue() / run.written());
        return numbers;
    }

    private static Map<String, Function<RunSummary, Double>> shares() {
        Map<String, Function<RunSummary, Double>> numbers = new LinkedHashMap<>();
        numbers.put("unmatched sales", run -> run.written() == 0 ? null : (double) run.unmatched() / run.written());
        numbers.put("quarantined sales", run -> run.read() == 0 ? null : (double) run.quarantined() / run.read());
        return numbers;
    }

    private void compare(String name, Function<RunSummary, Double> number, RunSummary run, List<String> unusual) {
        Double now = number.apply(run);
        // nothing is a multiple of zero, as of a run of which all was quarantined
        List<Double> before =
                numbers(last, number).stream().filter(one -> one != 0).toList();
        List<Double> all =
                numbers(week, number).stream().filter(one -> one != 0).toList();
        // what may be below zero has no meaningful multiple
        if (now == null || now < 0 || before.size() < FEWEST || all.get(0) < 0) {
            return;
        }
        double median = median(before);
        boolean high = now > TIMES * median && now > OUTSIDE * all.get(all.size() - 1);
        boolean low = now < median / TIMES && now < all.get(0) / OUTSIDE;
        if (high || low) {
            unusual.add("%s %s → %s times the median of the last %d runs (%s)"
                    .formatted(name, shown(now), times(now / median), before.size(), shown(median)));
        }
    }

    private void compareShare(String name, Function<RunSummary, Double> share, RunSummary run, List<String> unusual) {
        Double now = share.apply(run);
        List<Double> before = numbers(last, share);
        if (now == null || before.size() < FEWEST) {
            return;
        }
        double median = median(before);
        List<Double> all = numbers(week, share);
        double most = all.get(all.size() - 1);
        if (now > TIMES * median && now > OUTSIDE * most && now - median >= LEAST_SHARE) {
            String times = median == 0
                    ? "at the median of the last %d runs it is 0 %%"
                    : "%2$s times the median of the last %1$d runs (%3$s)";
            unusual.add("%s %s → %s"
                    .formatted(
                            name, percent(now), times.formatted(before.size(), times(now / median), percent(median))));
        }
    }

    /** The numbers of runs, the least first. */
    private static List<Double> numbers(List<RunSummary> runs, Function<RunSummary, Double> number) {
        return runs.stream().map(number).filter(Objects::nonNull).sorted().toList();
    }

    private static double median(List<Double> sorted) {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static boolean isShare(String measure) {
        return measure.matches(
                "\\w+: (share of |Completeness |Uniqueness |ReferentialIntegrity |IsPrimaryKey |ColumnDataType |SchemaMatch ).*");
    }

    private static Double rest(BigDecimal share) {
        return share == null ? null : 1 - share.doubleValue();
    }

    private static Double number(BigDecimal number) {
        return number == null ? null : number.doubleValue();
    }

    private static String shown(double number) {
        return String.format(Locale.ROOT, number >= 100 ? "%,.0f" : "%.2f", number);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, share >= 0.0995 ? "%.0f %%" : "%.1f %%", 100 * share);
    }

    private static String times(double ratio) {
        return String.format(Locale.ROOT, ratio >= 3 ? "%.0f" : "%.2f", ratio);
    }
}
