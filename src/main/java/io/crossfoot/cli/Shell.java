package io.crossfoot.cli;

import io.crossfoot.catalog.CatalogPlace;
import io.crossfoot.config.Layer;
import io.crossfoot.config.Setting;
import io.crossfoot.config.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * What a command runs in.
 *
 * @param engine starts Spark, for the commands that need it
 * @param runId names the run, if the command is one and nobody names it
 */
record Shell(Terminal terminal, Engine engine, String runId) {
    /** Returns the settings: flag, environment, file, what else there is, default. */
    Settings settings(Arguments arguments, Layer... others) {
        List<Layer> layers = new ArrayList<>(List.of(arguments.flags(), Layer.environment(terminal.environment())));
        arguments.value(Options.CONFIG).map(Path::of).map(Layer::file).ifPresent(layers::add);
        layers.addAll(List.of(others));
        layers.add(Layer.of("start time", Map.of(Setting.RUN_ID, runId)));
        return Settings.resolve(layers.toArray(Layer[]::new));
    }

    CatalogPlace catalog(Arguments arguments) {
        return new CatalogPlace(
                settings(arguments).value(Setting.CATALOG).orElseThrow().text());
    }

    ProgressLine progress(Arguments arguments) {
        ProgressLine.Style quiet = terminal.errIsTerminal() ? ProgressLine.Style.REWRITTEN : ProgressLine.Style.SILENT;
        // Spark's log would tear a line that is rewritten
        ProgressLine.Style style = arguments.has(Options.VERBOSE) ? ProgressLine.Style.LINES : quiet;
        return new ProgressLine(terminal.err(), style, System::nanoTime);
    }

    /** Does something that needs Spark, and shows how far it is. */
    <T> T withSpark(Arguments arguments, BiFunction<Session, ProgressLine, T> work) {
        try (ProgressLine progress = progress(arguments)) {
            progress.accept("starting Spark");
            try (Session session = engine.start(arguments.value(Options.MASTER))) {
                return work.apply(session, progress);
            }
        }
    }

    void print(Object text) {
        terminal.out().println(text);
    }

    void complain(String message) {
        terminal.err().println(terminal.errColour().string("@|bold,red crossfoot:|@ ") + message);
    }
}
