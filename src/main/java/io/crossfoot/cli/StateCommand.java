package io.crossfoot.cli;

import io.crossfoot.OutputState;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.config.Setting;
import io.crossfoot.config.Settings;
import io.crossfoot.error.NearMiss;
import io.crossfoot.error.UsageException;
import io.crossfoot.state.ProcessedRun;
import io.crossfoot.state.StateFolder.Account;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** {@code crossfoot state}: what counts as processed, shown and changed. */
final class StateCommand implements Command {
    private static final String TO = "--to";
    private static final String ALL = "--all";
    private static final String FILE = "--file";

    /** One thing to do with the state. */
    @FunctionalInterface
    private interface Action {
        void perform(OutputState state, Arguments arguments, Shell shell);
    }

    private static final Map<String, Action> ACTIONS = Map.of(
            "show", StateCommand::show,
            "rewind", StateCommand::rewind,
            "export", StateCommand::export,
            "import", StateCommand::replace,
            "set", StateCommand::set);

    @Override
    public CommandSpec model() {
        CommandSpec state = Options.command(
                        "state",
                        "shows and changes which sales count as processed by enrich --incremental",
                        "state show|rewind|export|import|set --output PATH [OPTION…]")
                .addPositional(Options.subject("ACTION", "show, rewind, export, import or set"))
                .addOption(Options.value(TO, "RUN", "rewind: the last run that is to count"))
                .addOption(Options.flag(ALL, "rewind: no run is to count"))
                .addOption(Options.value(FILE, "FILE", "export, import: the file [export: standard output]"));
        Options.settingsOfEnrich().forEach(state::addOption);
        state.addOption(Options.config()).addOption(Options.json("show: as JSON"));
        state.usageMessage()
                .footer(
                        "set: the --sales that are there now count as processed; with --since or --only, some of them.",
                        "rewind: the next incremental run does the later runs again, and takes their place.");
        Options.common().forEach(state::addOption);
        return state;
    }

    @Override
    public int run(Arguments arguments, Shell shell) {
        Action action = Optional.ofNullable(ACTIONS.get(arguments.subject()))
                .orElseThrow(() -> new UsageException("Cannot do '%s' with the state: it must be one of %s%s"
                        .formatted(
                                arguments.subject(),
                                ACTIONS.keySet().stream().sorted().collect(Collectors.joining(", ")),
                                NearMiss.hint(arguments.subject(), ACTIONS.keySet()))));
        Settings settings = shell.settings(arguments);
        OutputState state = OutputState.of(
                settings.required(Setting.OUTPUT, "find the state"),
                settings.value(Setting.CONTROL).map(Settings.Value::text),
                HadoopSettings.of(shell.terminal().environment()),
                shell.runId());
        action.perform(state, arguments, shell);
        return 0;
    }

    private static void show(OutputState state, Arguments arguments, Shell shell) {
        List<Account> accounts = state.accounts();
        if (arguments.has(Options.JSON)) {
            shell.print(Json.text(accounts));
            return;
        }
        shell.print(ConsoleTable.of(
                List.of("run", "standing", "sales files", "bytes", "output files", "key"),
                accounts.stream()
                        .map(account -> List.of(
                                account.run().run(),
                                account.run().standing().name().toLowerCase(Locale.ROOT),
                                account.objects(),
                                account.bytes(),
                                account.run().files().size(),
                                account.run().key().substring(0, 12)))
                        .toList()));
        shell.print("\n%s, %s"
                .formatted(
                        counted(accounts.size(), "run"),
                        counted(accounts.stream().mapToLong(Account::objects).sum(), "file") + " of the sales"));
    }

    private static void rewind(OutputState state, Arguments arguments, Shell shell) {
        Optional<String> run = arguments.value(TO);
        if (run.isPresent() == arguments.has(ALL)) {
            throw new UsageException("Cannot rewind: give --to RUN, the last run that is to count, or --all");
        }
        List<ProcessedRun> again = state.rewind(run);
        again.forEach(later -> shell.print("run %s is to be done again".formatted(later.run())));
        shell.print(
                again.isEmpty()
                        ? "no run is to be done again"
                        : "rewound %s; the next enrich --incremental takes their place"
                                .formatted(counted(again.size(), "run")));
    }

    private static void export(OutputState state, Arguments arguments, Shell shell) {
        Optional<String> file = arguments.value(FILE);
        file.ifPresentOrElse(state::export, () -> state.export(shell.terminal().out()));
        file.ifPresent(name -> shell.print("exported to " + name));
    }

    private static void replace(OutputState state, Arguments arguments, Shell shell) {
        String file = arguments
                .value(FILE)
                .orElseThrow(() -> new UsageException("Cannot import: give --file FILE, which state export wrote"));
        state.replaceBy(file);
        shell.print("imported " + file);
    }

    private static void set(OutputState state, Arguments arguments, Shell shell) {
        int files = state.set(forPart(shell.settings(arguments))).size();
        shell.print("%s of the sales count as processed now".formatted(counted(files, "more file")));
    }

    /** A part of the sales may count as processed, whatever mode the runs have. */
    private static EnrichConfig forPart(Settings settings) {
        return EnrichConfig.from(settings.with(Setting.INCREMENTAL, "true"));
    }

    private static String counted(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }
}
