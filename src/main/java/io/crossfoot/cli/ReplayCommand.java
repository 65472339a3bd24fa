package io.crossfoot.cli;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.config.Layer;
import io.crossfoot.config.Setting;
import io.crossfoot.config.Settings;
import io.crossfoot.config.Settings.Value;
import io.crossfoot.error.UsageException;
import io.crossfoot.report.RunPages;
import io.crossfoot.report.RunReport;
import io.crossfoot.sink.ControlFolder;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code crossfoot replay}: what a run has quarantined, once more. */
final class ReplayCommand implements Command {
    private static final String RUN = "--run";

    private static final Set<Setting> OF_SALES =
            EnumSet.of(Setting.SALES, Setting.SALES_FORMAT, Setting.SINCE, Setting.ONLY);

    private static final Set<Setting> SHOWN = EnumSet.of(
            Setting.OUTPUT,
            Setting.CONTROL,
            Setting.CUSTOMERS,
            Setting.SALES_CONTRACT,
            Setting.RULES,
            Setting.DUPLICATES,
            Setting.RUN_ID);

    @Override
    public CommandSpec model() {
        CommandSpec replay = Options.command(
                        "replay",
                        "reads again what a run has quarantined, and publishes what keeps the contract now",
                        "replay --output PATH --run ID [OPTION…]")
                .addOption(Options.value(RUN, "ID", "whose quarantined sales: required"));
        Arrays.stream(Setting.values())
                .filter(setting -> !Settings.OF_REPLAYS.containsKey(setting) && !OF_SALES.contains(setting))
                .map(setting -> OptionSpec.builder(Options.of(setting))
                        .hidden(!SHOWN.contains(setting))
                        .build())
                .forEach(replay::addOption);
        replay.addOption(Options.config())
                .addOption(Options.master())
                .addOption(Options.json("print the run report and nothing else"));
        replay.usageMessage()
                .footer(
                        "Other settings of enrich are taken, too; those that nobody gives are what they were in that run.",
                        "Mend rows in the quarantine of the run, by an editor, or give it another contract or rules.");
        Options.common().forEach(replay::addOption);
        return replay;
    }

    @Override
    public int run(Arguments arguments, Shell shell) {
        String run = arguments
                .value(RUN)
                .orElseThrow(
                        () -> new UsageException("Cannot replay: give --run ID, the run whose quarantine is meant"));
        RunReport earlier = earlier(run, shell.settings(arguments), shell);
        EnrichConfig config = EnrichConfig.from(shell.settings(arguments, Layer.keyed("run " + run, earlier.settings()))
                .replaying());
        return shell.withSpark(arguments, (session, progress) -> {
            Outcome outcome = session.replay(config, run, progress);
            progress.clear();
            return EnrichCommand.report(outcome, arguments, shell);
        });
    }

    private static RunReport earlier(String run, Settings settings, Shell shell) {
        String output = settings.required(Setting.OUTPUT, "replay");
        Optional<String> control = settings.value(Setting.CONTROL).map(Value::text);
        Configuration hadoop = HadoopSettings.of(shell.terminal().environment());
        return new RunPages(ControlFolder.of(new Path(output), control, hadoop), hadoop).known("replay", run);
    }
}
