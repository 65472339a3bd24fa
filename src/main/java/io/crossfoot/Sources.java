package io.crossfoot;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.config.EnrichConfig.TableConfig;
import io.crossfoot.csv.CsvDialect;
import io.crossfoot.csv.CsvDialect.LineBreaks;
import io.crossfoot.source.FileSource;
import io.crossfoot.source.Source;

/** Where the two tables of a run come from. */
public record Sources(Source sales, Source customers) {
    /** Returns the files that the configuration names. */
    public static Sources of(EnrichConfig config) {
        CsvDialect dialect = new CsvDialect(
                config.csv().delimiter(),
                '"',
                config.csv().multiline() ? LineBreaks.QUOTED : LineBreaks.NEVER,
                java.util.List.of(),
                "UTF-8");
        return new Sources(files("sales", config.sales(), dialect), files("customers", config.customers(), dialect));
    }

    private static Source files(String name, TableConfig table, CsvDialect dialect) {
        return new FileSource(name, table.location(), table.format(), dialect);
    }
}
