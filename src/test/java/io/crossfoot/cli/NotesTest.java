package io.crossfoot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.Pipeline;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.report.RunReport;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import java.nio.file.Path;
import java.time.Instant;
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
        assertThat(Notes.of(Pipeline.of(config).run(spark), began.plusSeconds(1)))
                .contains(
                        "run daily was started before, at %s, and is published: nothing was read now; for new sales choose another --run-id"
                                .formatted(report.started()));
    }
}
