package io.crossfoot.csv;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;

/** What one task reads: ranges of files, one after the other. */
record CsvSplit(List<Range> ranges) implements InputPartition {
    private static final long LARGEST = 128L << 20;

    /** What opening a file costs, in bytes that could be read meanwhile. */
    private static final long OPEN_COST = 4L << 20;

    /** The records of a file that begin in [start, end). */
    record Range(CsvSpec.Input file, long start, long end) implements java.io.Serializable {}

    /**
     * Parts files as Spark parts its own: ranges of at most 128 MiB, smaller where there are cores to share, small files
     * together. Packed files, files to be decoded, and files whose values may hold line breaks stay whole.
     */
    static List<CsvSplit> plan(CsvSpec spec, int cores) {
        long total = spec.files().stream()
                .mapToLong(file -> file.bytes() + OPEN_COST)
                .sum();
        long largest = Math.min(LARGEST, Math.max(OPEN_COST, total / Math.max(1, cores)));
        List<CsvSplit> splits = new ArrayList<>();
        List<Range> open = new ArrayList<>();
        long weight = 0;
        for (CsvSpec.Input file : spec.files()) {
            boolean whole = spec.isWhole(file);
            long first = whole ? 0 : file.data();
            long step = whole ? Math.max(1, file.bytes()) : largest;
            for (long start = first; start < file.bytes(); start += step) {
                Range range = new Range(file, start, whole ? Long.MAX_VALUE : Math.min(file.bytes(), start + step));
                long cost = Math.min(file.bytes(), start + step) - start + OPEN_COST;
                if (!open.isEmpty() && weight + cost > largest + OPEN_COST) {
                    splits.add(new CsvSplit(List.copyOf(open)));
                    open.clear();
                    weight = 0;
                }
                open.add(range);
                weight += cost;
            }
        }
        if (!open.isEmpty()) {
            splits.add(new CsvSplit(List.copyOf(open)));
        }
        return splits;
    }
}
