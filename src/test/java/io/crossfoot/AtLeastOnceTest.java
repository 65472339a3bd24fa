package io.crossfoot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.error.StorageException;
import io.crossfoot.error.UsageException;
import io.crossfoot.report.RunReport;
import io.crossfoot.testing.DuckDb;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import io.crossfoot.testing.NewFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Sales that come at least once are published exactly once, wherever a run dies. */
@ExtendWith(LocalSpark.class)
class AtLeastOnceTest {
    private static final String HEADER = "order_id,customer_id,product_name,quantity,price,order_date\n";
    private static final long LONG_AGO = 1_700_000_000_000L;

    @TempDir
    Path scratch;

    private int places;

    /** Ends a run as a kill would. */
    private static final class Cut extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Cut() {
            super("cut here");
        }
    }

    /** An output, and sales that are new to it. */
    private final class Place {
        private final Path root = scratch.resolve("place-" + places++);
        private final Path input;
        private final NewFiles sales;

        Place() {
            input = root.resolve("in");
            sales = new NewFiles(input.resolve("sales"));
            Folders.write(
                    input.resolve("customers/c.json"),
                    "{\"customer_id\": \"C1\", \"name\": \"Ann\", \"email\": \"a@x.org\", \"region\": \"North\"}\n");
        }

        /** A copy of the output, with the same input. */
        Place(Place other) {
            input = other.input;
            sales = other.sales.another();
            for (String folder : List.of("out", "_crossfoot")) {
                Folders.copy(other.root.resolve(folder), root.resolve(folder));
            }
        }

        void withdraw(String file) {
            assertThat(input.resolve("sales/" + file).toFile().delete()).isTrue();
        }

        void deliver(String file, String... rows) {
            write(file, LONG_AGO, rows);
        }

        void write(String file, long modified, String... rows) {
            Path path = Folders.write(input.resolve("sales/" + file), HEADER + String.join("\n", rows) + "\n");
            try {
                Files.setLastModifiedTime(path, FileTime.fromMillis(modified));
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        RunReport run(SparkSession spark, String runId) {
            return run(spark, runId, sales::acknowledge, point -> {});
        }

        RunReport run(SparkSession spark, String runId, Acknowledgement acknowledgement, Consumer<String> points) {
            EnrichConfig config = EnrichConfig.of(settings(runId));
            return Pipeline.of(config)
                    .reading(new Sources(sales, Sources.of(config).customers()))
                    .acknowledging(acknowledgement)
                    .telling(points)
                    .run(spark);
        }

        Map<String, String> settings(String runId) {
            Map<String, String> settings = new HashMap<>();
            settings.put("sales", input.resolve("sales").toString());
            settings.put("customers", input.resolve("customers").toString());
            settings.put("output", root.resolve("out").toString());
            settings.put("mode", "append");
            settings.put("partition-by", "region");
            settings.put("max-quarantine", "60%");
            settings.put("run-id", runId);
            return settings;
        }

        List<String> rows() {
            Path out = root.resolve("out");
            return Folders.tree(out).isEmpty()
                    ? List.of()
                    : DuckDb.query("SELECT order_id, region, total_amount FROM %s ORDER BY ALL"
                            .formatted(DuckDb.parquet(out.toString())));
        }

        /** The quarantine of the runs that have published. */
        List<String> quarantined() {
            return control().stream()
                    .filter(file -> file.startsWith("quarantine/") && file.endsWith(".json"))
                    .filter(file -> control().contains("runs/%s/published.json".formatted(file.split("/")[1])))
                    .flatMap(file -> Folders.read(root.resolve("_crossfoot/out").resolve(file))
                            .lines())
                    .toList();
        }

        List<String> control() {
            return Folders.tree(root.resolve("_crossfoot/out"));
        }
    }

    /** The first point of each kind; PublicationCutTest cuts at all that lie between. */
    private static List<Integer> cuts(List<String> points, String... starts) {
        return Arrays.stream(starts)
                .map(start -> IntStream.range(0, points.size())
                        .filter(i -> points.get(i).startsWith(start))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no point %s in %s".formatted(start, points))))
                .toList();
    }

    private Place first(SparkSession spark) {
        Place place = new Place();
        place.deliver("a.csv", "1,C1,Pen,2,1.50,2024-01-15");
        place.run(spark, "run-0");
        place.deliver("b.csv", "2,C1,Ink,1,9.99,2024-01-15", "3,C1,Ink,x,9.99,2024-01-15");
        place.deliver("c.csv", "4,C9,Cap,3,0.10,2024-01-16");
        return place;
    }

    @Test
    void isPublishedOnceWhereverARunIsCutShort(SparkSession spark) {
        List<String> points = new ArrayList<>();
        Place first = first(spark);
        Place uncut = new Place(first);
        uncut.run(spark, "run-1", uncut.sales::acknowledge, points::add);
        uncut.deliver("d.csv", "5,C1,Box,1,4.00,2024-02-17");
        uncut.run(spark, "run-2");
        uncut.withdraw("d.csv");
        assertThat(uncut.rows()).hasSize(1 + 4);

        for (int cut :
                cuts(points, "balance", "publish: begin", "published: ", "noted: ", "register", "acknowledged: ")) {
            Place place = new Place(first);
            int last = cut;
            int[] passed = {0};
            assertThatThrownBy(() -> place.run(spark, "run-1", place.sales::acknowledge, point -> {
                        if (passed[0]++ == last) {
                            throw new Cut();
                        }
                    }))
                    .isInstanceOf(Cut.class)
                    .hasMessage("cut here");
            place.deliver("d.csv", "5,C1,Box,1,4.00,2024-02-17");

            place.run(spark, "run-2");
            place.withdraw("d.csv");

            assertThat(place.rows()).as("cut at " + points.get(cut)).isEqualTo(uncut.rows());
            assertThat(place.quarantined()).as("cut at " + points.get(cut)).hasSize(1);
            assertThat(place.control())
                    .as("cut at " + points.get(cut))
                    .doesNotContain("unacknowledged.json", "journal.json");
        }
    }

    @Test
    void replacesWhatWasPublishedAndNotAcknowledgedAndForgetsThatRun(SparkSession spark) {
        Place place = first(spark);
        place.run(spark, "run-1", () -> false, point -> {});
        assertThat(place.control()).contains("unacknowledged.json", "runs/run-1/published.json");
        List<String> once = place.rows();

        place.run(spark, "run-2");

        assertThat(place.rows()).isEqualTo(once);
        assertThat(place.control())
                .contains("runs/run-0/published.json", "runs/run-2/published.json")
                .noneMatch(file -> file.contains("run-1") || file.contains("unacknowledged"));
        assertThat(Folders.tree(place.root.resolve("out"))).noneMatch(file -> file.contains("run-1"));
    }

    @Test
    void replacesTheWorkOfARunThatDiedWhileItReplaced(SparkSession spark) {
        List<String> points = new ArrayList<>();
        Place first = first(spark);
        first.run(spark, "run-1", () -> false, point -> {});
        Place uncut = new Place(first);
        uncut.run(spark, "run-2", uncut.sales::acknowledge, points::add);

        for (int cut : cuts(points, "publish: begin", "deleted: ", "register")) {
            Place place = new Place(first);
            int last = cut;
            int[] passed = {0};
            assertThatThrownBy(() -> place.run(spark, "run-2", place.sales::acknowledge, point -> {
                        if (passed[0]++ == last) {
                            throw new Cut();
                        }
                    }))
                    .isInstanceOf(Cut.class)
                    .hasMessage("cut here");

            place.run(spark, "run-3");

            assertThat(place.rows()).as("cut at " + points.get(cut)).isEqualTo(uncut.rows());
            assertThat(place.quarantined()).as("cut at " + points.get(cut)).hasSize(1);
        }
    }

    /** The source knows nothing of what was read past it, and hands it out again. */
    @Test
    void refusesToAddToWhatWasReadWithoutTheSource(SparkSession spark) {
        Place place = first(spark);
        Map<String, String> whole = place.settings("run-1");
        whole.put("mode", "overwrite");
        Pipeline.of(EnrichConfig.of(whole)).run(spark);
        List<String> once = place.rows();

        assertThatThrownBy(() -> place.run(spark, "run-2"))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("Cannot append with a bookmark: run run-1 has published all sales without it");

        assertThat(place.rows()).isEqualTo(once);
        Folders.delete(place.root.resolve("out"));
        Folders.delete(place.root.resolve("_crossfoot"));
        assertThat(place.run(spark, "run-3").published()).isTrue();
    }

    @Test
    void keepsWhatWasAcknowledgedThoughTheNoteStayed(SparkSession spark) {
        Place place = first(spark);
        place.run(
                spark,
                "run-1",
                () -> {
                    place.sales.acknowledge();
                    return false;
                },
                point -> {});
        List<String> rows = place.rows();
        place.run(spark, "run-2");
        assertThat(place.rows()).isEqualTo(rows);
        assertThat(place.control()).doesNotContain("unacknowledged.json");
    }

    @Test
    void changesNothingWhenThereIsNothingNew(SparkSession spark) {
        Place place = first(spark);
        place.run(spark, "run-1");
        List<String> files = Folders.tree(place.root.resolve("out"));
        List<String> control = place.control();

        RunReport noFile = place.run(spark, "run-2");
        place.deliver("empty.csv");
        RunReport noRow = place.run(spark, "run-3");

        assertThat(List.of(noFile.exitCode(), noRow.exitCode())).containsOnly(0);
        assertThat(noFile.balance().read()).isZero();
        assertThat(Folders.tree(place.root.resolve("out"))).isEqualTo(files);
        assertThat(place.control())
                .containsAll(control)
                .hasSize(control.size() + 4)
                .contains("runs/run-2/run-report.json", "runs/run-2/report.html", "runs/run-3/report.html");
    }

    @Test
    void refusesToGuessWhenTheWitnessWasWrittenAnew(SparkSession spark) {
        Place place = first(spark);
        place.run(spark, "run-1", () -> false, point -> {});
        List<String> rows = place.rows();
        place.write("c.csv", LONG_AGO + 1000, "4,C9,Cap,3,0.20,2024-01-16");

        assertThatThrownBy(() -> place.run(spark, "run-2"))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith(
                        "Cannot go on: run run-1 died between publishing and telling the source so, and ")
                .hasMessageContaining("/sales/c.csv, which it had read, was written anew since")
                .hasMessageContaining("/_crossfoot/out/unacknowledged.json; if not, delete the 2 output files");
        assertThat(place.rows()).isEqualTo(rows);
    }

    @Test
    void refusesToGuessWhenNoFileBearsWitness(SparkSession spark) {
        Place place = first(spark);
        // newer than the run: what was read may have been another
        place.write("c.csv", System.currentTimeMillis() + 3_600_000, "4,C9,Cap,3,0.10,2024-01-16");
        place.run(spark, "run-1", () -> false, point -> {});

        assertThatThrownBy(() -> place.run(spark, "run-2"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("it did not know which files it had read");
    }

    @Test
    void startsARunOfTheSameNameAgainUntilItWasAcknowledged(SparkSession spark) {
        Place place = first(spark);
        place.run(spark, "run-1", () -> false, point -> {});
        List<String> once = place.rows();
        place.run(spark, "run-1");
        assertThat(place.rows()).isEqualTo(once);

        place.deliver("d.csv", "5,C1,Box,1,4.00,2024-02-17");
        assertThatThrownBy(() -> place.run(spark, "run-1"))
                .isInstanceOf(UsageException.class)
                .hasMessage("Cannot start run run-1: it has published before; give each run an id of its own");
        assertThat(place.rows()).isEqualTo(once);
    }

    @Test
    void doesNotTellTheSourceOfARunThatWasRefused(SparkSession spark) {
        Place place = first(spark);
        place.deliver("c.csv", "x,C9,Cap,3,0.10,2024-01-16");

        RunReport refused = place.run(spark, "run-1");

        assertThat(refused.exitCode()).isEqualTo(1);
        place.deliver("c.csv", "4,C9,Cap,3,0.10,2024-01-16");
        place.run(spark, "run-2");
        assertThat(place.rows()).hasSize(1 + 3);
    }

    @Test
    void refusesToReplaceHistoryByWhatIsNew(SparkSession spark) {
        Place place = first(spark);
        Map<String, String> settings = place.settings("run-1");
        settings.put("mode", "overwrite");
        Pipeline pipeline = Pipeline.of(EnrichConfig.of(settings)).acknowledging(() -> true);

        assertThatThrownBy(() -> pipeline.run(spark))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("Cannot use mode = overwrite: the source hands out new sales only");
    }
}
