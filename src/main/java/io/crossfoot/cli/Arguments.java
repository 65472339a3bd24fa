package io.crossfoot.cli;

import io.crossfoot.config.Layer;
import io.crossfoot.config.Setting;
import io.crossfoot.error.NearMiss;
import io.crossfoot.error.UsageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The arguments of one command, known to be right. */
final class Arguments {
    private final CommandSpec command;
    private final ParseResult parsed;

    private Arguments(CommandSpec command, ParseResult parsed) {
        this.command = command;
        this.parsed = parsed;
    }

    /**
     * Parses the arguments; {@code help X} means {@code X --help}.
     *
     * @throws UsageException listing everything that is wrong; with a command whose help is asked for, nothing is
     */
    static Arguments parse(CommandLine model, String... arguments) {
        ParseResult all = model.parseArgs(helpLast(arguments));
        ParseResult parsed = all.hasSubcommand() ? all.subcommand() : all;
        Arguments result = new Arguments(parsed.commandSpec(), parsed);
        List<String> problems = new ArrayList<>(problems(all));
        if (parsed != all && !result.has(Options.HELP)) {
            problems.addAll(problems(parsed));
        }
        if (!problems.isEmpty()) {
            throw new UsageException(problems);
        }
        return result;
    }

    CommandSpec command() {
        return command;
    }

    boolean has(String option) {
        return parsed.hasMatchedOption(option);
    }

    Optional<String> value(String option) {
        return Optional.ofNullable(parsed.matchedOptionValue(option, null));
    }

    /** Returns what the command is about, which needs no flag; for commands that cannot do without. */
    String subject() {
        return parsed.matchedPositionalValue(0, "");
    }

    /** Returns the settings among the flags; a repeated list or rename is one text. */
    Layer flags() {
        Map<Setting, String> texts = new EnumMap<>(Setting.class);
        Arrays.stream(Setting.values())
                .filter(setting -> has(setting.flag()))
                .forEach(setting -> texts.put(setting, text(parsed.matchedOptionValue(setting.flag(), null))));
        return Layer.of("flag", texts);
    }

    private static String text(Object value) {
        return value instanceof List<?> texts
                ? String.join(",", texts.stream().map(String::valueOf).toList())
                : String.valueOf(value);
    }

    private static String[] helpLast(String... arguments) {
        if (arguments.length == 0 || !arguments[0].equals("help")) {
            return arguments;
        }
        List<String> rest = new ArrayList<>(Arrays.asList(arguments).subList(1, arguments.length));
        rest.add(Options.HELP);
        return rest.toArray(String[]::new);
    }

    private static List<String> problems(ParseResult parsed) {
        Stream<String> repeated = parsed.matchedOptions().stream()
                .filter(option -> !option.isMultiValue()
                        && parsed.matchedOption(option.longestName())
                                        .stringValues()
                                        .size()
                                > 1)
                .map(option -> "Cannot use %s: it is given twice; give it once".formatted(option.longestName()));
        Stream<String> others =
                parsed.errors().stream().flatMap(error -> problems(error, parsed.commandSpec()).stream());
        return Stream.concat(repeated, others).distinct().toList();
    }

    private static List<String> problems(Exception error, CommandSpec command) {
        if (error instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched.getUnmatched(), command);
        }
        if (error instanceof MissingParameterException missing) {
            ArgSpec argument = missing.getMissing().get(0);
            return List.of(
                    argument instanceof OptionSpec option
                            ? "Cannot use %s: its value is missing; write %s %s"
                                    .formatted(option.longestName(), option.longestName(), option.paramLabel())
                            : "Cannot %s: %s is missing; write %s %s"
                                    .formatted(
                                            command.name(),
                                            argument.paramLabel(),
                                            command.qualifiedName(),
                                            argument.paramLabel()));
        }
        return List.of("Cannot read the arguments: %s".formatted(error.getMessage()));
    }

    private static List<String> unmatched(List<String> arguments, CommandSpec command) {
        List<String> problems = new ArrayList<>();
        boolean valueOfUnknownFlag = false;
        for (String argument : arguments) {
            String name = argument.split("=", 2)[0];
            if (argument.startsWith("-")) {
                problems.add("Cannot use %s: '%s' has no such flag%s"
                        .formatted(name, command.qualifiedName(), NearMiss.hint(name, flags(command))));
            } else if (!valueOfUnknownFlag) {
                problems.add(unexpected(argument, command));
            }
            valueOfUnknownFlag = argument.startsWith("-") && !argument.contains("=");
        }
        return problems;
    }

    private static String unexpected(String argument, CommandSpec command) {
        Collection<String> commands = command.subcommands().keySet();
        return commands.isEmpty()
                ? "Cannot use '%s': it follows no flag; quote a value that holds blanks".formatted(argument)
                : "Cannot run '%s': there is no such command%s".formatted(argument, NearMiss.hint(argument, commands));
    }

    private static List<String> flags(CommandSpec command) {
        return command.options().stream().map(OptionSpec::longestName).toList();
    }
}
