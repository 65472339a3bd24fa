package io.crossfoot.sink;

/** The compression of the Parquet files that are written. */
public enum Compression {
    /** The default: smallest of the three that every reader of today knows. */
    ZSTD,
    SNAPPY,
    GZIP
}
