package io.crossfoot.emulator;

import io.crossfoot.emulator.http.Json;
import io.crossfoot.emulator.moto.Python;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code crossfoot emulate}: starts the emulated AWS, says how to reach it, and stops it with Ctrl-C. */
@Command(
        name = "crossfoot emulate",
        description = "A local AWS whose crawlers crawl, jobs run and queries answer. Ctrl-C stops it.",
        sortOptions = false,
        separator = " ")
public final class Main implements Callable<Integer> {
    private static final int USAGE = 2;
    private static final int FAILED = 4;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "4566",
            description = "the port [4566]; 0 takes a free one")
    private int port;

    @Option(names = "--data", paramLabel = "DIR", description = "keep S3 objects there between starts [nowhere]")
    private Path data;

    @Option(names = "--json", description = "print the settings as one line of JSON")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "this page")
    private boolean help;

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    Main(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    public static void main(String... arguments) {
        CommandLine line = new CommandLine(new Main(System.getenv(), System.out, System.err));
        System.exit(line.execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        Optional<Python> python = Python.find(environment);
        if (python.isEmpty()) {
            return refuse(
                    USAGE,
                    "Cannot find moto_server: no Python here has it; install it with: pip install 'moto[server]'"
                            + " (or name a Python that has it in CROSSFOOT_PYTHON)");
        }
        Installation installation = new Installation(
                Path.of(environment.getOrDefault("CROSSFOOT_HOME", "")).toAbsolutePath());
        try {
            Path work = Files.createTempDirectory("crossfoot-emulator");
            Optional<Path> kept = Optional.ofNullable(data).map(Path::toAbsolutePath);
            Emulator emulator = Emulator.start(installation, python.get(), port, work, kept);
            Runtime.getRuntime().addShutdownHook(new Thread(emulator::close));
            announce(emulator);
            emulator.failed().join();
            return refuse(FAILED, "moto_server has ended");
        } catch (IOException failed) {
            return refuse(FAILED, failed.getMessage());
        }
    }

    private void announce(Emulator emulator) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("AWS_ENDPOINT_URL", emulator.address().toString());
        settings.put("AWS_REGION", "us-east-1");
        settings.put("AWS_DEFAULT_REGION", "us-east-1");
        settings.put("AWS_ACCESS_KEY_ID", "testing");
        settings.put("AWS_SECRET_ACCESS_KEY", "testing");
        if (json) {
            var line = Json.object();
            settings.forEach(line::put);
            out.println(line);
        } else {
            out.println("# the emulated AWS is ready; paste this where you use it, and stop it with Ctrl-C");
            settings.forEach((name, value) -> out.printf("export %s=%s%n", name, value));
        }
        out.flush();
    }

    private int refuse(int code, String message) {
        err.println("crossfoot: " + message);
        return code;
    }
}
