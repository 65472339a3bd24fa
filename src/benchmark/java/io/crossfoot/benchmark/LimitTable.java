package io.crossfoot.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Collectors;

/** What Crossfoot is to take at most, beside the others that took part, in Markdown. */
record LimitTable(BenchmarkData data, List<Result> results) {
    private static final long MANY_ROWS = 50_000_000;

    private record Limit(String what, String base, double atMost, ToDoubleBiFunction<Result, Result> ratio) {
        static Limit ofTime(String base, double atMost) {
            return new Limit("wall", base, atMost, (one, other) -> one.ratio(other, Measured::wallSeconds));
        }

        static Limit ofBytes(String base, double atMost) {
            return new Limit(
                    "bytes out",
                    base,
                    atMost,
                    (one, other) ->
                            (double) one.written().bytes() / other.written().bytes());
        }

        String row(Result crossfoot, Result other) {
            double measured = ratio.applyAsDouble(crossfoot, other);
            return String.format(
                    Locale.ROOT,
                    "| %s ÷ %s | %.2f | %.2f | %s |%n",
                    what,
                    base,
                    measured,
                    atMost,
                    measured <= atMost ? "kept" : "not kept");
        }
    }

    private List<Limit> limits() {
        return List.of(
                Limit.ofTime(Contender.NO_RULES, 1.10),
                Limit.ofTime(Contender.BARE, 0.65),
                Limit.ofTime(Contender.RECIPE, 0.45),
                Limit.ofTime(Contender.DUCKDB, data.rows() < MANY_ROWS ? 5.0 : 4.0),
                Limit.ofBytes(Contender.RECIPE, 1.0));
    }

    /** Returns nothing where Crossfoot, or all others, took no part. */
    String markdown() {
        String rows = limits().stream()
                .flatMap(limit -> named(Contender.CROSSFOOT)
                        .flatMap(crossfoot -> named(limit.base()).map(other -> limit.row(crossfoot, other)))
                        .stream())
                .collect(Collectors.joining());
        return rows.isEmpty() ? "" : "\n| crossfoot | measured | at most | |\n|---|---|---|---|\n" + rows;
    }

    private Optional<Result> named(String name) {
        return results.stream().filter(result -> result.name().equals(name)).findFirst();
    }
}
