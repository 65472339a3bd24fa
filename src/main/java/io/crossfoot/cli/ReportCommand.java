package io.crossfoot.cli;

import io.crossfoot.config.Setting;
import io.crossfoot.config.Settings;
import io.crossfoot.config.Settings.Value;
import io.crossfoot.error.StorageFault;
import io.crossfoot.error.UsageException;
import io.crossfoot.report.RunPages;
import io.crossfoot.sink.ControlFolder;
import io.crossfoot.sink.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Model.CommandSpec;

/** {@code crossfoot report}: the page of a run, or the index of all; needs no Spark. */
final class ReportCommand implements Command {
    private static final String RUN = "--run";
    private static final String ALL = "--all";
    private static final String OPEN = "--open";

    @Override
    public CommandSpec model() {
        CommandSpec report = Options.command(
                        "report", "the HTML report of a run, or of all runs", "report --output PATH [OPTION…]")
                .addOption(Options.of(Setting.OUTPUT))
                .addOption(Options.value(Setting.CONTROL.flag(), "PATH", "its control folder, where it was moved"))
                .addOption(Options.value(RUN, "ID", "which run [the latest]"))
                .addOption(Options.flag(ALL, "an index of all runs"))
                .addOption(Options.flag(OPEN, "open it in the browser"))
                .addOption(Options.config());
        Options.common().forEach(report::addOption);
        return report;
    }

    @Override
    public int run(Arguments arguments, Shell shell) {
        Configuration hadoop = HadoopSettings.of(shell.terminal().environment());
        RunPages pages = new RunPages(control(shell.settings(arguments), hadoop), hadoop);
        Path page = arguments.has(ALL) ? index(pages) : page(pages, arguments.value(RUN));
        shell.print(shown(page));
        if (arguments.has(OPEN)) {
            open(page, arguments.has(ALL) ? Optional.empty() : Optional.of(new WholeFile(page, hadoop)));
        }
        return 0;
    }

    private static ControlFolder control(Settings settings, Configuration hadoop) {
        Optional<String> output = settings.value(Setting.OUTPUT).map(Value::text);
        Optional<String> control = settings.value(Setting.CONTROL).map(Value::text);
        if (output.isPresent()) {
            return ControlFolder.of(new Path(output.get()), control, hadoop);
        }
        return control.map(folder -> ControlFolder.existing(new Path(folder), hadoop))
                .orElseThrow(() -> new UsageException(
                        "Cannot report: output is not set; give --output PATH, --control PATH or CROSSFOOT_OUTPUT"));
    }

    private static Path index(RunPages pages) {
        if (pages.history().runs().isEmpty()) {
            throw noRun(pages);
        }
        return pages.writeIndex();
    }

    private static Path page(RunPages pages, Optional<String> asked) {
        return pages.write(
                asked.map(run -> pages.known("report", run)).or(pages::latest).orElseThrow(() -> noRun(pages)));
    }

    private static UsageException noRun(RunPages pages) {
        return new UsageException("Cannot report: there is no report of a run of %s (looked in %s)"
                .formatted(pages.control().output(), pages.control().root()));
    }

    private static String shown(Path page) {
        return page.toString().replaceFirst("^file:/+", "/");
    }

    /** @param whole the page, if it is one that needs no other beside it */
    private static void open(Path page, Optional<WholeFile> whole) {
        String place = "file".equals(page.toUri().getScheme())
                ? shown(page)
                : copy(whole.orElseThrow(() -> new UsageException(
                        "Cannot open %s: it is not on this machine, and a copy would not lead to its runs; open one by --run"
                                .formatted(page))));
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String opener = system.contains("mac") ? "open" : system.contains("win") ? "explorer" : "xdg-open";
        try {
            new ProcessBuilder(opener, place).inheritIO().start();
        } catch (IOException missing) {
            throw new UsageException("Cannot open %s: %s is missing; open it by hand".formatted(place, opener));
        }
    }

    /** A browser reads no bucket. It may read the copy when this process has ended, which therefore leaves it. */
    private static String copy(WholeFile page) {
        try {
            java.nio.file.Path copy = Files.createTempDirectory("crossfoot").resolve("report.html");
            return Files.writeString(copy, page.read().orElseThrow()).toString();
        } catch (IOException failed) {
            throw StorageFault.reading(failed, "copy the report " + page.path(), "");
        }
    }
}
