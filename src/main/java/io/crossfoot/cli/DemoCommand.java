package io.crossfoot.cli;

import io.crossfoot.catalog.Catalog;
import io.crossfoot.catalog.CatalogPlace;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.config.Layer;
import io.crossfoot.config.Setting;
import io.crossfoot.config.Settings;
import io.crossfoot.crawl.CrawlPlan;
import io.crossfoot.crawl.CrawlSettings;
import io.crossfoot.crawl.Crawler;
import io.crossfoot.error.StorageException;
import io.crossfoot.error.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code crossfoot demo}: the whole recipe on its sample files, without an account: crawl, list tables, enrich from the
 * catalog, register, crawl the output, query, balance.
 */
final class DemoCommand implements Command {
    private static final String KEEP = "--keep";
    private static final String DATABASE = CrawlCommand.DATABASE;
    /** The recipe's own. */
    private static final String QUERY =
            "SELECT customer_id, product_name, total_amount FROM %s.enriched_sales LIMIT 10".formatted(DATABASE);

    @Override
    public CommandSpec model() {
        CommandSpec demo = Options.command("demo", "the whole recipe on its samples, offline", "demo [OPTION…]")
                .addOption(Options.value(KEEP, "DIR", "the folder to work in [target/demo of the clone]"))
                .addOption(Options.master())
                .addOption(Options.json("print the run report and nothing else"));
        Options.common().forEach(demo::addOption);
        return demo;
    }

    @Override
    public int run(Arguments arguments, Shell shell) {
        Path home = Path.of(shell.terminal().environment().getOrDefault("CROSSFOOT_HOME", ""));
        Path samples = home.resolve("test-data");
        if (!Files.isDirectory(samples)) {
            throw new UsageException("Cannot run the demo: there is no folder %s; start ./crossfoot demo from a clone"
                    .formatted(samples.toAbsolutePath()));
        }
        Path workspace = arguments.value(KEEP).map(Path::of).orElse(shortest(home.resolve("target/demo")));
        upload(samples, workspace);
        // the first steps need no Spark: it starts meanwhile
        CompletableFuture<Session> starting = CompletableFuture.supplyAsync(
                () -> shell.engine().start(arguments.value(Options.MASTER)),
                task -> new Thread(task, "crossfoot-spark").start());
        try (ProgressLine progress = shell.progress(arguments)) {
            return new Demo(workspace, arguments, shell, progress).run(starting);
        } finally {
            starting.thenAccept(Session::close).join();
        }
    }

    /** The path as one would type it here. */
    private static Path shortest(Path folder) {
        Path here = Path.of("").toAbsolutePath();
        return folder.startsWith(here) ? here.relativize(folder) : folder;
    }

    private static void upload(Path samples, Path workspace) {
        try {
            for (String file : List.of("sales/sample-sales.csv", "customers/sample-customers.json")) {
                Path copy = workspace.resolve("raw").resolve(file);
                Files.createDirectories(copy.getParent());
                Files.copy(samples.resolve(file), copy, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException failed) {
            throw new StorageException(
                    "Cannot copy the samples to %s: %s; name another folder with --keep".formatted(workspace, failed),
                    failed);
        }
    }

    /** One demo: its steps, each with its time. */
    private static final class Demo {
        private final Path workspace;
        private final CatalogPlace place;
        private final Arguments arguments;
        private final Shell shell;
        private final ProgressLine progress;
        private int steps;

        Demo(Path workspace, Arguments arguments, Shell shell, ProgressLine progress) {
            this.workspace = workspace;
            this.place = new CatalogPlace(workspace.resolve("catalog").toString());
            this.arguments = arguments;
            this.shell = shell;
            this.progress = progress;
        }

        int run(CompletableFuture<Session> starting) {
            progress.accept("crawl raw");
            long began = System.nanoTime();
            // open all the while, though some steps open it for themselves: so it starts once
            try (Catalog catalog = place.open()) {
                tell("crawl raw", began, crawl("raw", catalog));

                began = System.nanoTime();
                tell("list tables", began, TablesCommand.listed(TablesCommand.tables(catalog, Optional.empty())));

                began = System.nanoTime();
                Session session = starting.join();
                Outcome outcome = session.enrich(config(), progress);
                if (outcome.refusal().isPresent()) {
                    return EnrichCommand.report(outcome, arguments, shell);
                }
                String registered =
                        "catalog:%1$s.sales + catalog:%1$s.customers → %1$s.enriched_sales".formatted(DATABASE);
                tell("enrich and register", began, registered);

                progress.accept("crawl processed");
                began = System.nanoTime();
                tell("crawl processed", began, crawl("processed", catalog));

                progress.accept("query");
                began = System.nanoTime();
                Rows rows = session.query(place, Optional.empty(), QUERY);
                tell("query", began, QUERY + "\n" + QueryCommand.table(rows));
                return end(outcome);
            }
        }

        private int end(Outcome outcome) {
            if (!arguments.has(Options.JSON)) {
                shell.print("workspace %s; go on with ./crossfoot tables --catalog %s\n"
                        .formatted(workspace, place.text()));
            }
            return EnrichCommand.report(outcome, arguments, shell);
        }

        private String crawl(String folder, Catalog catalog) {
            CrawlPlan plan = new Crawler(
                            CrawlSettings.of(DATABASE),
                            HadoopSettings.of(shell.terminal().environment()))
                    .plan(workspace.resolve(folder).toString(), catalog);
            plan.apply(catalog);
            CrawlReport report = new CrawlReport(plan);
            return String.join(
                    "\n",
                    Stream.concat(Stream.of(report.table().toString()), report.notes().stream())
                            .toList());
        }

        private void tell(String step, long began, Object shown) {
            progress.clear();
            if (!arguments.has(Options.JSON)) {
                double seconds = (System.nanoTime() - began) / 1e9;
                shell.print(String.format(Locale.ROOT, "%d. %s · %.1f s%n%s%n", ++steps, step, seconds, shown));
            }
        }

        private EnrichConfig config() {
            return EnrichConfig.from(Settings.resolve(Layer.of(
                    "demo",
                    Map.of(
                            Setting.SALES, "catalog:%s.sales".formatted(DATABASE),
                            Setting.CUSTOMERS, "catalog:%s.customers".formatted(DATABASE),
                            Setting.CATALOG, place.text(),
                            Setting.OUTPUT,
                                    workspace
                                            .resolve("processed/enriched-sales")
                                            .toString(),
                            Setting.OUTPUT_TABLE, "%s.enriched_sales".formatted(DATABASE),
                            Setting.RUN_ID, shell.runId()))));
        }
    }
}
