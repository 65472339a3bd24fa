package io.crossfoot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.error.CrossfootException;
import io.crossfoot.report.ReportJson;
import io.crossfoot.report.RunReport;
import io.crossfoot.testing.DuckDb;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each folder of {@code test-data/cases} is a run: its input, its settings, and what comes out. What each file holds is
 * said in {@code test-data/README.md}. A run that is refused finds an earlier output, and leaves it byte for byte.
 */
@ExtendWith(LocalSpark.class)
class CasesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** An output and its control folder, as an earlier run has left them. */
    @TempDir
    private static Path earlier;

    @BeforeAll
    static void publishOnce() {
        RunReport report = Pipeline.of(EnrichConfig.of(
                        settings(Folders.testData().resolve("cases/recipe"), earlier.resolve("out"), "earlier")))
                .run(LocalSpark.session());
        assertThat(report.published()).isTrue();
    }

    static Stream<String> cases() throws IOException {
        try (Stream<Path> folders = Files.list(Folders.testData().resolve("cases"))) {
            return folders
                    .filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> name.matches(System.getProperty("crossfoot.case", ".*")))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void endsAsItsFolderSays(String name, SparkSession spark, @TempDir Path scratch) throws IOException {
        if (isRefused(Folders.testData().resolve("cases").resolve(name))) {
            Folders.copy(earlier, scratch);
        }
        requireEnding(name, Map.of(), spark, scratch);
    }

    /** Runs a case, with settings added, and compares what comes out with what its folder says. */
    static void requireEnding(String name, Map<String, String> added, SparkSession spark, Path scratch)
            throws IOException {
        Path folder = Folders.testData().resolve("cases").resolve(name);
        Path output = scratch.resolve("out");
        Map<String, String> before = Folders.contents(output);
        Map<String, String> settings = settings(folder, output, "case");
        settings.putAll(added);

        List<String> ending = new ArrayList<>();
        RunReport report = null;
        try {
            report = Pipeline.of(EnrichConfig.of(settings)).run(spark);
            ending.add("exit " + report.exitCode());
            ending.addAll(report.verdict());
        } catch (CrossfootException refused) {
            ending.add("exit " + refused.exitCode());
            ending.addAll(refused.getMessage().lines().toList());
        }

        assertThat(ending.stream().map(line -> withoutPlaces(line, folder, scratch)))
                .containsExactlyElementsOf(expectedEnding(folder));
        if (isRefused(folder)) {
            assertThat(Folders.contents(output)).isEqualTo(before);
        } else {
            assertThat(output(output)).isEqualTo(lines(folder.resolve("expected-output.txt")));
        }
        List<String> expected = new ArrayList<>(lines(folder.resolve("expected-quarantine.jsonl")));
        boolean offsets = expected.toString().contains("source_offset");
        if (!added.isEmpty()) {
            // not every reader knows them
            expected.replaceAll(row -> row.replaceFirst("\"source_offset\":[0-9]+,", ""));
            offsets = false;
        }
        assertThat(quarantine(scratch, offsets)).containsExactlyInAnyOrderElementsOf(expected);
        if (report != null && Files.exists(folder.resolve("expected-report.json"))) {
            assertHolds(
                    JSON.readTree(Folders.read(folder.resolve("expected-report.json"))),
                    JSON.readTree(ReportJson.write(report)),
                    "");
        }
    }

    private static Map<String, String> settings(Path folder, Path output, String runId) {
        Map<String, String> settings = new HashMap<>();
        settings.put("sales", folder.resolve("sales").toString());
        settings.put("customers", folder.resolve("customers").toString());
        settings.put("output", output.toString());
        settings.put("run-id", runId);
        Path file = folder.resolve("settings.conf");
        if (Files.exists(file)) {
            Config config = ConfigFactory.parseFile(file.toFile());
            config.entrySet()
                    .forEach(entry -> settings.put(
                            entry.getKey().replace("\"", ""),
                            entry.getValue().unwrapped().toString().replace("${case}", folder.toString())));
        }
        return settings;
    }

    private static boolean isRefused(Path folder) {
        return !expectedEnding(folder).get(0).equals("exit 0");
    }

    private static List<String> expectedEnding(Path folder) {
        Path file = folder.resolve("expected-ending.txt");
        return Files.exists(file) ? lines(file) : List.of("exit 0");
    }

    private static List<String> output(Path output) {
        return Folders.tree(output).isEmpty()
                ? List.of()
                : DuckDb.query("SELECT * FROM " + DuckDb.parquet(output.toString()) + " ORDER BY ALL");
    }

    /** Quarantined rows without the run id, and without offsets unless a case tells them, with the name of the file instead of its path. */
    private static List<String> quarantine(Path scratch, boolean offsets) throws IOException {
        Path folder = scratch.resolve("_crossfoot/out/quarantine/case");
        List<String> rows = new ArrayList<>();
        for (String file : Folders.tree(folder)) {
            if (!file.endsWith(".json")) {
                continue;
            }
            for (String line : lines(folder.resolve(file))) {
                ObjectNode row = (ObjectNode) JSON.readTree(line);
                assertThat(row.remove("run_id").asText()).isEqualTo("case");
                if (!offsets) {
                    row.remove("source_offset");
                }
                row.put("source_file", row.get("source_file").asText().replaceFirst(".*/", ""));
                rows.add(JSON.writeValueAsString(row));
            }
        }
        return rows;
    }

    /** Everything that is expected is there; a report may hold more. */
    private static void assertHolds(JsonNode expected, JsonNode actual, String place) {
        if (expected.isObject()) {
            for (Map.Entry<String, JsonNode> field : expected.properties()) {
                assertHolds(field.getValue(), actual.path(field.getKey()), place + "/" + field.getKey());
            }
        } else {
            assertThat(actual.toString()).as(place).isEqualTo(expected.toString());
        }
    }

    private static String withoutPlaces(String line, Path folder, Path scratch) {
        return line.replace("file:" + folder, "${case}")
                .replace(folder.toString(), "${case}")
                .replace("file:" + scratch, "${scratch}")
                .replace(scratch.toString(), "${scratch}");
    }

    private static List<String> lines(Path file) {
        return Files.exists(file) ? Folders.read(file).lines().collect(Collectors.toList()) : List.of();
    }
}
