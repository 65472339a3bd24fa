package io.crossfoot.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.contract.Contract;
import io.crossfoot.testing.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The README is true: each command in a {@code console} block is run, and prints what stands below it. {@code …} stands
 * for anything, on a line of its own for any lines; times differ.
 */
@Tag("launcher")
class ReadmeIT {
    private static final Pattern CONSOLE = Pattern.compile("```console\\n\\$ (.*?)\\n(.*?)```", Pattern.DOTALL);
    private static final String README = Folders.read(Folders.root().resolve("README.md"));

    static Stream<List<String>> commands() {
        return CONSOLE.matcher(README).results().map((MatchResult found) -> List.of(found.group(1), found.group(2)));
    }

    /** The first time is shown, and nothing of an earlier build must make it the second. */
    @BeforeAll
    static void forgetEarlierRuns() {
        List.of("target/demo", "target/messy", "target/new", "target/lake")
                .forEach(folder -> Folders.delete(Folders.root().resolve(folder)));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void printsWhatItShows(List<String> commandAndOutput) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", commandAndOutput.get(0))
                .directory(Folders.root().toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();

        assertThat(printed).matches(pattern(commandAndOutput.get(1)));
    }

    @Test
    void showsTheContractsThatAreBuiltIn() {
        assertThat(README).contains("`" + Contract.SALES + "`", "`" + Contract.CUSTOMERS + "`");
    }

    @Test
    void hasCommands() {
        assertThat(commands()).hasSizeGreaterThanOrEqualTo(3);
    }

    private static Pattern pattern(String shown) {
        String lines = shown.lines()
                .map(line -> line.equals("…") ? "(?s:.*)" : line(line) + "\\n")
                .collect(Collectors.joining());
        return Pattern.compile(lines);
    }

    private static String line(String shown) {
        return Stream.of(shown.split("…", -1))
                .map(text -> Pattern.quote(text).replaceAll("[0-9]+\\.[0-9] s", "\\\\E[0-9]+\\\\.[0-9] s\\\\Q"))
                .collect(Collectors.joining(".*"));
    }
}
