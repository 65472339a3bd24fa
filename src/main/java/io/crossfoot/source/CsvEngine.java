package io.crossfoot.source;

/** Who reads CSV. */
public enum CsvEngine {
    /** {@link CsvDataSource}. */
    CROSSFOOT,
    /** Spark's own reader; slower, and it takes a quote that is never closed for one that is. */
    SPARK
}
