package io.crossfoot.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfoot.testing.Child;
import io.crossfoot.testing.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./crossfoot} as people start it: on a machine whose default Java is newer than Spark can stand, and whose one
 * JDK 17 lies in the home folder. The build is there already, so that no Maven may be started.
 */
@Tag("launcher")
class LauncherIT {
    @TempDir
    Path scratch;

    private Path tools;
    private Path home;

    @BeforeEach
    void makeMachine() throws IOException {
        tools = scratch.resolve("tools/bin");
        home = scratch.resolve("home of someone");
        program(tools.resolve("mvn"), "echo 'Maven was started' >&2; exit 99");
        program(tools.resolve("java"), "echo 'openjdk version \"25.0.1\"' >&2; echo 'Java 25 was used'; exit 98");
        Folders.write(tools.resolveSibling("release"), "JAVA_VERSION=\"25.0.1\"\n");
        program(tools.resolve("javac"), "exit 98");
        Files.createDirectories(home.resolve(".jdks"));
        Files.createSymbolicLink(home.resolve(".jdks/jdk-17"), Path.of(System.getProperty("java.home")));
    }

    private static void program(Path file, String script) {
        Folders.write(file, "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Child.Ending crossfoot(Path folder, Path launcher, String... arguments) {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        return Child.of(folder, command)
                .with("PATH", tools + ":" + System.getenv("PATH"))
                .with("JAVA_HOME", scratch.resolve("tools").toString())
                .with("HOME", home.toString())
                .run();
    }

    private static Path launcher() {
        return Folders.root().resolve("crossfoot");
    }

    private static Path samples(String name) {
        return Folders.testData().resolve(name);
    }

    @Test
    void runsTheDemo() {
        String keep = scratch.resolve("demo").toString();
        Child.Ending ending = crossfoot(Folders.root(), Path.of("./crossfoot"), "demo", "--keep", keep);

        assertThat(ending.err()).isEmpty();
        assertThat(ending.out()).contains("Headphones").doesNotContain("\u001b");
        assertThat(ending.lastLine())
                .startsWith("published 5 rows · 5 matched · 0 unmatched · 0 quarantined · 1 file · 1,575.97 total · ");
        assertThat(ending.exitCode()).isZero();
    }

    @Test
    void helpsOnOneScreen() {
        Child.Ending ending = crossfoot(scratch, launcher(), "enrich", "--help");

        assertThat(ending.err()).isEmpty();
        assertThat(ending.out())
                .startsWith("Usage: crossfoot enrich --sales PATH")
                .doesNotContain("\u001b");
        assertThat(ending.out().lines()).hasSizeLessThanOrEqualTo(50).allMatch(line -> line.length() <= 100);
        assertThat(ending.exitCode()).isZero();
    }

    /** Through a link to a link, as a package manager or a user would set it up. */
    @Test
    void explainsItsSettingsFromAnotherFolderThroughALink() throws IOException {
        Path other = Files.createDirectories(scratch.resolve("another folder"));
        Files.createSymbolicLink(other.resolve("first"), launcher());
        Files.createSymbolicLink(other.resolve("crossfoot"), Path.of("first"));

        Child.Ending ending = crossfoot(
                other,
                Path.of("./crossfoot"),
                "enrich",
                "--sales",
                "my sales/*.csv",
                "--customers=c",
                "--output",
                "out",
                "--explain-config");

        assertThat(ending.err()).isEmpty();
        assertThat(ending.out())
                .containsPattern("(?m)^sales +my sales/\\*\\.csv +flag$")
                .containsPattern("(?m)^mode +overwrite$");
        assertThat(ending.exitCode()).isZero();
    }

    @Test
    void takesRelativePathsWithBlanksForThoseOfTheCallersFolder() throws IOException {
        Path other = Files.createDirectories(scratch.resolve("another folder"));
        Files.createDirectories(other.resolve("my sales"));
        Files.copy(samples("sales/sample-sales.csv"), other.resolve("my sales/of today.csv"));
        Files.copy(samples("customers/sample-customers.json"), other.resolve("customers.json"));

        Child.Ending ending = crossfoot(
                other,
                launcher(),
                "enrich",
                "--sales",
                "my sales",
                "--customers",
                "customers.json",
                "--output",
                "my output",
                "--rules",
                "Rules = [ ColumnValues \"quantity\" > 0 ]",
                "--json");

        assertThat(ending.err()).isEmpty();
        assertThat(new ObjectMapper().readTree(ending.out()).get("published").asBoolean())
                .isTrue();
        assertThat(ending.exitCode()).isZero();
        assertThat(Folders.tree(other.resolve("my output"))).hasSize(1);
        assertThat(other.resolve("_crossfoot/my output/runs")).isDirectory();
    }

    @Test
    void startsASmallRunQuicklyAndALargeOneToRunQuickly() throws IOException {
        Path jdk = scratch.resolve("jdk");
        Folders.write(jdk.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
        program(jdk.resolve("bin/javac"), "exit 98");
        // what is made for later starts is made in earnest
        String java = System.getProperty("java.home") + "/bin/java";
        program(
                jdk.resolve("bin/java"),
                "case \"$*\" in *ArchiveClassesAtExit*) exec '%s' \"$@\" ;; esac; printf '%%s ' \"$@\""
                        .formatted(java));
        Path large = Files.write(scratch.resolve("large.csv"), new byte[11 << 20]);
        Path larger = Files.write(scratch.resolve("larger.json"), new byte[33 << 20]);
        String quick = " -XX:TieredStopAtLevel=1 ";

        assertThat(javaOf("--sales", samples("sales"), "--customers", samples("customers")))
                .contains(quick);
        assertThat(javaOf("--customers=" + samples("customers"), "--sales=" + samples("sales")))
                .contains(quick);
        assertThat(javaOf("--sales", large, "--customers", samples("customers")))
                .doesNotContain(quick)
                .contains(" -XX:+UseParallelGC ");
        assertThat(javaOf("--sales", samples("sales"), "--customers", large)).contains(quick);
        assertThat(javaOf("--sales", samples("sales"), "--customers", larger)).doesNotContain(quick);
        assertThat(javaOf("--sales", "s3://raw/sales", "--customers", samples("customers")))
                .doesNotContain(quick);
        assertThat(javaOf("--customers", samples("customers"))).doesNotContain(quick);
    }

    private String javaOf(Object... settings) {
        List<String> command = new ArrayList<>(List.of(launcher().toString(), "enrich"));
        Arrays.stream(settings).map(Object::toString).forEach(command::add);
        Child.Ending ending = Child.of(scratch, command)
                .with("CROSSFOOT_JAVA_HOME", scratch.resolve("jdk").toString())
                .run();
        assertThat(ending.err()).isEmpty();
        return ending.out();
    }

    @Test
    void passesOnTheExitCodeAndTheMessage() {
        Child.Ending ending = crossfoot(scratch, launcher(), "enirch");

        assertThat(ending.exitCode()).isEqualTo(2);
        assertThat(ending.out()).isEmpty();
        assertThat(ending.err())
                .isEqualTo("crossfoot: Cannot run 'enirch': there is no such command; did you mean 'enrich'?\n");
    }

    /** Whether a terminal sees colour is the launcher's to find out, and NO_COLOR's to refuse. */
    @Test
    void showsColourOnlyOnATerminal() {
        assertThat(onATerminal("")).contains("\u001b[");
        assertThat(onATerminal("1")).doesNotContain("\u001b[");
    }

    private String onATerminal(String noColor) {
        String help = launcher() + " enrich --help";
        boolean bsd = System.getProperty("os.name").startsWith("Mac");
        List<String> inTerminal = bsd
                ? List.of("script", "-q", "/dev/null", "sh", "-c", help)
                : List.of("script", "-qec", help, "/dev/null");
        Child.Ending ending = Child.of(scratch, inTerminal)
                .with("PATH", tools + ":" + System.getenv("PATH"))
                .with("JAVA_HOME", scratch.resolve("tools").toString())
                .with("HOME", home.toString())
                .with("TERM", "xterm")
                .with("NO_COLOR", noColor)
                .run();
        assertThat(ending.out()).contains("crossfoot enrich");
        return ending.out();
    }
}
