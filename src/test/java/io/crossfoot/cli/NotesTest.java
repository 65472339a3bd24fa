package io.crossfoot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.Pipeline;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.report.ReportJson;
import io.crossfoot.report.RunReport;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class NotesTest {
    @TempDir
    Path folder;

    @Test
    void fitAScreenHoweverManyReasonsThereAre(SparkSession spark) throws Exception {
        Folders.write(folder.resolve("s.csv"), "order_id,quantity,price,customer_id\n1,2,1.50,C1\n");
        Folders.write(folder.resolve("c.csv"), "customer_id\nC1\n");
        RunReport report = Pipeline.of(EnrichConfig.of(Map.of(
                        "sales", folder.resolve("s.csv").toString(),
                        "customers", folder.resolve("c.csv").toString(),
                        "output", folder.resolve("out").toString(),
                        "run-id", "daily")))
                .run(spark);
        ObjectNode json = (ObjectNode) new ObjectMapper().readTree(ReportJson.write(report));
        ArrayNode reasons = json.putArray("quarantine");
        for (int i = 0; i < 100_000; i++) {
            reasons.addObject()
                    .put("table", "sales")
                    .put("reason", "column is not in the contract")
                    .put("column", "c" + i)
                    .put("rows", i == 5000 ? 7 : 1);
        }

        List<String> notes = Notes.of(ReportJson.read(json.toString()), Instant.now());

        assertThat(notes)
                .hasSizeLessThan(30)
                .containsSubsequence(
                        "quarantined: 7 of sales: column is not in the contract (c5000)",
                        "quarantined: 99,980 for 99,980 more reasons; run-report.json has the most frequent thousand");
    }

    @Test
    void tellWhenARunIdWasUsedBefore(SparkSession spark) {
        Folders.write(folder.resolve("s.csv"), "order_id,quantity,price,customer_id\n1,2,1.50,C1\n");
        Folders.write(folder.resolve("c.csv"), "customer_id\nC1\n");
        EnrichConfig config = EnrichConfig.of(Map.of(
                "sales", folder.resolve("s.csv").toString(),
                "customers", folder.resolve("c.csv").toString(),
                "output", folder.resolve("out").toString(),
                "mode", "append",
                "run-id", "daily"));
        Instant began = Instant.now();
        RunReport report = Pipeline.of(config).run(spark);

        assertThat(Notes.of(report, began)).noneMatch(note -> note.startsWith("run daily"));
        assertThat(Notes.of(
                        Pipeline.of(config).run(spark),
                        Instant.parse(report.started()).plusSeconds(1)))
                .contains(
                        "run daily was started before, at %s, and is published: nothing was read now; for new sales choose another --run-id"
                                .formatted(report.started()));
    }
}
