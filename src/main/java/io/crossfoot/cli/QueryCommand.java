package io.crossfoot.cli;

import io.crossfoot.catalog.CatalogPlace;
import io.crossfoot.config.Setting;
import io.crossfoot.error.UsageException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** {@code crossfoot query}: SQL over the tables of the catalog. */
final class QueryCommand implements Command {
    private static final String CSV = "--csv";
    private static final int ROWS_SHOWN = 1000;

    @Override
    public CommandSpec model() {
        CommandSpec query = Options.command(
                        "query", "runs SQL over the tables of the catalog", "query \"SELECT …\" [OPTION…]")
                .addPositional(Options.subject("SQL", "a statement that reads: SELECT, WITH, SHOW or DESCRIBE"))
                .addOption(Options.of(Setting.CATALOG))
                .addOption(Options.database("what names without a database belong to [the only one]"))
                .addOption(Options.config())
                .addOption(Options.flag(CSV, "print all rows as CSV"))
                .addOption(Options.json("print all rows as JSON, one object a line"))
                .addOption(Options.master());
        query.usageMessage()
                .footer("The first %,d rows are shown as a table. Names in double quotes work as in Athena."
                        .formatted(ROWS_SHOWN)
                        .replace("%", "%%"));
        Options.common().forEach(query::addOption);
        return query;
    }

    @Override
    public int run(Arguments arguments, Shell shell) {
        if (arguments.has(CSV) && arguments.has(Options.JSON)) {
            throw new UsageException("Cannot use --csv and --json at once; give one");
        }
        CatalogPlace place = shell.catalog(arguments);
        if (!HadoopSettings.anySparkCatalog()) {
            // tables of Spark's own catalogs, such as Iceberg's, need no other
            place.requireExisting();
        }
        String sql = arguments.subject();
        Optional<String> database = arguments.value(Options.DATABASE);
        return shell.withSpark(arguments, (session, progress) -> {
            progress.accept("running the query");
            PrintStream out = shell.terminal().out();
            if (arguments.has(Options.JSON)) {
                session.queryJson(place, database, sql, out::println);
                return 0;
            }
            Rows rows = session.query(place, database, sql);
            if (arguments.has(CSV)) {
                out.println(csv(rows.columns()));
                rows.values().forEachRemaining(row -> out.println(csv(row)));
            } else {
                shell.print(table(rows));
            }
            return 0;
        });
    }

    /** Returns the first rows, and says so if there are more. */
    static String table(Rows rows) {
        List<List<Object>> shown = new ArrayList<>();
        while (rows.values().hasNext() && shown.size() < ROWS_SHOWN) {
            shown.add(rows.values().next());
        }
        String more = rows.values().hasNext() ? "\n… and more; --csv or --json print all rows" : "";
        return ConsoleTable.of(rows.columns(), shown) + more;
    }

    /** As RFC 4180 has it; null is nothing, an empty text is quoted. */
    private static String csv(List<?> row) {
        return row.stream().map(QueryCommand::cell).collect(Collectors.joining(","));
    }

    private static String cell(Object valueOrNull) {
        if (valueOrNull == null) {
            return "";
        }
        String text = valueOrNull instanceof BigDecimal decimal ? decimal.toPlainString() : valueOrNull.toString();
        boolean quoted = text.isEmpty() || text.matches("(?s).*[\",\\r\\n].*");
        return quoted ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
    }
}
