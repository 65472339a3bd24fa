package io.crossfoot.cli;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.config.Layer;
import io.crossfoot.config.Setting;
import io.crossfoot.config.Settings;
import io.crossfoot.error.CrossfootException;
import io.crossfoot.error.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * The command line: {@code crossfoot enrich} and {@code crossfoot demo}, for the launcher and for {@code spark-submit
 * --class io.crossfoot.cli.Main}.
 *
 * <p>Exit codes: 0 published, 1 refused to publish, 2 wrong usage, 3 wrong shape, 4 storage failed, 5 locked, 10 a bug.
 */
public final class Main {
    private static final int BUG = 10;
    private static final int ROWS_SHOWN = 20;

    private final Terminal terminal;
    private final Engine engine;
    private final String runId;

    Main(Terminal terminal, Engine engine, String runId) {
        this.terminal = terminal;
        this.engine = engine;
        this.runId = runId;
    }

    /** Runs one command and ends the process with its exit code. */
    public static void main(String... arguments) {
        String runId = RunId.of(Instant.now(), new Random());
        System.exit(new Main(Terminal.ofProcess(), SparkRun::start, runId).run(arguments));
    }

    /** Runs one command and returns its exit code. */
    int run(String... arguments) {
        boolean debug = Arrays.asList(arguments).contains(Commands.DEBUG);
        try {
            return dispatch(Arguments.parse(Commands.model(), arguments));
        } catch (CrossfootException refused) {
            complain(refused.getMessage());
            if (debug) {
                refused.printStackTrace(terminal.err());
            }
            return refused.exitCode();
        } catch (Exception | Error bug) {
            // Exception: Spark is Scala, which throws checked exceptions that no signature tells of
            complain("Cannot go on: an internal error; please report it with what follows");
            bug.printStackTrace(terminal.err());
            return BUG;
        }
    }

    private int dispatch(Arguments arguments) {
        if (arguments.has(Commands.HELP)) {
            terminal.out().print(usage(arguments, terminal.outColour()));
            return 0;
        }
        return switch (arguments.command().name()) {
            case "enrich" -> enrich(arguments);
            case "demo" -> demo(arguments);
            default -> crossfoot(arguments);
        };
    }

    private int crossfoot(Arguments arguments) {
        if (arguments.has(Commands.VERSION)) {
            String version = Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                    .orElse("development build");
            terminal.out().printf("crossfoot %s (Java %s)%n", version, Runtime.version());
            return 0;
        }
        terminal.err().print(usage(arguments, terminal.errColour()));
        return 2;
    }

    private int enrich(Arguments arguments) {
        List<Layer> layers = new ArrayList<>(List.of(arguments.flags(), Layer.environment(terminal.environment())));
        arguments.value(Commands.CONFIG).map(Path::of).map(Layer::file).ifPresent(layers::add);
        layers.add(Layer.of("start time", Map.of(Setting.RUN_ID, runId)));
        Settings settings = Settings.resolve(layers.toArray(Layer[]::new));
        if (arguments.has(Commands.EXPLAIN_CONFIG)) {
            terminal.out().println(explained(settings));
            return 0;
        }
        return run(EnrichConfig.from(settings), arguments, 0);
    }

    private int demo(Arguments arguments) {
        Path home = Path.of(terminal.environment().getOrDefault("CROSSFOOT_HOME", ""));
        Path samples = home.resolve("test-data");
        if (!Files.isDirectory(samples)) {
            throw new UsageException("Cannot run the demo: there is no folder %s; start ./crossfoot demo from a clone"
                    .formatted(samples.toAbsolutePath()));
        }
        Path output = home.resolve("target/demo/enriched-sales");
        Map<Setting, String> texts = Map.of(
                Setting.SALES, samples.resolve("sales/sample-sales.csv").toString(),
                Setting.CUSTOMERS,
                        samples.resolve("customers/sample-customers.json").toString(),
                Setting.OUTPUT, output.toString(),
                Setting.RUN_ID, runId);
        return run(EnrichConfig.from(Settings.resolve(Layer.of("demo", texts))), arguments, ROWS_SHOWN);
    }

    private int run(EnrichConfig config, Arguments arguments, int rowsShown) {
        try (ProgressLine progress = progress(arguments)) {
            progress.accept("starting Spark");
            try (Session session = engine.start(arguments.value(Commands.MASTER))) {
                Outcome outcome = session.enrich(config, progress);
                Optional<ConsoleTable> rows = Optional.of(rowsShown)
                        .filter(some -> some > 0 && outcome.refusal().isEmpty() && !arguments.has(Commands.JSON))
                        .map(limit -> session.rows(config.output(), limit));
                progress.clear();
                rows.ifPresent(table -> terminal.out().println(table + "\n"));
                return report(outcome, arguments);
            }
        }
    }

    private int report(Outcome outcome, Arguments arguments) {
        outcome.refusal().ifPresent(this::complain);
        if (arguments.has(Commands.JSON)) {
            terminal.out().println(outcome.reportJson());
        } else {
            terminal.out().println(outcome.account() + "\n");
            outcome.notes().forEach(terminal.out()::println);
            if (!outcome.notes().isEmpty()) {
                terminal.out().println();
            }
            terminal.out().println(outcome.summary());
        }
        return outcome.exitCode();
    }

    private ProgressLine progress(Arguments arguments) {
        ProgressLine.Style quiet = terminal.errIsTerminal() ? ProgressLine.Style.REWRITTEN : ProgressLine.Style.SILENT;
        // Spark's log would tear a line that is rewritten
        ProgressLine.Style style = arguments.has(Commands.VERBOSE) ? ProgressLine.Style.LINES : quiet;
        return new ProgressLine(terminal.err(), style, System::nanoTime);
    }

    private void complain(String message) {
        terminal.err().println(terminal.errColour().string("@|bold,red crossfoot:|@ ") + message);
    }

    private static ConsoleTable explained(Settings settings) {
        return ConsoleTable.of(
                List.of("setting", "value", "origin"),
                Arrays.stream(Setting.values())
                        .map(setting -> settings.value(setting)
                                .map(value -> List.of(setting.key(), value.text(), value.origin()))
                                .orElse(List.of(setting.key(), "", setting.unset())))
                        .toList());
    }

    private static String usage(Arguments arguments, Ansi colour) {
        CommandLine model = Commands.model();
        CommandLine command =
                model.getSubcommands().getOrDefault(arguments.command().name(), model);
        return command.getUsageMessage(CommandLine.Help.defaultColorScheme(colour));
    }
}
