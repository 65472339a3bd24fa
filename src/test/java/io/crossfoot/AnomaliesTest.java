package io.crossfoot;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.report.RunReport;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What runs say of themselves against the last ones. The history is written as runs write it, a line each. */
@ExtendWith(LocalSpark.class)
class AnomaliesTest {
    private static final String HEADER = "order_id,customer_id,product_name,quantity,price,order_date\n";

    @TempDir
    private Path folder;

    @BeforeEach
    void writeCustomers() {
        Folders.write(folder.resolve("customers/1.csv"), "customer_id,name,email,region\nC1,Ann,a@x,North\n");
        sales(100, 10);
    }

    /** Of so many sales of 2.00, so many have no customer. */
    private void sales(int rows, int unmatched) {
        Folders.write(
                folder.resolve("sales/1.csv"),
                HEADER
                        + IntStream.range(0, rows)
                                .mapToObj(
                                        i -> "%d,%s,Pen,1,2.00,2024-01-15\n".formatted(i, i < unmatched ? "C9" : "C1"))
                                .collect(Collectors.joining()));
    }

    private static String earlier(int number, int read, int unmatched) {
        return """
                {"run_id":"r%d","started":"2024-01-01T00:00:00Z","published":true,"read":%d,"written":%d,"quarantined":0,\
                "matched":%d,"unmatched":%d,"amount":%d.00,"seconds":3.1,"columns":{}}
                """.formatted(number, read, read, read - unmatched, unmatched, 2 * read);
    }

    private void history(String... lines) {
        Folders.write(folder.resolve("_crossfoot/out/output.txt"), "../../out\n");
        Folders.write(folder.resolve("_crossfoot/out/history.jsonl"), String.join("", lines));
    }

    private RunReport run(String... more) {
        return new Lake(folder).runOverAll(LocalSpark.session(), "today", more);
    }

    @Test
    void tellsInWordsAndPublishes(SparkSession spark) {
        history(earlier(1, 100, 2), earlier(2, 110, 2), earlier(3, 90, 3), earlier(4, 100, 1), earlier(5, 100, 2));

        RunReport report = run();

        assertThat(report.anomalies())
                .containsExactly("unmatched sales 10 % → 5 times the median of the last 5 runs (2.0 %)");
        assertThat(report.published()).isTrue();
        assertThat(Folders.read(folder.resolve("_crossfoot/out/runs/today/report.html")))
                .contains("unusual: unmatched sales 10 % → 5 times");
    }

    @Test
    void publishesNothingWhenToldToFail(SparkSession spark) {
        history(earlier(1, 1000, 100), earlier(2, 1100, 110), earlier(3, 900, 90));

        RunReport report = run("anomalies", "fail");

        assertThat(report.published()).isFalse();
        assertThat(report.verdict())
                .containsExactly(
                        "Cannot publish: unusual: sales read 100 → 0.10 times the median of the last 3 runs (1,000)",
                        "Cannot publish: unusual: total 200 → 0.10 times the median of the last 3 runs (2,000)");
        assertThat(folder.resolve("out")).doesNotExist();
        assertThat(run("anomalies", "none").published()).isTrue();
    }

    @Test
    void aQuietSundayIsLikeTheLast(SparkSession spark) {
        history(
                earlier(1, 1000, 100),
                earlier(2, 1000, 100),
                earlier(3, 120, 12),
                earlier(4, 1000, 100),
                earlier(5, 1000, 100),
                earlier(6, 1000, 100),
                earlier(7, 1000, 100),
                earlier(8, 1000, 100));

        assertThat(run().anomalies()).isEmpty();
    }

    /** The last seven runs know no Sunday, when there are two a day. */
    @Test
    void aQuietSundayIsLikeTheLastHoweverManyRunsADayHas(SparkSession spark) {
        String[] week = new String[16];
        for (int i = 0; i < week.length; i++) {
            String started = Instant.now()
                    .minus(Duration.ofHours(12L * (week.length - i) - 1))
                    .toString();
            int read = i < 2 ? 120 : 1000;
            week[i] = earlier(i, read, read / 10).replace("2024-01-01T00:00:00Z", started);
        }
        history(week);
        assertThat(run().anomalies()).isEmpty();

        history(Arrays.copyOfRange(week, 2, week.length));
        assertThat(run().anomalies()).hasSize(2);
    }

    /** Of which all rows were quarantined. */
    @Test
    void aRunWithoutATotalHidesNothing(SparkSession spark) {
        history(
                earlier(1, 1000, 100),
                earlier(2, 1000, 100),
                earlier(3, 1000, 100),
                earlier(4, 1000, 100).replace("\"amount\":2000.00", "\"amount\":0"));

        assertThat(run().anomalies()).contains("total 200 → 0.10 times the median of the last 3 runs (2,000)");
    }

    @Test
    void aHistoryThatIsCutInHalfIsReadAsFarAsItGoes(SparkSession spark) {
        String cut = earlier(9, 100, 2).substring(0, 60);
        history(earlier(1, 100, 2), "\n", earlier(2, 100, 2), "{}\n", earlier(3, 100, 2), cut);

        RunReport report = run();

        assertThat(report.anomalies())
                .containsExactly("unmatched sales 10 % → 5 times the median of the last 3 runs (2.0 %)");
        assertThat(report.warnings())
                .contains("history: 2 damaged lines of file:%s are left out"
                        .formatted(folder.resolve("_crossfoot/out/history.jsonl")));
    }

    @Test
    void remembersWhatRulesHaveMeasured(SparkSession spark) {
        for (String day : new String[] {"mon", "tue", "wed"}) {
            assertThat(run("run-id", day, "quality", "Completeness \"region\" > 0, Sum \"quantity\" > 0")
                            .anomalies())
                    .isEmpty();
        }
        sales(400, 200);

        RunReport report = run("quality", "Completeness \"region\" > 0, Sum \"quantity\" > 0");

        assertThat(report.anomalies())
                .containsExactly(
                        "sales read 400 → 4 times the median of the last 3 runs (100)",
                        "total 800 → 4 times the median of the last 3 runs (200)",
                        "unmatched sales 50 % → 5 times the median of the last 3 runs (10 %)",
                        "missing from enriched: Completeness \"region\" 50 % → 5 times the median of the last 3 runs (10 %)",
                        "enriched: Sum \"quantity\" 400 → 4 times the median of the last 3 runs (100)");
    }
}
