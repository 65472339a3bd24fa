package io.crossfoot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.Cleaning;
import io.crossfoot.catalog.CatalogPlace;
import io.crossfoot.config.CompactConfig;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.doctor.Finding;
import io.crossfoot.error.LockedException;
import io.crossfoot.error.ShapeException;
import io.crossfoot.error.StorageException;
import io.crossfoot.quality.TableProfile;
import io.crossfoot.sink.CompactionSummary;
import io.crossfoot.sink.IcebergName;
import io.crossfoot.sink.LeftOvers.Kind;
import io.crossfoot.sink.LeftOvers.LeftOver;
import io.crossfoot.testing.Folders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    private static final String[] ENRICH = {"enrich", "--sales", "s", "--customers", "c", "--output", "o"};

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();
    private final Recorder engine = new Recorder();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "-h",
                "help",
                "enrich --help",
                "help enrich",
                "enrich --no-such-flag -h",
                "demo --help",
                "crawl --help",
                "plan --help",
                "state --help",
                "compact --help",
                "replay --help",
                "clean --help",
                "tables -h",
                "help query",
                "profile --help",
                "doctor --help"
            })
    void helpFitsAScreen(String arguments) {
        int exitCode = run(arguments.split(" "));

        assertThat(exitCode).isZero();
        assertThat(out()).startsWith("Usage: crossfoot ");
        assertThat(out().lines()).hasSizeLessThanOrEqualTo(50).allMatch(line -> line.length() <= 100);
        assertThat(err()).isEmpty();
        assertThat(engine.config).isNull();
    }

    @Test
    void nothingAtAllIsAnsweredWithHelp() {
        int exitCode = run();

        assertThat(exitCode).isEqualTo(2);
        assertThat(err()).startsWith("Usage: crossfoot ");
    }

    @Test
    void doctorTellsWhatItFinds() {
        int exitCode = run("doctor");

        assertThat(exitCode).isZero();
        assertThat(out().lines()).hasSize(3).last().asString().matches("Spark +3\\.5\\.6 +fine");
    }

    @Test
    void versionIsOneLine() {
        int exitCode = run("--version");

        assertThat(exitCode).isZero();
        assertThat(out()).matches("crossfoot .+ \\(Java 17.*\\)\\R");
    }

    @Test
    void argumentsThatAreWrongAreRefusedTogether() {
        int exitCode = run(
                "enrich", "--slaes", "x", "--json=1", "--mode", "append", "--mode=append", "y", "--output", "--sales");

        assertThat(exitCode).isEqualTo(2);
        assertThat(err().lines())
                .first()
                .asString()
                .startsWith("crossfoot: Cannot start: ")
                .endsWith(" settings are wrong");
        assertThat(err())
                .contains("Cannot use --slaes: 'crossfoot enrich' has no such flag; did you mean '--sales'?")
                .contains("Cannot use --mode: it is given twice; give it once")
                .contains("Cannot use 'y': it follows no flag; quote a value that holds blanks")
                .contains("Cannot use --output: its value is missing; write --output PATH");
    }

    @Test
    void commandThatDoesNotExistIsRefusedWithTheNearest() {
        int exitCode = run("enrihc", "--sales", "x");

        assertThat(exitCode).isEqualTo(2);
        assertThat(err())
                .startsWith("crossfoot: ")
                .contains("Cannot run 'enrihc': there is no such command; did you mean 'enrich'?");
    }

    @Test
    void missingSettingsAreToldBeforeSparkStarts() {
        int exitCode = run("enrich", "--sales", "s", "--output", "o");

        assertThat(exitCode).isEqualTo(2);
        assertThat(err())
                .isEqualToIgnoringNewLines(
                        "crossfoot: Cannot enrich: customers is not set; give --customers PATH or CROSSFOOT_CUSTOMERS");
        assertThat(engine.config).isNull();
    }

    @Test
    void explainConfigNamesEachOriginAndRunsNothing() {
        environment.put("CROSSFOOT_PRICE", "cost");

        int exitCode = run("enrich", "--on", "region", "--on", "id", "--csv-multiline", "--explain-config");

        assertThat(exitCode).isZero();
        assertThat(out().lines().map(line -> line.replaceAll(" {2,}", "|")))
                .contains(
                        "setting|value|origin",
                        "on|region,id|flag",
                        "csv-multiline|true|flag",
                        "price|cost|environment CROSSFOOT_PRICE",
                        "mode|overwrite",
                        "incremental|false|default",
                        "sales|required",
                        "run-id|run-1|start time");
        assertThat(engine.config).isNull();
    }

    @Test
    void runEndsWithItsAccountAndSummary() {
        int exitCode = run(ENRICH);

        assertThat(exitCode).isZero();
        assertThat(out())
                .contains("sales read                    1,005\n")
                .endsWith(
                        "published 5 rows · 4 matched · 1 unmatched · 1,000 quarantined · 1 file · 1,575.97 total · 3.1 s\n");
        assertThat(err()).isEmpty();
        assertThat(engine.config.sales().location()).isEqualTo("s");
        assertThat(engine.config.runId()).isEqualTo("run-1");
    }

    @Test
    void jsonIsTheReportAlone() {
        int exitCode = run("enrich", "--sales", "s", "--customers", "c", "--output", "o", "--json");

        assertThat(exitCode).isZero();
        assertThat(out()).isEqualTo("{\"report\": 1}\n");
    }

    @Test
    void refusalToPublishExitsWith1() {
        engine.refusal = Optional.of("Cannot publish: too many rows are quarantined");

        int exitCode = run(ENRICH);

        assertThat(exitCode).isEqualTo(1);
        assertThat(err()).isEqualTo("crossfoot: Cannot publish: too many rows are quarantined\n");
        assertThat(out()).endsWith("published nothing · 1,005 rows read · 1,000 quarantined · 3.1 s\n");
    }

    @Test
    void eachKindOfErrorHasItsExitCode() {
        assertThat(failing(new ShapeException("Cannot a"))).isEqualTo(3);
        assertThat(failing(new StorageException("Cannot b"))).isEqualTo(4);
        assertThat(failing(new LockedException("Cannot c"))).isEqualTo(5);
        assertThat(err()).isEqualTo("crossfoot: Cannot a\ncrossfoot: Cannot b\ncrossfoot: Cannot c\n");
    }

    @Test
    void bugIsShownWhole() {
        int exitCode = failing(new IllegalStateException("impossible"));

        assertThat(exitCode).isEqualTo(10);
        assertThat(err())
                .startsWith("crossfoot: Cannot go on: an internal error; please report it with what follows\n")
                .contains("java.lang.IllegalStateException: impossible\n\tat ");
    }

    @Test
    void checkedExceptionThatScalaDidNotDeclareIsABugToo() {
        engine.failure = Optional.of(new IOException("undeclared"));

        int exitCode = run(ENRICH);

        assertThat(exitCode).isEqualTo(10);
        assertThat(err()).contains("java.io.IOException: undeclared");
    }

    @Test
    void debugShowsTheTraceOfAnyError() {
        engine.failure = Optional.of(new StorageException("Cannot b"));

        run("enrich", "--sales", "s", "--customers", "c", "--output", "o", "--debug");

        assertThat(err()).startsWith("crossfoot: Cannot b\n").contains("StorageException: Cannot b\n\tat ");
    }

    @Test
    void progressIsForTerminalsAndColourRespectsNoColor() {
        environment.put("CROSSFOOT_TERMINAL", "stderr");
        engine.failure = Optional.of(new StorageException("Cannot b"));
        run(ENRICH);
        String coloured = err();
        err.reset();
        environment.put("NO_COLOR", "1");

        run(ENRICH);

        assertThat(coloured)
                .contains("\r\u001b[K", "starting Spark")
                .contains("\u001b[31m")
                .endsWith("Cannot b\n");
        assertThat(err())
                .contains("\r\u001b[K")
                .endsWith("crossfoot: Cannot b\n")
                .doesNotContain("[31m");
    }

    @Test
    void verboseWritesOneLineAStage() {
        run("enrich", "--sales", "s", "--customers", "c", "--output", "o", "--verbose", "--master", "local[2]");

        assertThat(err().lines().map(line -> line.substring(line.indexOf("s  "))))
                .containsExactly("s  starting Spark", "s  writing");
        assertThat(engine.master).contains("local[2]");
    }

    @Test
    void demoWithoutItsSamplesIsRefused() {
        environment.put("CROSSFOOT_HOME", "/nowhere");

        int exitCode = run("demo");

        assertThat(exitCode).isEqualTo(2);
        assertThat(err())
                .isEqualTo(
                        "crossfoot: Cannot run the demo: there is no folder /nowhere/test-data; start ./crossfoot demo from a clone\n");
    }

    @Test
    void crawlShowsItsPlanAndMakesItHappenUnlessItIsADryRun() {
        Folders.write(folder.resolve("raw/sales/a.csv"), "order_id,price\n1,2.50\n");
        String catalog = folder.resolve("catalog").toString();
        String[] crawl = {"crawl", folder.resolve("raw").toString(), "--catalog", catalog};

        int planned = run("crawl", crawl[1], "--catalog", catalog, "--dry-run");
        int tablesThen = run("tables", "--catalog", catalog);
        int crawled = run(crawl);
        int again = run(crawl);
        int tables = run("tables", "--catalog", catalog, "--database", "analytics");
        int json = run("tables", "--catalog", catalog, "--json");

        assertThat(List.of(planned, tablesThen, crawled, again, tables, json)).containsOnly(0);
        assertThat(out())
                .contains("table            action  format  columns  files  rows\n")
                .contains("analytics.sales  added   csv           2      1     1\n")
                .contains("sales: price: crawled double, contract DECIMAL(12,2) → will be converted exactly\n")
                .contains("would crawl 1 table · 1 added · 0 updated · 0 unchanged · ")
                .contains("table  format  columns  rows  location\n-----  ------  -------  ----  --------\n")
                .contains("\ncrawled 1 table · 1 added · 0 updated · 0 unchanged · ")
                .contains("\ncrawled 1 table · 0 added · 0 updated · 1 unchanged · ")
                .contains("analytics.sales  csv           2     1  " + folder + "/raw/sales/\n")
                .contains("\"order_id\" : \"bigint\"");
        assertThat(err()).isEmpty();
    }

    @Test
    void crawlTellsWhatIsNoTableAndExitsWith3() {
        Folders.write(folder.resolve("raw/mixed/a.csv"), "order_id,price\n1,2.50\n");
        Folders.write(folder.resolve("raw/mixed/a.json"), "{}\n");

        int exitCode = run(
                "crawl",
                folder.resolve("raw").toString(),
                "--catalog",
                folder.resolve("catalog").toString());

        assertThat(exitCode).isEqualTo(3);
        assertThat(err()).startsWith("crossfoot: Cannot describe mixed: its folder holds files of several formats");
    }

    @Test
    void crawlAndQueryNeedTheirSubjectAndACatalog() {
        String none = folder.resolve("none").toString();

        assertThat(run("crawl")).isEqualTo(2);
        assertThat(run("crawl", "p", "--on-change", "uptade")).isEqualTo(2);
        assertThat(run("tables", "--catalog", none)).isEqualTo(2);
        assertThat(run("query", "SELECT 1", "--csv", "--json")).isEqualTo(2);
        assertThat(run("query", "SELECT 1", "--catalog", none)).isEqualTo(2);

        assertThat(err().lines())
                .containsExactly(
                        "crossfoot: Cannot crawl: PATH is missing; write crossfoot crawl PATH",
                        "crossfoot: Cannot use --on-change uptade: it must be one of update, add, replace, log; did you mean"
                                + " 'update'?",
                        "crossfoot: Cannot find a catalog in %s: crawl something into it first, or name another with --catalog"
                                .formatted(none),
                        "crossfoot: Cannot use --csv and --json at once; give one",
                        "crossfoot: Cannot find a catalog in %s: crawl something into it first, or name another with --catalog"
                                .formatted(none));
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void stateAndPlanSayWhatCountsAsProcessed() {
        Folders.write(folder.resolve("sales/region=North/a.csv"), "order_id,price\n1,2.50\n");
        Folders.write(folder.resolve("sales/region=South/b.csv"), "order_id,price\n2,2.50\n");
        Folders.write(folder.resolve("customers/c.csv"), "customer_id\nC1\n");
        environment.put("CROSSFOOT_SALES", folder.resolve("sales").toString());
        environment.put("CROSSFOOT_CUSTOMERS", folder.resolve("customers").toString());
        environment.put("CROSSFOOT_OUTPUT", folder.resolve("out").toString());
        environment.put("CROSSFOOT_INCREMENTAL", "true");
        String exported = folder.resolve("state.jsonl").toString();

        assertThat(run("plan")).isEqualTo(8);
        assertThat(run("plan", "--only", "region=N*")).isEqualTo(8);
        assertThat(folder.resolve("_crossfoot")).doesNotExist();
        assertThat(run("state", "set", "--only", "region=South")).isZero();
        assertThat(run("state", "export", "--file", exported)).isZero();
        assertThat(run("state", "set")).isZero();
        assertThat(run("plan")).isZero();
        assertThat(run("state", "import", "--file", exported)).isZero();
        assertThat(run("state", "show")).isZero();

        assertThat(out().replaceAll("\\b[0-9a-f]{12}\\b", "key").replaceAll(" +\n", "\n"))
                .isEqualTo("""
                        would  of         files  bytes  because
                        -----  ---------  -----  -----  -------------------------------------------
                        read   sales          2     44  new
                        read   customers      1     15  a lookup is read whole
                        write  output                   rows of these sales, beside those that stay

                        there is work: crossfoot enrich does it
                        too small for Glue, which bills a minute at least: one machine does it in less
                        would  of         files  bytes  because
                        -----  ---------  -----  -----  -------------------------------------------
                        read   sales          1     22  new
                        read   customers      1     15  a lookup is read whole
                        write  output                   rows of these sales, beside those that stay

                        there is work: crossfoot enrich does it
                        too small for Glue, which bills a minute at least: one machine does it in less
                        1 more file of the sales count as processed now
                        exported to %1$s
                        1 more file of the sales count as processed now
                        would  of     files  bytes  because
                        -----  -----  -----  -----  -----------
                        keep   sales      2         read before

                        nothing to do
                        imported %1$s
                        run    standing  sales files  bytes  output files  key
                        -----  --------  -----------  -----  ------------  ------------
                        run-1  set                 1     22             0  key

                        1 run, 1 file of the sales
                        """.formatted(exported));
        assertThat(err()).isEmpty();
    }

    /** Nothing is read for a plan, so that a file of 3 GB without bytes is as good as any. */
    @Test
    void planSaysWhatGlueWouldBill() throws IOException {
        try (RandomAccessFile sales =
                new RandomAccessFile(folder.resolve("sales.csv").toFile(), "rw")) {
            sales.setLength(3_000_000_000L);
        }
        Folders.write(folder.resolve("customers/c.csv"), "customer_id\nC1\n");
        String[] plan = {
            "plan",
            "--sales=" + folder.resolve("sales.csv"),
            "--customers=" + folder.resolve("customers"),
            "--output=" + folder.resolve("out")
        };

        assertThat(run(plan)).isEqualTo(8);
        assertThat(out()).endsWith("""
                        there is work: crossfoot enrich does it

                        as a Glue job, about  minutes  DPU-minutes   USD
                        --------------------  -------  -----------  ----
                        2 workers of G.1X         1.4          2.7  0.02
                        5 workers of G.1X         0.5          5.0  0.04
                        10 workers of G.1X        0.3         10.0  0.07

                        by a model not verified on AWS, at 0.44 USD for a DPU-hour; docs/capacity.md tells its assumptions
                        """);
    }

    @Test
    void stateAndPlanSayWhatIsWrong() {
        assertThat(run("state", "shw", "--output", "o")).isEqualTo(2);
        assertThat(run("state", "show")).isEqualTo(2);
        assertThat(run("state", "rewind", "--output", folder.resolve("o").toString()))
                .isEqualTo(2);
        assertThat(run(
                        "state",
                        "rewind",
                        "--to",
                        "x",
                        "--output",
                        folder.resolve("o").toString()))
                .isEqualTo(2);
        String absent = folder.resolve("o").toString();
        assertThat(run("state", "rewind", "--all", "--output", absent)).isEqualTo(2);
        assertThat(run("state", "show", "--output", absent)).isEqualTo(2);
        assertThat(run("state", "export", "--output", absent)).isEqualTo(2);
        assertThat(folder).isEmptyDirectory();
        assertThat(run(
                        "state",
                        "import",
                        "--file",
                        folder.resolve("none").toString(),
                        "--output",
                        folder.resolve("o").toString()))
                .isEqualTo(4);
        assertThat(run("plan", "--sales", "s", "--customers", "c", "--output", "o", "--since", "2026-11-01"))
                .isEqualTo(2);
        assertThat(run("plan", "--sales", "s", "--customers", "c", "--output", "o", "--incremental", "--since", "soon"))
                .isEqualTo(2);

        String none =
                "no run has written it, or its control folder is not file:/_crossfoot/o; name another with --output, or"
                        + " that with --control";
        assertThat(err().lines().map(line -> line.replace(folder.toString(), "")))
                .containsExactly(
                        "crossfoot: Cannot do 'shw' with the state: it must be one of export, import, rewind, set, show; did you mean"
                                + " 'show'?",
                        "crossfoot: Cannot find the state: output is not set; give --output PATH or CROSSFOOT_OUTPUT",
                        "crossfoot: Cannot rewind: give --to RUN, the last run that is to count, or --all",
                        "crossfoot: Cannot rewind the state of file:/o: " + none,
                        "crossfoot: Cannot rewind the state of file:/o: " + none,
                        "crossfoot: Cannot show the state of file:/o: " + none,
                        "crossfoot: Cannot export the state of file:/o: " + none,
                        "crossfoot: Cannot import the state from /none: there is no such file",
                        "crossfoot: Cannot use since = '2026-11-01' (flag): a part of the sales would replace the output of all;"
                                + " use it with incremental, or append",
                        "crossfoot: Cannot use since = 'soon' (flag): it is no time; write it in UTC, as 2026-11-01 or"
                                + " 2026-11-01T08:30:00Z");
    }

    @Test
    void queryPrintsATableCsvOrJson() {
        environment.put("CROSSFOOT_CATALOG", "glue");

        assertThat(run("query", "SELECT 1", "--database", "db")).isZero();
        assertThat(engine.asked).isEqualTo("glue db SELECT 1");
        assertThat(run("query", "SELECT 1", "--csv")).isZero();
        assertThat(run("query", "SELECT 1", "--json")).isZero();

        assertThat(out())
                .isEqualTo("id  name\n--  --------\n 1  a \"b\", c\n 2  NULL\n 3\n"
                        + "id,name\n1,\"a \"\"b\"\", c\"\n2,\n3,\"\"\n"
                        + "{\"id\":1}\n{\"id\":2}\n");
    }

    private int failing(RuntimeException failure) {
        engine.failure = Optional.of(failure);
        return run(ENRICH);
    }

    private int run(String... arguments) {
        Terminal terminal = new Terminal(stream(out), stream(err), environment);
        return new Main(terminal, engine, "run-1").run(arguments);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void compactAndCleanTellWhatTheyDid() {
        String output = folder.resolve("o").toString();

        assertThat(run("compact", "--output", output)).isZero();
        assertThat(run("compact", "--output", output, "--dry-run")).isZero();
        assertThat(run("clean", "--output", output, "--older-than", "0s")).isZero();

        assertThat(out().lines())
                .containsExactly(
                        "compacted 12 files into 2 · 1,005 rows · 3,456 bytes into 2,345",
                        "nothing to compact",
                        "removed 0 files · 0 bytes");
        assertThat(engine.asked).isEqualTo(output);
        assertThat(folder).isEmptyDirectory();
        assertThat(run("clean", "--output", output, "--older-than", "3")).isEqualTo(2);
        assertThat(run("clean")).isEqualTo(2);
        assertThat(run("compact")).isEqualTo(2);
        assertThat(err())
                .contains("Cannot use --older-than = '3': it is no age; write 90m, 12h or 3d")
                .contains("Cannot clean: output is not set; give --output PATH or CROSSFOOT_OUTPUT");
    }

    @Test
    void compactAndCleanTakeTheTableThatTheOutputIs() {
        String output = folder.resolve("o").toString();
        String[] table = {"--output", output, "--table-format", "iceberg", "--output-table", "lake.shop.out"};

        assertThat(run(and("compact", table))).isZero();
        assertThat(run(and("compact", and("--dry-run", table)))).isZero();
        assertThat(run(and("clean", and("--dry-run", table)))).isZero();
        assertThat(run(and("clean", and("--older-than", and("23h", table))))).isZero();

        assertThat(out().lines())
                .containsExactly(
                        "compacted 12 files into 2 · 1,005 rows · 3,456 bytes into 2,345 · 3 delete files folded",
                        "would compact 12 files into about 2 · 1,005 rows · 3 delete files",
                        "lake.shop.out VERSION AS OF 7 · 2 files · 34 bytes · snapshot of the table, older than is kept, and the"
                                + " files that it alone has",
                        "",
                        "would be removed 2 files · 34 bytes",
                        "lake.shop.out VERSION AS OF 7 · 2 files · 34 bytes · snapshot of the table, older than is kept, and the"
                                + " files that it alone has",
                        "",
                        "removed 2 files · 34 bytes");
        assertThat(err())
                .isEqualTo(
                        "crossfoot: files that no snapshot has were not looked for: a run that is under way may have them;"
                                + " give --older-than 24h or more\n");
        assertThat(run("clean", "--output", output, "--table-format", "iceberg"))
                .isEqualTo(2);
        assertThat(run("compact", "--table-format", "iceberg")).isEqualTo(2);
        assertThat(err())
                .contains(
                        "Cannot clean: output-table is not set; give --output-table DB.TABLE or CROSSFOOT_OUTPUT_TABLE")
                .contains("Cannot compact: output is not set; give --output PATH or CROSSFOOT_OUTPUT");
    }

    private static String[] and(String first, String... rest) {
        return Stream.concat(Stream.of(first), Stream.of(rest)).toArray(String[]::new);
    }

    @Test
    void aProfileIsKeptWhereItIsWanted() {
        Path file = folder.resolve("profiles/sales.json");

        assertThat(run("profile", "t", "--save", file.toString())).isZero();

        assertThat(out()).contains("profiled 0 rows · 0 columns");
        assertThat(Folders.read(file)).contains("\"suggested\" : \"Rules = []\"");
        assertThat(run("profile", "t", "--save", file + "/below")).isEqualTo(4);
        assertThat(err()).startsWith("crossfoot: Cannot keep the profile in " + file + "/below: ");
    }

    @Test
    void aProfileKnowsWhatContractsMark() {
        int exitCode = run(
                "profile", "t", "--sales-contract", "tel STRING COMMENT 'personal'", "--rename-sales", "Telephone=tel");

        assertThat(exitCode).as(err()).isZero();
        assertThat(engine.config.personal()).containsExactlyInAnyOrder("name", "email", "tel");
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    /** Keeps what it was asked for; {@code config} is null until it runs. */
    private static final class Recorder implements Engine, Session {
        private EnrichConfig config;
        private String asked = "";
        private Optional<String> master = Optional.empty();
        private Optional<String> refusal = Optional.empty();
        private Optional<Exception> failure = Optional.empty();

        @Override
        public Session start(Optional<String> master) {
            this.master = master;
            return this;
        }

        @Override
        public Outcome enrich(EnrichConfig config, Consumer<String> stages) {
            this.config = config;
            stages.accept("writing");
            failure.ifPresent(Recorder::<RuntimeException>throwUndeclared);
            Outcome.Balance balance = new Outcome.Balance(
                    1005, 5, 1000, 4, 1, 0, 1, new BigDecimal("1575.9700"), new BigDecimal("1575.97"));
            return new Outcome(refusal, balance, List.of(), Duration.ofMillis(3140), "{\"report\": 1}");
        }

        /** Throws as Scala does: whatever it is, undeclared. */
        @SuppressWarnings("unchecked") // the cast is erased: that is the trick
        private static <E extends Exception> void throwUndeclared(Exception thrown) throws E {
            throw (E) thrown;
        }

        @Override
        public Rows query(CatalogPlace catalog, Optional<String> database, String sql) {
            asked = "%s %s %s".formatted(catalog.text(), database.orElse("-"), sql);
            failure.ifPresent(Recorder::<RuntimeException>throwUndeclared);
            return new Rows(
                    List.of("id", "name"),
                    List.of(
                                    Arrays.<Object>asList(1, "a \"b\", c"),
                                    Arrays.<Object>asList(2, null),
                                    Arrays.<Object>asList(3, ""))
                            .iterator());
        }

        @Override
        public TableProfile profile(EnrichConfig config) {
            this.config = config;
            return new TableProfile(0, 0, List.of(), "Rules = []");
        }

        @Override
        public Outcome replay(EnrichConfig config, String run, Consumer<String> stages) {
            asked = run;
            return enrich(config, stages);
        }

        @Override
        public CompactionSummary compact(CompactConfig config, Consumer<String> stages) {
            asked = config.output();
            return new CompactionSummary(12, 3456, 2, 2345, 1005, config.table().isPresent() ? 3 : 0);
        }

        @Override
        public CompactionSummary planCompaction(CompactConfig config) {
            return new CompactionSummary(12, 3456, 2, 0, 1005, 3);
        }

        @Override
        public List<LeftOver> findLeftOvers(Cleaning cleaning, IcebergName table, Instant before) {
            return List.of(new LeftOver(Kind.EXPIRED, table + " VERSION AS OF 7", 2, 34, Instant.EPOCH));
        }

        @Override
        public List<LeftOver> clean(Cleaning cleaning, IcebergName table, Instant before) {
            return findLeftOvers(cleaning, table, before);
        }

        @Override
        public List<Finding> examine() {
            return List.of(new Finding("Spark", "3.5.6", "fine"));
        }

        @Override
        public void queryJson(CatalogPlace catalog, Optional<String> database, String sql, Consumer<String> rows) {
            rows.accept("{\"id\":1}");
            rows.accept("{\"id\":2}");
        }

        @Override
        public void close() {}
    }
}
