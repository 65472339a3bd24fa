package io.crossfoot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.error.UsageException;
import io.crossfoot.report.RunPages;
import io.crossfoot.report.RunReport;
import io.crossfoot.report.RunSummary;
import io.crossfoot.sink.ControlFolder;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The pages of an output whose runs went well, were refused, found nothing, and were cleaned away. */
@ExtendWith(LocalSpark.class)
class RunPagesTest {
    @TempDir
    Path folder;

    private Lake lake;
    private RunPages pages;

    @BeforeEach
    void publish(SparkSession spark) {
        lake = new Lake(folder);
        lake.customers("C1,Ann,a@x.org,North");
        lake.deliver("a.csv", "1,C1,Pen,2,1.50,2024-01-15");
        lake.run(spark, "r1");
        pages = new RunPages(
                ControlFolder.of(new org.apache.hadoop.fs.Path(lake.output()), Optional.empty(), new Configuration()),
                new Configuration());
    }

    private void refuse(SparkSession spark) {
        lake.deliver("b.csv", "2,C1,Pen,x,1.50,2024-01-15");
        RunReport refused = lake.run(spark, "refused", "max-quarantine", "0");
        assertThat(refused.published()).isFalse();
    }

    private String page(String run) {
        return Folders.read(lake.control().resolve("runs").resolve(run).resolve("report.html"));
    }

    @Test
    void whatWasCleanedAwayIsNotTheLatestAndHasNoLink(SparkSession spark) {
        refuse(spark);
        assertThat(pages.latest()).map(RunReport::runId).hasValue("refused");

        Cleaning.of(lake.output(), Optional.empty(), new Configuration(), "clean")
                .remove(Instant.now().plus(Duration.ofDays(1)));

        assertThat(pages.latest()).map(RunReport::runId).hasValue("r1");
        pages.writeIndex();
        assertThat(Folders.read(lake.control().resolve("index.html")))
                .contains("href=\"runs/r1/report.html\"", ">refused<")
                .doesNotContain("runs/refused");
        assertThatThrownBy(() -> pages.known("report", "refused"))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "Cannot report: the report of run 'refused' of file:%s is gone: it was refused, and clean removes what such runs leave"
                                .formatted(lake.output()));
    }

    @Test
    void aRunThatNeverWasIsNoneOfThem() {
        assertThatThrownBy(() -> pages.known("report", "r11"))
                .isInstanceOf(UsageException.class)
                .hasMessage("Cannot report: file:%s has no run 'r11'; did you mean 'r1'?".formatted(lake.output()));
    }

    @Test
    void aRunThatIsAskedForAgainStaysWhereItWas(SparkSession spark) {
        lake.deliver("b.csv", "2,C1,Pen,2,1.50,2024-01-15");
        lake.run(spark, "r2");

        lake.run(spark, "r1");

        assertThat(pages.history().runs()).extracting(RunSummary::runId).containsExactly("r1", "r2");
        assertThat(pages.latest()).map(RunReport::runId).hasValue("r2");
    }

    @Test
    void trendsAreOfRunsThatHaveReadSomething(SparkSession spark) {
        lake.run(spark, "nothing");
        assertThat(page("nothing")).contains("Trends begin with the second run");

        lake.deliver("b.csv", "2,C1,Pen,2,1.50,2024-01-15");
        lake.run(spark, "r2");
        assertThat(page("r2")).doesNotContain("Trends begin").contains("rows written");
    }

    @Test
    void thePageOfARefusedRunSaysWhyAndWhichRulesHold(SparkSession spark) {
        lake.deliver("b.csv", "2,C1,Pen,2,1.50,2024-01-15");

        RunReport refused = lake.run(
                spark,
                "refused",
                "quality",
                "Rules = [\nRowCount > 0,\nColumnValues \"quantity\" > 2, # warn\nIsComplete \"name\",\nRowCount > 5\n]");

        assertThat(refused.published()).isFalse();
        assertThat(page("refused"))
                .contains("✗ not published", "✓ pass", "! warn", "✗ fail", "RowCount &gt; 5")
                .contains(refused.verdict().get(0).replace(">", "&gt;").replace("\"", "&quot;"));
    }
}
