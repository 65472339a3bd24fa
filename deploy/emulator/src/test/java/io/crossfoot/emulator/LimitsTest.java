package io.crossfoot.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.emulator.http.Operations;
import io.crossfoot.emulator.moto.Moto;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of README.md tell what the code does. */
class LimitsTest {
    private static final Path ROOT = Path.of(System.getProperty("crossfoot.root"));

    @Test
    void theTablesNameEveryOperationOnceAndWhatHappensToIt() throws IOException {
        String text = Files.readString(ROOT.resolve("deploy/emulator/README.md"));
        String glue = section(text, "### Glue");
        String athena = section(text, "### Athena");

        Operations operations = operations();

        List<String> real = Stream.of(
                        listed("AWSGlue.", glue, "real"),
                        listed("AmazonAthena.", athena, "real"),
                        listed("AWSEvents.", section(text, "### EventBridge"), "real"))
                .flatMap(List::stream)
                .toList();
        assertThat(real).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(real)).isEqualTo(operations.real());
        assertThat(union(listed("AWSGlue.", glue, "passed on"), listed("AmazonAthena.", athena, "passed on")))
                .isEqualTo(operations.passedOn());
    }

    @Test
    void theTableNamesEveryTypeOfCloudFormation() throws IOException {
        String told = section(Files.readString(ROOT.resolve("deploy/emulator/README.md")), "### CloudFormation");
        String made;
        try (InputStream script = Emulator.class.getResourceAsStream("cloudformation_types.py")) {
            made = new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }

        assertThat(types("AWS::\\w+::\\w+", told)).isEqualTo(types("(?<=    \")AWS::\\w+::\\w+(?=\": )", made));
    }

    private static Set<String> types(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    private static Operations operations() {
        ExecutorService executor = Executors.newCachedThreadPool();
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
        URI nowhere = URI.create("http://127.0.0.1:1");
        try {
            return Emulator.operations(
                    new Installation(ROOT),
                    () -> nowhere,
                    Path.of("work"),
                    new Moto(nowhere, "secret"),
                    Clock.systemUTC(),
                    executor,
                    timer);
        } finally {
            executor.shutdownNow();
            timer.shutdownNow();
        }
    }

    private static String section(String text, String heading) {
        String from = text.substring(text.indexOf(heading) + heading.length());
        return from.substring(0, from.indexOf("\n#"));
    }

    private static List<String> listed(String service, String section, String kind) {
        return Pattern.compile("\\| (.*) \\| " + kind + " \\|")
                .matcher(section)
                .results()
                .flatMap(row -> Stream.of(row.group(1).split(", ")))
                .map(service::concat)
                .toList();
    }

    private static Set<String> union(List<String> some, List<String> others) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(others);
        assertThat(all).as("named once").hasSize(some.size() + others.size());
        return all;
    }
}
