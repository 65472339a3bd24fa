package io.crossfoot.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfoot.testing.Child;
import io.crossfoot.testing.Folders;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job jar as Glue starts it, in a process of its own, with a stand-in for AWS's library. */
class GlueJobIT {
    @TempDir
    Path scratch;

    @Test
    void enrichesTablesOfTheCatalog() throws Exception {
        LocalGlue glue = new LocalGlue(scratch).crawled();
        glue.sales("a.csv", "1,C1,Pen,2,1.50,2024-01-15", "2,C9,Ink,1,9.99,2024-01-15", "3,C2,Cap,x,0.10,2024-01-16");

        Child.Ending ending = glue.run("jr_1");

        assertThat(ending.exitCode()).as(ending.err()).isZero();
        assertThat(glue.rows()).containsExactly("1|Ann|North|3.00", "2|∅|∅|9.99");
        // nothing but the metrics on standard output, the balance and the report as the last words on the other
        JsonNode metrics = new ObjectMapper().readTree(ending.out());
        assertThat(metrics.at("/_aws/CloudWatchMetrics/0/Namespace").asText()).isEqualTo("Crossfoot");
        assertThat(metrics.get("JobName").asText()).isEqualTo("nightly");
        assertThat(metrics.get("RowsQuarantined").asInt()).isEqualTo(1);
        List<String> log = ending.err().lines().toList();
        assertThat(log.get(log.size() - 2))
                .endsWith("INFO  crossfoot: published: 3 sales read = 2 enriched + 1 quarantined; 1 with a customer, 1"
                        + " without; total 12.99, computed apart 12.99");
        assertThat(log.get(log.size() - 1)).endsWith("/_crossfoot/out/runs/jr_1/run-report.json");
        assertThat(Folders.read(glue.control().resolve("runs/jr_1/run-report.json")))
                .contains("\"run_id\" : \"jr_1\"");
    }

    @Test
    void readsWhatIsNewAndKeepsAllCustomers() {
        LocalGlue glue = new LocalGlue(scratch).crawled();
        glue.sales("a.csv", "1,C1,Pen,2,1.50,2024-01-15");
        assertThat(glue.bookmarked("jr_1").exitCode()).isZero();
        glue.sales("b.csv", "2,C1,Ink,1,9.99,2024-01-15");

        Child.Ending ending = glue.bookmarked("jr_2");

        assertThat(ending.err()).contains("published: 1 sales read = 1 enriched");
        assertThat(glue.rows()).containsExactly("1|Ann|North|3.00", "2|Ann|North|9.99");
        assertThat(Folders.tree(glue.control())).doesNotContain("unacknowledged.json");
    }

    @Test
    @Tag("any-spark")
    void whatWentWrongFailsTheRunAndIsShown() {
        LocalGlue glue = new LocalGlue(scratch).crawled();

        Child.Ending missing = glue.run("jr_1", "--SALES_TABLE", "sale");

        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.err())
                .contains(
                        "Exception in User Class: io.crossfoot.error.StorageException : Cannot read sales: there is no"
                                + " table shop.sale in ");
        assertThat(glue.output()).doesNotExist();
    }

    @Test
    void theDoctorLooksAtGlue() {
        Child.Ending ending =
                new LocalGlue(scratch).launch(List.of("--class", "io.crossfoot.glue.GlueJob", "--DOCTOR", "true"));

        assertThat(ending.exitCode()).as(ending.err()).isZero();
        assertThat(ending.out())
                .contains("Glue's library   9 of 9 members  the job can start")
                .contains("public com.amazonaws.services.glue.GlueContext(org.apache.spark.SparkContext)");
    }
}
