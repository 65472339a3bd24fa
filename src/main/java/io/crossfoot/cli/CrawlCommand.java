package io.crossfoot.cli;

import io.crossfoot.catalog.Catalog;
import io.crossfoot.config.Setting;
import io.crossfoot.crawl.CrawlPlan;
import io.crossfoot.crawl.CrawlSettings;
import io.crossfoot.crawl.CrawlSettings.Deletion;
import io.crossfoot.crawl.CrawlSettings.SchemaChange;
import io.crossfoot.crawl.Crawler;
import io.crossfoot.error.NearMiss;
import io.crossfoot.error.UsageException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code crossfoot crawl}: finds tables in a folder and describes them in the catalog. */
final class CrawlCommand implements Command {
    static final String DATABASE = "analytics";

    private static final String PREFIX = "--prefix";
    private static final String ON_CHANGE = "--on-change";
    private static final String ON_DELETE = "--on-delete";
    /** Files were found that are no table. */
    private static final int WRONG_SHAPE = 3;

    @Override
    public CommandSpec model() {
        CommandSpec crawl = Options.command(
                        "crawl",
                        "finds tables in a folder or bucket and describes them in the catalog",
                        "crawl PATH [OPTION…]")
                .addPositional(Options.subject("PATH", "the folder; each folder in it is a table"))
                .addOption(Options.of(Setting.CATALOG))
                .addOption(Options.database("where the tables belong [" + DATABASE + "]"))
                .addOption(Options.value(PREFIX, "TEXT", "what the names of tables begin with"))
                .addOption(Options.value(
                        ON_CHANGE, "POLICY", "update, add (columns only), replace or log changed tables [update]"))
                .addOption(Options.value(
                        ON_DELETE, "POLICY", "deprecate, delete or log tables whose files are gone [deprecate]"))
                .addOption(Options.flag(Options.DRY_RUN, "show what would be done, change nothing"))
                .addOption(Options.config())
                .addOption(Options.json("print the plan and nothing else"));
        Options.common().forEach(crawl::addOption);
        return crawl;
    }

    @Override
    public int run(Arguments arguments, Shell shell) {
        long began = System.nanoTime();
        CrawlSettings settings = CrawlSettings.of(
                        arguments.value(Options.DATABASE).orElse(DATABASE).toLowerCase(Locale.ROOT))
                .withPrefix(arguments.value(PREFIX).orElse(""))
                .with(choice(arguments, ON_CHANGE, SchemaChange.values()).orElse(SchemaChange.UPDATE))
                .with(choice(arguments, ON_DELETE, Deletion.values()).orElse(Deletion.DEPRECATE));
        CrawlPlan plan;
        try (ProgressLine progress = shell.progress(arguments)) {
            progress.accept("opening the catalog");
            try (Catalog catalog = shell.catalog(arguments).open()) {
                progress.accept("crawling");
                plan = new Crawler(settings, HadoopSettings.of(shell.terminal().environment()))
                        .plan(arguments.subject(), catalog);
                if (!arguments.has(Options.DRY_RUN)) {
                    plan.apply(catalog);
                }
            }
        }
        CrawlReport report = new CrawlReport(plan);
        if (arguments.has(Options.JSON)) {
            shell.print(report.json());
        } else {
            shell.print(report.table());
            report.notes().forEach(shell::print);
            plan.problems().forEach(shell::complain);
            String verb = arguments.has(Options.DRY_RUN) ? "would crawl" : "crawled";
            shell.print("\n" + report.summary(verb, System.nanoTime() - began));
        }
        return plan.problems().isEmpty() ? 0 : WRONG_SHAPE;
    }

    private static <E extends Enum<E>> Optional<E> choice(Arguments arguments, String flag, E[] choices) {
        List<String> names = Arrays.stream(choices)
                .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                .toList();
        return arguments.value(flag).map(text -> {
            int index = names.indexOf(text.toLowerCase(Locale.ROOT));
            if (index < 0) {
                throw new UsageException("Cannot use %s %s: it must be one of %s%s"
                        .formatted(flag, text, String.join(", ", names), NearMiss.hint(text, names)));
            }
            return choices[index];
        });
    }
}
