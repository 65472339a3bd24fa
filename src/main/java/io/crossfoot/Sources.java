package io.crossfoot;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.config.EnrichConfig.Csv;
import io.crossfoot.config.EnrichConfig.TableConfig;
import io.crossfoot.source.FileSource;
import io.crossfoot.source.Source;

/** Where the two tables of a run come from. */
public record Sources(Source sales, Source customers) {
    /** Returns the files that the configuration names. */
    public static Sources of(EnrichConfig config) {
        return new Sources(
                files("sales", config.sales(), config.csv()), files("customers", config.customers(), config.csv()));
    }

    private static Source files(String name, TableConfig table, Csv csv) {
        return new FileSource(name, table.location(), table.format(), csv.dialect(), csv.reader());
    }
}
