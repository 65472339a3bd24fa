package io.crossfoot.benchmark;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How the sales are laid out, and to whom they went. */
enum Shape {
    /** As many to each customer, more or less. */
    EVEN(8, 0),
    /** Three in ten went to one customer. */
    SKEWED(8, 0),
    /** 34 more columns of text, which no contender but the recipe's writes. */
    WIDE(8, 34),
    MANY_FILES(20_000, 0);

    private static final int PERCENT_OF_ONE = 30;

    private final int files;
    private final int extraColumns;

    Shape(int files, int extraColumns) {
        this.files = files;
        this.extraColumns = extraColumns;
    }

    /** @param word as in {@code many-files} */
    static Shape of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    int files() {
        return files;
    }

    boolean isWide() {
        return extraColumns > 0;
    }

    /** Returns which of so many customers a sale went to. */
    int customer(SplittableRandom random, int customers) {
        return this == SKEWED && random.nextInt(100) < PERCENT_OF_ONE ? 0 : random.nextInt(customers);
    }

    /** Returns what follows the header of the six columns. */
    String extraHeader() {
        return IntStream.range(0, extraColumns).mapToObj(i -> ",extra_" + i).collect(Collectors.joining());
    }

    /** Returns what follows the six values of a row. */
    String extraValues(SplittableRandom random) {
        return IntStream.range(0, extraColumns)
                .mapToObj(i -> ",text " + random.nextInt(1_000_000))
                .collect(Collectors.joining());
    }

    /** Returns the columns of the sales as Spark's DDL names them. */
    String schema() {
        return BenchmarkData.SCHEMA
                + IntStream.range(0, extraColumns)
                        .mapToObj(i -> ", extra_%d STRING".formatted(i))
                        .collect(Collectors.joining());
    }
}
