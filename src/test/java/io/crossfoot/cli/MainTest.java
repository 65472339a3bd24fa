package io.crossfoot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.error.LockedException;
import io.crossfoot.error.ShapeException;
import io.crossfoot.error.StorageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    private static final String[] ENRICH = {"enrich", "--sales", "s", "--customers", "c", "--output", "o"};

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();
    private final Recorder engine = new Recorder();

    @ParameterizedTest
    @ValueSource(
            strings = {"--help", "-h", "help", "enrich --help", "help enrich", "enrich --no-such-flag -h", "demo --help"
            })
    void helpFitsAScreen(String arguments) {
        int exitCode = run(arguments.split(" "));

        assertThat(exitCode).isZero();
        assertThat(out()).startsWith("Usage: crossfoot ");
        assertThat(out().lines()).hasSizeLessThanOrEqualTo(40).allMatch(line -> line.length() <= 100);
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
                        "mode|overwrite|default",
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
    void demoShowsItsRowsFirst() {
        environment.put("CROSSFOOT_HOME", System.getProperty("crossfoot.root"));

        int exitCode = run("demo");

        assertThat(exitCode).isZero();
        assertThat(out()).startsWith("id\n--\n 1\n\nbalance ").contains("published 5 rows");
        assertThat(engine.config.sales().location()).endsWith("test-data/sales/sample-sales.csv");
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

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    /** Keeps what it was asked for; {@code config} is null until it runs. */
    private static final class Recorder implements Engine, Session {
        private EnrichConfig config;
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
        public ConsoleTable rows(String location, int limit) {
            return ConsoleTable.of(List.of("id"), List.of(List.of(1)));
        }

        @Override
        public void close() {}
    }
}
