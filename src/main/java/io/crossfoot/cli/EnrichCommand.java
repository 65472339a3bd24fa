package io.crossfoot.cli;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.config.Setting;
import io.crossfoot.config.Settings;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;

/** {@code crossfoot enrich}: one run of the pipeline. */
final class EnrichCommand implements Command {
    private static final String EXPLAIN_CONFIG = "--explain-config";

    @Override
    public CommandSpec model() {
        CommandSpec enrich = Options.command(
                "enrich",
                "joins customers to sales, adds quantity × price, balances, publishes",
                "enrich --sales PATH --customers PATH --output PATH [OPTION…]");
        enrich.usageMessage()
                .footer(
                        "Order: flag, CROSSFOOT_KEY variable, --config file, default. Rare settings: see --explain-config");
        for (Setting.Group group : Setting.Group.values()) {
            ArgGroupSpec.Builder section =
                    ArgGroupSpec.builder().heading(group.heading() + ":%n").validate(false);
            Arrays.stream(Setting.values())
                    .filter(setting -> setting.group() == group)
                    .forEach(setting -> section.addArg(Options.of(setting)));
            if (group == Setting.Group.RUN) {
                section.addArg(Options.config())
                        .addArg(Options.flag(EXPLAIN_CONFIG, "print every value and its origin, run nothing"))
                        .addArg(Options.master())
                        .addArg(Options.json("print the run report and nothing else"));
                Options.common().forEach(section::addArg);
            }
            enrich.addArgGroup(section.build());
        }
        return enrich;
    }

    @Override
    public int run(Arguments arguments, Shell shell) {
        Settings settings = shell.settings(arguments);
        if (arguments.has(EXPLAIN_CONFIG)) {
            shell.print(explained(settings));
            return 0;
        }
        EnrichConfig config = EnrichConfig.from(settings);
        return shell.withSpark(arguments, (session, progress) -> {
            Outcome outcome = session.enrich(config, progress);
            progress.clear();
            return report(outcome, arguments, shell);
        });
    }

    static int report(Outcome outcome, Arguments arguments, Shell shell) {
        outcome.refusal().ifPresent(shell::complain);
        if (arguments.has(Options.JSON)) {
            shell.print(outcome.reportJson());
            return outcome.exitCode();
        }
        shell.print(outcome.account() + "\n");
        outcome.notes().forEach(shell::print);
        if (!outcome.notes().isEmpty()) {
            shell.print("");
        }
        shell.print(outcome.summary());
        return outcome.exitCode();
    }

    private static ConsoleTable explained(Settings settings) {
        return ConsoleTable.of(
                List.of("setting", "value", "origin"),
                Arrays.stream(Setting.values())
                        .map(setting -> settings.value(setting)
                                .map(value ->
                                        List.of(setting.key(), setting.isSecret() ? "…" : value.text(), value.origin()))
                                .orElse(List.of(setting.key(), "", setting.unset())))
                        .toList());
    }
}
