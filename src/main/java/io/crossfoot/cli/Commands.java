package io.crossfoot.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** All commands. One that needs Spark must be known to the launcher, {@code ./crossfoot}, too. */
final class Commands {
    static final String VERSION = "--version";

    private static final List<Command> ALL = List.of(
            new DemoCommand(),
            new EnrichCommand(),
            new PlanCommand(),
            new ReplayCommand(),
            new StateCommand(),
            new CompactCommand(),
            new CleanCommand(),
            new CrawlCommand(),
            new TablesCommand(),
            new QueryCommand(),
            new ProfileCommand(),
            new ReportCommand(),
            new DoctorCommand(),
            new EmulateCommand());

    private Commands() {}

    static Optional<Command> named(String name) {
        return ALL.stream()
                .filter(command -> command.model().name().equals(name))
                .findFirst();
    }

    static CommandLine model() {
        CommandSpec crossfoot = Options.command(
                        "crossfoot", "Enriches sales with customers; every run adds up.", "COMMAND [OPTION…]")
                .addOption(Options.flag("-h, " + Options.HELP, "this page"))
                .addOption(Options.flag("-V, " + VERSION, "the version"));
        crossfoot
                .usageMessage()
                .commandListHeading("Commands:%n")
                .footer("crossfoot COMMAND --help explains a command.");
        CommandLine line = new CommandLine(crossfoot);
        ALL.forEach(command -> line.addSubcommand(command.model()));
        line.addSubcommand(Options.command("help", "shows this page, or that of a command", "help [COMMAND]"));
        return Options.strict(line);
    }
}
