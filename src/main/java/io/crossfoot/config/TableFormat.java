package io.crossfoot.config;

import io.crossfoot.sink.IcebergName;
import java.util.Optional;

/** What the output is for those who read it. */
public enum TableFormat {
    /** A folder of Parquet files. */
    PARQUET,
    /** An Iceberg table in a catalog of Spark. */
    ICEBERG;

    static TableFormat of(SettingReader read) {
        return read.required(Setting.TABLE_FORMAT, text -> Parse.choice(text, values()));
    }

    /** Returns the Iceberg table that is meant; empty for an output of files, whatever it is registered as. */
    static Optional<IcebergName> iceberg(SettingReader read) {
        return of(read) == ICEBERG
                ? Optional.ofNullable(read.required(Setting.OUTPUT_TABLE, IcebergName::parse))
                : Optional.empty();
    }
}
