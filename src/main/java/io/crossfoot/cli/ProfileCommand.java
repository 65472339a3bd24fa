package io.crossfoot.cli;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.config.Setting;
import io.crossfoot.config.Settings;
import io.crossfoot.error.StorageFault;
import io.crossfoot.quality.ColumnProfile;
import io.crossfoot.quality.ColumnProfile.Numbers;
import io.crossfoot.quality.TableProfile;
import io.crossfoot.report.PersonalColumns;
import io.crossfoot.sink.WholeFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Model.CommandSpec;

/** {@code crossfoot profile}: what the columns of a table hold, and rules it suggests. */
final class ProfileCommand implements Command {
    private static final int TOP_SHOWN = 3;
    private static final String SAVE = "--save";

    private static final List<Setting> READING = List.of(
            Setting.CATALOG,
            Setting.CSV_MULTILINE,
            Setting.CSV_DELIMITER,
            Setting.CSV_QUOTE,
            Setting.CSV_NULL,
            Setting.CSV_CHARSET,
            Setting.SALES_CONTRACT,
            Setting.CUSTOMERS_CONTRACT,
            Setting.RENAME_SALES,
            Setting.RENAME_CUSTOMERS,
            Setting.PERSONAL);

    @Override
    public CommandSpec model() {
        CommandSpec profile = Options.command(
                        "profile", "what the columns of a table hold, and rules it suggests", "profile TABLE [OPTION…]")
                .addPositional(Options.subject("TABLE", "file, folder, glob or catalog:DATABASE.TABLE"));
        READING.stream().map(Options::of).forEach(profile::addOption);
        profile.addOption(Options.config())
                .addOption(Options.master())
                .addOption(Options.value(SAVE, "FILE", "keep there what --json prints, too"))
                .addOption(Options.json("print the profile with quantiles and more values, and nothing else"));
        profile.usageMessage()
                .footer("Counts of different values are about right. Values of personal columns are not shown;"
                        + " of contracts, only these marks are looked at.");
        Options.common().forEach(profile::addOption);
        return profile;
    }

    @Override
    public int run(Arguments arguments, Shell shell) {
        Settings settings = shell.settings(arguments)
                .with(Setting.SALES, arguments.subject())
                // of no use here, and asked for by every run
                .with(Setting.CUSTOMERS, arguments.subject())
                .with(Setting.OUTPUT, "profile")
                .with(Setting.RUN_ID, "profile");
        EnrichConfig config = EnrichConfig.from(settings);
        return shell.withSpark(arguments, (session, progress) -> {
            progress.accept("profiling");
            TableProfile profile = session.profile(config);
            progress.clear();
            arguments
                    .value(SAVE)
                    .ifPresent(file -> save(
                            profile, file, HadoopSettings.of(shell.terminal().environment())));
            shell.print(arguments.has(Options.JSON) ? Json.text(profile) : text(profile));
            return 0;
        });
    }

    private static void save(TableProfile profile, String file, Configuration hadoop) {
        try {
            new WholeFile(new Path(file), hadoop).write(Json.text(profile) + "\n");
        } catch (IOException | IllegalArgumentException failed) {
            throw StorageFault.writing(failed, "keep the profile in " + file, "");
        }
    }

    private static String text(TableProfile profile) {
        ConsoleTable table = ConsoleTable.of(
                List.of(
                        "column",
                        "complete",
                        "distinct",
                        "types",
                        "least",
                        "mean",
                        "median",
                        "greatest",
                        "most frequent"),
                profile.columns().stream().map(ProfileCommand::row).toList());
        String malformed =
                profile.malformed() == 0 ? "" : "\n%,d rows could not be taken apart".formatted(profile.malformed());
        return "%s\n%s\nsuggested, for you to choose from (--sales-quality or --customers-quality takes them):\n%s\n\n%s"
                .formatted(
                        table,
                        malformed,
                        profile.suggested(),
                        String.format(
                                Locale.ROOT,
                                "profiled %,d rows · %,d columns",
                                profile.rows(),
                                profile.columns().size()));
    }

    private static List<Object> row(ColumnProfile column) {
        return Arrays.asList(
                column.name(),
                String.format(Locale.ROOT, "%.1f %%", 100 * column.completeness()),
                column.unique() ? "all" : String.format(Locale.ROOT, "%,d", column.distinct()),
                String.join(" ", column.types().keySet()),
                shown(column, column.least()),
                number(column, Numbers::mean),
                number(column, numbers -> numbers.quantiles().get(2)),
                shown(column, column.greatest()),
                column.top().stream()
                        .limit(TOP_SHOWN)
                        .map(value -> "%s (%,d)".formatted(value.value(), value.rows()))
                        .collect(Collectors.joining(", ")));
    }

    private static String number(ColumnProfile column, ToDoubleFunction<Numbers> which) {
        return column.numbers() == null
                ? ""
                : String.format(Locale.ROOT, "%.2f", which.applyAsDouble(column.numbers()));
    }

    private static String shown(ColumnProfile column, String value) {
        if (column.personal()) {
            return PersonalColumns.MASK;
        }
        return value == null ? "" : value;
    }
}
