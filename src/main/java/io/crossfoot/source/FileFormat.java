package io.crossfoot.source;

/** The file formats that a table can be read from. */
public enum FileFormat {
    /** Delimited text with a header line, quoted as RFC 4180 says. */
    CSV,
    /** One JSON object a line. */
    JSON,
    /** Apache Parquet. */
    PARQUET
}
