package io.crossfoot.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Collectors;

/** What Crossfoot is to take at most, beside the others that took part, in Markdown. */
record LimitTable(BenchmarkData data, List<Result> results, Optional<LineageAndPage> lineage) {
    private static final long MANY_ROWS = 50_000_000;
    private static final double MOST_FOR_LINEAGE = 1;

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
            return LimitTable.row(what + " ÷ " + base, ratio.applyAsDouble(crossfoot, other), atMost);
        }
    }

    private static String row(String what, double measured, double atMost) {
        return String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %s |%n",
                what,
                measured,
                atMost,
                measured <= atMost ? "kept" : "not kept");
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
        rows += lineage.map(added -> row("waiting for lineage and page, s", added.seconds(), MOST_FOR_LINEAGE))
                .orElse("");
        return rows.isEmpty() ? "" : "\n| crossfoot | measured | at most | |\n|---|---|---|---|\n" + rows;
    }

    private Optional<Result> named(String name) {
        return results.stream().filter(result -> result.name().equals(name)).findFirst();
    }
}
