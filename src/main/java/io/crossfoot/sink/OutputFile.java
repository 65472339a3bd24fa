package io.crossfoot.sink;

/**
 * One data file of a run's output.
 *
 * @param path relative to the output, with {@code /}, as it is once published
 * @param bytes its length
 * @param rows how many rows its Parquet footer states
 */
public record OutputFile(String path, long bytes, long rows) {}
