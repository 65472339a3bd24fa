package io.crossfoot.cli;

import io.crossfoot.config.Setting;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What the command line understands, made from the list of settings. */
final class Commands {
    static final String CONFIG = "--config";
    static final String DEBUG = "--debug";
    static final String EXPLAIN_CONFIG = "--explain-config";
    static final String HELP = "--help";
    static final String JSON = "--json";
    static final String MASTER = "--master";
    static final String VERBOSE = "--verbose";
    static final String VERSION = "--version";

    private Commands() {}

    static CommandLine model() {
        CommandSpec crossfoot = command("crossfoot", "Enriches sales with customers; every run adds up.")
                .addOption(option("-h, --help", "", "this page"))
                .addOption(option("-V, --version", "", "the version"));
        crossfoot
                .usageMessage()
                .customSynopsis("crossfoot COMMAND [OPTION…]")
                .commandListHeading("Commands:%n")
                .footer("crossfoot COMMAND --help explains a command.");
        CommandLine line = new CommandLine(crossfoot)
                .addSubcommand(enrich())
                .addSubcommand(demo())
                .addSubcommand(command("help", "shows this page, or that of a command"));
        return strict(line);
    }

    private static CommandSpec enrich() {
        CommandSpec enrich = command("enrich", "joins customers to sales, adds quantity × price, balances, publishes");
        enrich.usageMessage()
                .customSynopsis("crossfoot enrich --sales PATH --customers PATH --output PATH [OPTION…]")
                .footer(
                        "Order: flag, CROSSFOOT_KEY variable, --config file, default. Rare: --csv-{quote,null,charset,reader}");
        for (Setting.Group group : Setting.Group.values()) {
            ArgGroupSpec.Builder section =
                    ArgGroupSpec.builder().heading(group.heading() + ":%n").validate(false);
            Arrays.stream(Setting.values())
                    .filter(setting -> setting.group() == group)
                    .forEach(setting -> section.addArg(option(setting)));
            if (group == Setting.Group.RUN) {
                section.addArg(option(CONFIG, "FILE", "settings by their names above, in HOCON or JSON"))
                        .addArg(option(EXPLAIN_CONFIG, "", "print every value and its origin, run nothing"));
                common().forEach(section::addArg);
            }
            enrich.addArgGroup(section.build());
        }
        return enrich;
    }

    private static CommandSpec demo() {
        CommandSpec demo = command("demo", "enriches the samples in test-data/ and shows the rows");
        demo.usageMessage().customSynopsis("crossfoot demo [OPTION…]");
        common().forEach(demo::addOption);
        return demo;
    }

    private static List<OptionSpec> common() {
        return List.of(
                option(MASTER, "URL", "where Spark runs [that of spark-submit, else local[*]]"),
                option(JSON, "", "print the run report and nothing else"),
                option(VERBOSE, "", "stages and Spark's log on standard error"),
                option(DEBUG, "", "stack traces of all errors"),
                option("-h, --help", "", "this page"));
    }

    private static CommandSpec command(String name, String description) {
        CommandSpec command = CommandSpec.create().name(name);
        command.usageMessage().description(description).sortOptions(false).width(100);
        command.usageMessage().longOptionsMaxWidth(36);
        return command;
    }

    private static OptionSpec option(Setting setting) {
        boolean repeats = setting.kind() == Setting.Kind.LIST || setting.kind() == Setting.Kind.RENAMES;
        OptionSpec.Builder option =
                OptionSpec.builder(setting.flag()).paramLabel(setting.label()).description(setting.help());
        option.hidden(setting.isRare());
        if (repeats) {
            return option.type(List.class)
                    .auxiliaryTypes(String.class)
                    .arity("1")
                    .build();
        }
        if (setting.kind() == Setting.Kind.FLAG) {
            return option.type(boolean.class).arity("0").build();
        }
        return option.type(String.class).arity("1").build();
    }

    private static OptionSpec option(String names, String label, String description) {
        OptionSpec.Builder option = OptionSpec.builder(names.split(", ")).description(description);
        if (label.isEmpty()) {
            return option.type(boolean.class).arity("0").build();
        }
        return option.type(String.class).arity("1").paramLabel(label).build();
    }

    /** Takes arguments literally, and finds all that is wrong with them at once. */
    private static CommandLine strict(CommandLine line) {
        line.setExpandAtFiles(false);
        line.setInterpolateVariables(false);
        line.setAllowOptionsAsOptionParameters(false);
        line.setPosixClusteredShortOptionsAllowed(false);
        line.getCommandSpec().parser().collectErrors(true);
        line.getSubcommands()
                .values()
                .forEach(sub -> sub.getCommandSpec().parser().collectErrors(true));
        return line;
    }
}
