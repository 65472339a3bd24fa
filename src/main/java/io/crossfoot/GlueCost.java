package io.crossfoot;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a run would take and cost as a Glue job, as a model says. It was fitted to two runs on one machine, and not verified
 * on AWS ({@code docs/capacity.md}):
 *
 * <pre>
 * seconds     = 12 + 0.093 × MB that are read ÷ (4 vCPU × (workers − 1))
 * DPU-minutes = workers × minutes, but at least one minute
 * </pre>
 *
 * @param workers how many of type {@link #WORKER}, the one that drives the others included
 * @param seconds how long the run would take
 */
public record GlueCost(int workers, double seconds) {
    /** What a DPU costs for an hour in US East, in US dollars, by AWS's list of prices. */
    public static final BigDecimal DOLLARS_AN_HOUR = new BigDecimal("0.44");

    /** The type of all workers: one DPU. */
    public static final String WORKER = "G.1X";

    private static final double START = 12;
    private static final double A_MEGABYTE = 0.093;
    private static final int CORES = 4;
    private static final int LEAST_SECONDS = 60;

    /** @param bytes how many are read, as they are stored */
    static List<GlueCost> of(long bytes) {
        return IntStream.of(2, 5, 10)
                .mapToObj(workers -> new GlueCost(workers, START + work(bytes) / (CORES * (workers - 1))))
                .toList();
    }

    /** Returns whether a run that reads so many bytes takes less on one machine of 4 cores than Glue bills at least. */
    static boolean isTooSmall(long bytes) {
        return START + work(bytes) / CORES < LEAST_SECONDS;
    }

    private static double work(long bytes) {
        return A_MEGABYTE * bytes / 1_000_000;
    }

    /** Returns what is billed. */
    public double dpuMinutes() {
        return workers * Math.max(seconds, LEAST_SECONDS) / 60;
    }

    /** Returns what is paid, to the cent. */
    public BigDecimal dollars() {
        return DOLLARS_AN_HOUR.multiply(BigDecimal.valueOf(dpuMinutes() / 60)).setScale(2, RoundingMode.HALF_UP);
    }
}
