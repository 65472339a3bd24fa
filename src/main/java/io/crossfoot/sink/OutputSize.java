package io.crossfoot.sink;

import io.crossfoot.source.FileFormat;

/**
 * How many files an output is written to. One task writes one file, so this is also how many tasks write.
 *
 * <p>Files are close to the target size; where there are more cores than such files, they may be as small as a quarter
 * of it, so that the cores are used. The estimate is made before anything is read, from the size of the input and from
 * what the recipe's tables measure as zstd Parquet: CSV 0.45, JSON 0.25, Parquet 1.2 of their size, and four times that
 * for compressed text.
 */
public final class OutputSize {
    private OutputSize() {}

    /** Returns how many bytes of Parquet come out of so many bytes of input, roughly. */
    public static long estimate(FileFormat format, String name, long bytes) {
        double share = switch (format) {
            case CSV -> 0.45;
            case JSON -> 0.25;
            case PARQUET -> 1.2;
        };
        return (long) (bytes * share * (isPacked(format, name) ? 4 : 1));
    }

    /** Returns whether a file is packed as a whole, so that one task must read all of it. */
    public static boolean isPacked(FileFormat format, String name) {
        return format != FileFormat.PARQUET && name.matches(".*\\.(gz|bz2|zst|deflate)");
    }

    /** Returns the number of files for an output of about so many bytes. */
    public static int files(long outputBytes, long targetBytes, int cores) {
        long whole = Math.max(1, ceiling(outputBytes, targetBytes));
        long quarters = Math.max(1, ceiling(outputBytes, Math.max(1, targetBytes / 4)));
        return (int) Math.min(Integer.MAX_VALUE, Math.max(whole, Math.min(cores, quarters)));
    }

    private static long ceiling(long amount, long unit) {
        return (amount + unit - 1) / unit;
    }
}
