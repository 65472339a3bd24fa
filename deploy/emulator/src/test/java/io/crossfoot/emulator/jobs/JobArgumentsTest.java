package io.crossfoot.emulator.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.http.Json;
import io.crossfoot.emulator.jobs.Starter.WorkflowRunName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobArgumentsTest {
    @Test
    void mergesAsGlueDoes() {
        ObjectNode job =
                json("{'Name': 'j', 'DefaultArguments': {'--A': 'default', '--B': 'default', '--C': 'default'},"
                        + " 'NonOverridableArguments': {'--C': 'fixed'}}");
        ObjectNode start = json("{'Arguments': {'--B': 'mine', '--C': 'mine'}}");

        assertThat(JobSettings.of("r", job, start).arguments())
                .containsEntry("--A", "default")
                .containsEntry("--B", "mine")
                .containsEntry("--C", "fixed");
    }

    @Test
    void addsWhatGlueAdds() {
        Starter starter = new Starter(Optional.of("t"), Optional.of(new WorkflowRunName("w", "wr_1")));
        JobRun run = run("{'Name': 'j', 'DefaultArguments': {'--class': 'x.Y', '--SALES_TABLE': 'my sales'}}", starter);

        assertThat(new JobArguments(run).forMain())
                .containsSubsequence("--JOB_NAME", "j")
                .containsSubsequence("--JOB_RUN_ID", "jr_1")
                .containsSubsequence("--job-bookmark-option", "job-bookmark-disable")
                .containsSubsequence("--WORKFLOW_NAME", "w", "--WORKFLOW_RUN_ID", "wr_1")
                .containsSubsequence("--class", "x.Y", "--SALES_TABLE", "my sales");
    }

    @Test
    void readsWhatIsMeantForGlue() {
        JobRun run = run(
                "{'Name': 'j', 'DefaultArguments': {'--class': 'x.Y', '--extra-jars': 's3://b/a.jar, s3://b/b.jar',"
                        + " '--user-jars-first': 'true', '--conf': 'spark.a=1 --conf spark.b=x y --conf evil'}}",
                Starter.CALLER);
        JobArguments arguments = new JobArguments(run);

        assertThat(arguments.mainClass()).contains("x.Y");
        assertThat(arguments.extraJars()).containsExactly("s3://b/a.jar", "s3://b/b.jar");
        assertThat(arguments.userJarsFirst()).isTrue();
        assertThat(arguments.sparkSettings()).containsExactly("spark.a=1", "spark.b=x y");
    }

    @Test
    void makesGluesMessageOfWhatAJvmSays() {
        assertThat(GlueProcess.complaint("Exception in User Class: a.B : c"))
                .contains("Exception in User Class: a.B : c");
        assertThat(GlueProcess.complaint("Exception in thread \"main\" java.lang.ClassNotFoundException: x.Y"))
                .contains("Exception in User Class: java.lang.ClassNotFoundException : x.Y");
        assertThat(GlueProcess.complaint("26/01/01 ERROR something")).isEmpty();
    }

    private static JobRun run(String job, Starter starter) {
        return JobRun.first("jr_1", JobSettings.of("r", json(job), Json.object()), starter, () -> Instant.EPOCH);
    }

    private static ObjectNode json(String text) {
        return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
