package io.crossfoot.cli;

import io.crossfoot.Compaction;
import io.crossfoot.config.CompactConfig;
import io.crossfoot.config.Setting;
import io.crossfoot.sink.CompactionSummary;
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
        compact.addOption(Options.of(Setting.OUTPUT)).addOption(Options.icebergTable());
        List.of(Setting.TABLE_FORMAT, Setting.CONTROL, Setting.TARGET_FILE_SIZE, Setting.COMPRESSION, Setting.RUN_ID)
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
        CompactionSummary summary = isDry && config.table().isEmpty()
                ? Compaction.of(config).plan(HadoopSettings.of(shell.terminal().environment()))
                : shell.withSpark(
                        arguments,
                        (session, progress) ->
                                isDry ? session.planCompaction(config) : session.compact(config, progress));
        shell.print(arguments.has(Options.JSON) ? Json.text(summary) : text(summary, isDry));
        return 0;
    }

    private static String text(CompactionSummary summary, boolean isDry) {
        if (summary.files() == 0 && summary.deletes() == 0) {
            return "nothing to compact";
        }
        String what = String.format(
                Locale.ROOT,
                isDry
                        ? "would compact %,d files into about %,d · %,d rows"
                        : "compacted %,d files into %,d · %,d rows · %,d bytes into %,d",
                summary.files(),
                summary.newFiles(),
                summary.rows(),
                summary.bytes(),
                summary.newBytes());
        return summary.deletes() == 0
                ? what
                : what
                        + String.format(Locale.ROOT, " · %,d delete files", summary.deletes())
                        + (isDry ? "" : " folded");
    }
}
