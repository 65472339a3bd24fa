package io.crossfoot.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.error.StorageException;
import io.crossfoot.testing.GlueAnswers;
import io.crossfoot.testing.LocalSpark;
import io.crossfoot.whole.LocalGlue;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The job as it is deployed: it asks Glue Data Quality of what it has published. */
@ExtendWith(LocalSpark.class)
class QualityEvaluationTest {
    private static final String ROLE_OF_JOB = "GetJob {\"JobName\":\"nightly\"}";
    private static final String QUESTION =
            "{\"DataSource\":{\"GlueTable\":{\"DatabaseName\":\"shop\",\"TableName\":\"enriched_sales\"}},"
                    + "\"Role\":\"glue\",\"RulesetNames\":[\"good\"],\"AdditionalDataSources\":{\"customers\":"
                    + "{\"GlueTable\":{\"DatabaseName\":\"shop\",\"TableName\":\"customers\"}}}}";

    @TempDir
    Path scratch;

    private LocalGlue glue;
    private GlueAnswers service;

    @BeforeEach
    void sell() throws IOException {
        glue = new LocalGlue(scratch).crawled();
        glue.sales("a.csv", "1,C1,Pen,2,1.50,2024-01-15");
        service = new GlueAnswers().with("{\"JobName\":\"nightly\"}", "{\"Job\":{\"Role\":\"glue\"}}");
    }

    @AfterEach
    void close() {
        service.close();
    }

    private void run(String id) {
        InProcess.bookmarked(glue, id, "--QUALITY_RULESET", "good");
    }

    @Test
    void isStartedOnceForWhatIsNew() {
        service.with(QUESTION, "{\"RunId\":\"dqrun-1\"}");

        run("jr_1");
        run("jr_2"); // finds nothing new

        assertThat(service.asked()).containsExactly(ROLE_OF_JOB, "StartDataQualityRulesetEvaluationRun " + QUESTION);
    }

    @Test
    void thatCannotBeStartedFailsTheRunAndTakesNothingBack() {
        assertThatThrownBy(() -> run("jr_1"))
                .isInstanceOf(StorageException.class)
                .hasMessage(
                        "Cannot start ruleset good on shop.enriched_sales in Glue Data Quality (eu-west-1): Entity Not"
                                + " Found (EntityNotFoundException); the run has published, only its output was not evaluated");

        assertThat(glue.rows()).containsExactly("1|Ann|North|3.00");
        service.with(QUESTION, "{\"RunId\":\"dqrun-1\"}");
        run("jr_2"); // the bookmark stands behind what was published
        assertThat(glue.rows()).containsExactly("1|Ann|North|3.00");
    }
}
