package io.crossfoot.source;

/** What messages tell a caller to do: a run has flags, the data source has options. */
final class Advice {
    private Advice() {}

    static String onLocation(String table) {
        return table.equals(CsvDataSource.NAME)
                ? "check the path given to load()"
                : "check the path given with --" + table;
    }

    static String onParquet(String table) {
        return table.equals(CsvDataSource.NAME)
                ? "read it with format(\"parquet\")"
                : "name the format with --%s-format".formatted(table);
    }

    static String onLineBreaks(String table) {
        return table.equals(CsvDataSource.NAME) ? "the option multiLine" : "--csv-multiline";
    }
}
