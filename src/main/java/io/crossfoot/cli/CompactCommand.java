package io.crossfoot.cli;

import io.crossfoot.Compaction;
import io.crossfoot.Compaction.Summary;
import io.crossfoot.config.CompactConfig;
import io.crossfoot.config.Setting;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/** {@code crossfoot compact}: few files instead of many small ones. */
final class CompactCommand implements Command {

    @Override
    public CommandSpec model() {
        CommandSpec compact = Options.command(
                "compact",
                "makes few files of the many small ones that incremental runs leave: the same rows",
                "compact --output PATH [OPTION…]");
        List.of(Setting.OUTPUT, Setting.CONTROL, Setting.TARGET_FILE_SIZE, Setting.COMPRESSION, Setting.RUN_ID)
                .forEach(setting -> compact.addOption(Options.of(setting)));
        compact.addOption(Options.flag(Options.DRY_RUN, "only show what would be done"))
                .addOption(Options.config())
                .addOption(Options.master())
                .addOption(Options.json("print the numbers as JSON"));
        Options.common().forEach(compact::addOption);
        return compact;
    }

    @Override
    public int run(Arguments arguments, Shell shell) {
        CompactConfig config = CompactConfig.from(shell.settings(arguments));
        boolean isDry = arguments.has(Options.DRY_RUN);
        Summary summary = isDry
                ? Compaction.of(config).plan(HadoopSettings.of(shell.terminal().environment()))
                : compact(config, arguments, shell);
        shell.print(arguments.has(Options.JSON) ? Json.text(summary) : text(summary, isDry));
        return 0;
    }

    private static Summary compact(CompactConfig config, Arguments arguments, Shell shell) {
        try (ProgressLine progress = shell.progress(arguments)) {
            progress.accept("starting Spark");
            try (Session session = shell.engine().start(arguments.value(Options.MASTER))) {
                Summary summary = session.compact(config, progress);
                progress.clear();
                return summary;
            }
        }
    }

    private static String text(Summary summary, boolean isDry) {
        if (summary.files() == 0) {
            return "nothing to compact";
        }
        return String.format(
                Locale.ROOT,
                isDry
                        ? "would compact %,d files into about %,d · %,d rows"
                        : "compacted %,d files into %,d · %,d rows · %,d bytes into %,d",
                summary.files(),
                summary.newFiles(),
                summary.rows(),
                summary.bytes(),
                summary.newBytes());
    }
}
