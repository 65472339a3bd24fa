package io.crossfoot.config;

/** What the output is for those who read it. */
public enum TableFormat {
    /** A folder of Parquet files. */
    PARQUET,
    /** An Iceberg table in a catalog of Spark. */
    ICEBERG
}
