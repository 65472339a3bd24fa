package io.crossfoot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.report.RunReport;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Objects of JSON have the keys that they have: only the beginning of a file is looked at before it is read. */
@ExtendWith(LocalSpark.class)
class ColumnsThatNoSampleShowsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SHOWN =
            "{\"order_id\":1,\"customer_id\":\"C1\",\"product_name\":\"Pen\",\"quantity\":2,\"price\":1.50}\n";

    @TempDir
    Path folder;

    @BeforeEach
    void write() {
        Folders.write(folder.resolve("customers/c.csv"), "customer_id,name,email,region\nC1,Ann,a@x.org,North\n");
        String late =
                SHOWN.replace("}\n", ",\"order_date\":\"2024-01-15\",\"note\":\"say \\\"hi\\\"\",\"tax\":null}\n");
        Folders.write(
                folder.resolve("sales/s.json"),
                SHOWN.repeat(5000)
                        + late.replace("\"order_id\":1", "\"order_id\":7")
                        + late.replace("\"order_id\":1", "\"order_id\":8")
                                .replace("\"quantity\":2", "\"quantity\":2.5"));
    }

    @Test
    void areReadWhereTheContractNamesThemAndToldOfWhereItDoesNot(SparkSession spark) {
        RunReport report = Pipeline.of(config("r1")).run(spark);

        assertThat(report.warnings())
                .contains(
                        "sales: 2 rows have columns left out that neither the contract names nor the beginning of a file shows, such as 'tax'");
        assertThat(published(spark)).contains("7|2024-01-15").doesNotContain("8|2024-01-15");
    }

    @Test
    void areInTheQuarantineAsTheyCameAndReplayedFromThere(SparkSession spark) throws Exception {
        Pipeline.of(config("r1")).run(spark);
        Path quarantine = quarantined("r1");

        JsonNode row = JSON.readTree(
                JSON.readTree(Folders.read(quarantine)).path("row").asText());
        assertThat(row)
                .isEqualTo(JSON.readTree(
                        "{\"order_id\":\"8\",\"customer_id\":\"C1\",\"product_name\":\"Pen\",\"quantity\":\"2.5\",\"price\":\"1.50\","
                                + "\"order_date\":\"2024-01-15\",\"note\":\"say \\\"hi\\\"\",\"tax\":null}"));
        Folders.write(quarantine, Folders.read(quarantine).replace("2.5\\\"", "3\\\""));
        Pipeline.of(config("r2", "mode", "append", "quality", "none"))
                .replaying("r1")
                .run(spark);
        assertThat(published(spark)).contains("7|2024-01-15", "8|2024-01-15");
    }

    @Test
    void makeARowOneForQuarantineWhereTheyAreToBeKept(SparkSession spark) throws Exception {
        RunReport report = Pipeline.of(config("r1", "extra-columns", "keep")).run(spark);

        assertThat(report.warnings()).noneMatch(warning -> warning.contains("left out"));
        assertThat(report.sales().quarantined()).isEqualTo(2);
        assertThat(Folders.read(quarantined("r1")).lines().toList())
                .anySatisfy(line -> assertThat(line)
                        .contains("\"reason\":\"column is not in the contract\",\"column\":\"tax\"")
                        .contains("say"));
    }

    private Path quarantined(String run) {
        Path quarantine = folder.resolve("_crossfoot/out/quarantine").resolve(run);
        List<String> files = Folders.tree(quarantine).stream()
                .filter(file -> file.endsWith(".json"))
                .toList();
        assertThat(files).hasSize(1);
        return quarantine.resolve(files.get(0));
    }

    private List<String> published(SparkSession spark) {
        return spark.read().parquet(folder.resolve("out").toString()).filter("order_id > 1").collectAsList().stream()
                .map(row -> row.getAs("order_id") + "|" + row.getAs("order_date"))
                .toList();
    }

    private EnrichConfig config(String run, String... more) {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "sales", folder.resolve("sales").toString(),
                "customers", folder.resolve("customers").toString(),
                "output", folder.resolve("out").toString(),
                "run-id", run));
        List<String> others = new ArrayList<>(List.of(more));
        for (int i = 0; i < others.size(); i += 2) {
            settings.put(others.get(i), others.get(i + 1));
        }
        return EnrichConfig.of(settings);
    }
}
