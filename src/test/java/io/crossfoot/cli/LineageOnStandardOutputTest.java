package io.crossfoot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfoot.report.ReportJson;
import io.crossfoot.testing.Child;
import io.crossfoot.testing.Folders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --lineage stdout} in a process of its own, whose locale has no letter but those of ASCII. */
class LineageOnStandardOutputTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void isALineForEachEventBeforeTheAccount() throws JsonProcessingException {
        Child.Ending ending = enriched();

        assertThat(ending.exitCode()).as(ending.err()).isZero();
        assertThat(ending.err()).isEmpty();
        List<String> lines = ending.out().lines().toList();
        JsonNode started = JSON.readTree(lines.get(0));
        JsonNode ended = JSON.readTree(lines.get(1));
        assertThat(List.of(
                        started.path("eventType").asText(),
                        ended.path("eventType").asText()))
                .containsExactly("START", "COMPLETE");
        assertThat(ended.at(
                                "/outputs/0/facets/columnLineage/fields/total_amount/inputFields/0/transformations/0/description")
                        .asText())
                .isEqualTo("sales.quantity × sales.price");
        assertThat(lines.subList(2, lines.size())).noneMatch(line -> line.startsWith("{"));
        assertThat(ending.lastLine()).startsWith("published 5 rows · 5 matched · ");
        assertThat(folder.resolve("_crossfoot/out/runs/run/lineage.jsonl")).doesNotExist();
    }

    @Test
    void isBeforeTheReportWhereThatIsAskedForAsJson() {
        Child.Ending ending = enriched("--json");

        assertThat(ending.exitCode()).as(ending.err()).isZero();
        List<String> lines = ending.out().lines().toList();
        assertThat(lines.subList(0, 2)).allMatch(line -> line.startsWith("{\"eventType\":"));
        assertThat(ReportJson.read(String.join("\n", lines.subList(2, lines.size())))
                        .published())
                .isTrue();
    }

    private Child.Ending enriched(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "enrich",
                "--sales",
                Folders.testData().resolve("sales").toString(),
                "--customers",
                Folders.testData().resolve("customers").toString(),
                "--output",
                folder.resolve("out").toString(),
                "--run-id",
                "run",
                "--lineage",
                "stdout"));
        arguments.addAll(List.of(more));
        return Child.test(folder, Main.class, arguments.toArray(String[]::new))
                .with("LC_ALL", "POSIX")
                .run();
    }
}
