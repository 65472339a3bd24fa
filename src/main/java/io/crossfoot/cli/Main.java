package io.crossfoot.cli;

import io.crossfoot.error.CrossfootException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * The command line, for the launcher and for {@code spark-submit --class io.crossfoot.cli.Main}. {@link Commands} has the
 * commands.
 *
 * <p>Exit codes: 0 published, 1 refused to publish, 2 wrong usage, 3 wrong shape, 4 storage failed, 5 locked, 10 a bug.
 */
public final class Main {
    private static final int BUG = 10;

    private final Terminal terminal;
    private final Shell shell;

    Main(Terminal terminal, Engine engine, String runId) {
        this.terminal = terminal;
        this.shell = new Shell(terminal, engine, runId);
    }

    /** Runs one command and ends the process with its exit code. */
    public static void main(String... arguments) {
        // numbers are written one way, wherever the terminal stands
        Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
        String runId = RunId.of(Instant.now(), new Random());
        System.exit(new Main(Terminal.ofProcess(), SparkRun::start, runId).run(arguments));
    }

    /** Runs one command and returns its exit code. */
    int run(String... arguments) {
        boolean debug = Arrays.asList(arguments).contains(Options.DEBUG);
        try {
            return dispatch(Arguments.parse(Commands.model(), arguments));
        } catch (CrossfootException refused) {
            shell.complain(refused.getMessage());
            if (debug) {
                refused.printStackTrace(terminal.err());
            }
            return refused.exitCode();
        } catch (Exception | Error bug) {
            // Exception: Spark is Scala, which throws checked exceptions that no signature tells of
            shell.complain("Cannot go on: an internal error; please report it with what follows");
            bug.printStackTrace(terminal.err());
            return BUG;
        }
    }

    private int dispatch(Arguments arguments) {
        if (arguments.has(Options.HELP)) {
            terminal.out().print(usage(arguments, terminal.outColour()));
            return 0;
        }
        return Commands.named(arguments.command().name())
                .map(command -> command.run(arguments, shell))
                .orElseGet(() -> crossfoot(arguments));
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

    private static String usage(Arguments arguments, Ansi colour) {
        CommandLine model = Commands.model();
        CommandLine command =
                model.getSubcommands().getOrDefault(arguments.command().name(), model);
        return command.getUsageMessage(CommandLine.Help.defaultColorScheme(colour));
    }
}
