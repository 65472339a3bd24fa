package io.crossfoot.cli;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import io.crossfoot.Cleaning;
import io.crossfoot.config.CleanConfig;
import io.crossfoot.config.Setting;
import io.crossfoot.error.UsageException;
import io.crossfoot.sink.IcebergLeftOvers;
import io.crossfoot.sink.LeftOvers.LeftOver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** {@code crossfoot clean}: removes what runs have left behind; needs no Spark, but for a table. */
final class CleanCommand implements Command {
    private static final String OLDER_THAN = "--older-than";
    /** No job runs so long. */
    private static final String USUAL_AGE = "3d";

    @Override
    public CommandSpec model() {
        CommandSpec clean = Options.command(
                        "clean",
                        "removes what runs that have not published, or were replaced, have left; no row of the output",
                        "clean --output PATH [OPTION…]")
                .addOption(Options.of(Setting.OUTPUT))
                .addOption(Options.icebergTable())
                .addOption(Options.of(Setting.TABLE_FORMAT))
                .addOption(Options.value(Setting.CONTROL.flag(), "PATH", "its control folder, where it was moved"))
                .addOption(Options.value(
                        OLDER_THAN, "AGE", "leave what was written later, as 12h or 30d [" + USUAL_AGE + "]"))
                .addOption(Options.flag(Options.DRY_RUN, "only show what would be removed"))
                .addOption(Options.config())
                .addOption(Options.master())
                .addOption(Options.json("what was removed, as JSON"));
        Options.common().forEach(clean::addOption);
        return clean;
    }

    @Override
    public int run(Arguments arguments, Shell shell) {
        Instant before = Instant.now().minus(age(arguments));
        CleanConfig config = CleanConfig.from(shell.settings(arguments));
        Cleaning cleaning = Cleaning.of(
                config.output(),
                config.control(),
                HadoopSettings.of(shell.terminal().environment()),
                shell.runId());
        boolean isDry = arguments.has(Options.DRY_RUN);
        List<LeftOver> found = config.table()
                .map(table -> shell.withSpark(
                        arguments,
                        (session, progress) -> isDry
                                ? session.findLeftOvers(cleaning, table, before)
                                : session.clean(cleaning, table, before)))
                .orElseGet(() -> isDry ? cleaning.find(before) : cleaning.remove(before));
        if (arguments.has(Options.JSON)) {
            shell.print(json(found));
        } else {
            show(found, isDry ? "would be removed" : "removed", shell);
        }
        if (config.table().isPresent() && IcebergLeftOvers.isTooYoung(before)) {
            shell.complain(
                    "files that no snapshot has were not looked for: a run that is under way may have them; give %s %dh or more"
                            .formatted(OLDER_THAN, IcebergLeftOvers.LEAST_AGE_OF_UNREFERENCED.toHours()));
        }
        return 0;
    }

    private static Duration age(Arguments arguments) {
        String text = arguments.value(OLDER_THAN).orElse(USUAL_AGE);
        try {
            Duration age = ConfigFactory.parseMap(Map.of("age", text)).getDuration("age");
            if (!text.matches("[0-9]+") && !age.isNegative()) {
                return age;
            }
        } catch (ConfigException notAnAge) {
            // the message below says it in our words
        }
        throw new UsageException(
                "Cannot use %s = '%s': it is no age; write 90m, 12h or 3d".formatted(OLDER_THAN, text));
    }

    private static void show(List<LeftOver> found, String what, Shell shell) {
        found.forEach(leftOver -> shell.print("%s · %s · %s"
                .formatted(
                        leftOver.path(),
                        size(leftOver.files(), leftOver.bytes()),
                        leftOver.kind().why())));
        long files = found.stream().mapToLong(LeftOver::files).sum();
        long bytes = found.stream().mapToLong(LeftOver::bytes).sum();
        shell.print((found.isEmpty() ? "" : "\n") + what + " " + size(files, bytes));
    }

    private static String size(long files, long bytes) {
        return String.format(Locale.ROOT, "%,d file%s · %,d bytes", files, files == 1 ? "" : "s", bytes);
    }

    private static String json(List<LeftOver> found) {
        return Json.text(found.stream()
                .map(leftOver -> Map.of(
                        "kind", leftOver.kind().toString(),
                        "path", leftOver.path(),
                        "files", leftOver.files(),
                        "bytes", leftOver.bytes(),
                        "written", leftOver.written().toString()))
                .toList());
    }
}
