package io.crossfoot.emulator.moto;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The Python that has moto. */
public record Python(String command) {
    private static final String CHOSEN = "CROSSFOOT_PYTHON";

    /**
     * Finds it: {@code CROSSFOOT_PYTHON}, else {@code python3} on the path, else the one that runs the path's
     * {@code moto_server}.
     *
     * @return nothing when none of them has moto's server
     */
    public static Optional<Python> find(Map<String, String> environment) {
        if (environment.containsKey(CHOSEN)) {
            return Optional.of(environment.get(CHOSEN)).filter(Python::hasMoto).map(Python::new);
        }
        List<String> candidates = new ArrayList<>(List.of("python3"));
        Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "moto_server"))
                .filter(Files::isExecutable)
                .flatMap(script -> interpreter(script).stream())
                .forEach(candidates::add);
        return candidates.stream().filter(Python::hasMoto).findFirst().map(Python::new);
    }

    /** Returns the interpreter in a script's first line. */
    static Optional<String> interpreter(Path script) {
        try (Stream<String> lines = Files.lines(script)) {
            return lines.findFirst()
                    .filter(line -> line.startsWith("#!/") && line.contains("python"))
                    .map(line -> line.substring(2).trim())
                    .filter(command -> !command.contains(" "));
        } catch (IOException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    private static boolean hasMoto(String command) {
        ProcessBuilder builder = new ProcessBuilder(
                command, "-c", "import importlib.util as u; exit(not (u.find_spec('moto') and u.find_spec('flask')))");
        try {
            Process process = builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            return process.waitFor() == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
