package io.crossfoot.cli;

import io.crossfoot.config.Setting;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The options that commands share, and how all of them are made. */
final class Options {
    static final String CONFIG = "--config";
    static final String DATABASE = "--database";
    static final String DEBUG = "--debug";
    static final String DRY_RUN = "--dry-run";
    static final String HELP = "--help";
    static final String JSON = "--json";
    static final String MASTER = "--master";
    static final String VERBOSE = "--verbose";

    private Options() {}

    /** Starts a command: its name, one line on what it does, and how it is written. */
    static CommandSpec command(String name, String description, String synopsis) {
        CommandSpec command = CommandSpec.create().name(name);
        command.usageMessage()
                .description(description)
                .customSynopsis("crossfoot " + synopsis)
                .sortOptions(false)
                .width(100);
        command.usageMessage().longOptionsMaxWidth(36);
        return command;
    }

    /** The option of a setting. */
    static OptionSpec of(Setting setting) {
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
            option.type(boolean.class).fallbackValue("true");
            // one that is not off by itself may be given off
            return setting.defaultText().isPresent()
                    ? option.arity("0").build()
                    : option.arity("0..1").paramLabel("true|false").build();
        }
        return option.type(String.class).arity("1").build();
    }

    /** All settings of {@code enrich}; those are shown that say what is read and where things lie. */
    static List<OptionSpec> settingsOfEnrich() {
        Set<Setting> shown = EnumSet.of(
                Setting.SALES,
                Setting.CUSTOMERS,
                Setting.CATALOG,
                Setting.OUTPUT,
                Setting.CONTROL,
                Setting.MODE,
                Setting.INCREMENTAL,
                Setting.SINCE,
                Setting.ONLY);
        return Arrays.stream(Setting.values())
                .map(setting -> OptionSpec.builder(of(setting))
                        .hidden(!shown.contains(setting))
                        .build())
                .toList();
    }

    /** A switch. */
    static OptionSpec flag(String names, String description) {
        return OptionSpec.builder(names.split(", "))
                .description(description)
                .type(boolean.class)
                .arity("0")
                .build();
    }

    /** An option with a value. */
    static OptionSpec value(String name, String label, String description) {
        return OptionSpec.builder(name)
                .description(description)
                .type(String.class)
                .arity("1")
                .paramLabel(label)
                .build();
    }

    /** What a command cannot do without, and that needs no flag. */
    static PositionalParamSpec subject(String label, String description) {
        return PositionalParamSpec.builder()
                .paramLabel(label)
                .description(description)
                .type(String.class)
                .index("0")
                .arity("1")
                .required(true)
                .build();
    }

    static OptionSpec config() {
        return value(CONFIG, "FILE", "settings by their names above, in HOCON or JSON");
    }

    static OptionSpec database(String description) {
        return value(DATABASE, "NAME", description);
    }

    /** Names the table that an output is, for commands that register none. */
    static OptionSpec icebergTable() {
        return value(Setting.OUTPUT_TABLE.flag(), "CATALOG.DB.TABLE", "the Iceberg table that the output is");
    }

    static OptionSpec json(String description) {
        return flag(JSON, description);
    }

    static OptionSpec master() {
        return value(MASTER, "URL", "where Spark runs [that of spark-submit, else local[*]]");
    }

    static List<OptionSpec> common() {
        return List.of(
                flag(VERBOSE, "stages and Spark's log on standard error"),
                flag(DEBUG, "stack traces of all errors"),
                flag("-h, " + HELP, "this page"));
    }

    /** Takes arguments literally, and finds all that is wrong with them at once. */
    static CommandLine strict(CommandLine line) {
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
