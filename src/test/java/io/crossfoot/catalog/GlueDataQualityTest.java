package io.crossfoot.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.error.StorageException;
import io.crossfoot.testing.GlueAnswers;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GlueDataQualityTest {
    private static final TableName ENRICHED = TableName.parse("shop.enriched_sales");
    private static final TableName CUSTOMERS = TableName.parse("shop.customers");
    private static final String QUESTION =
            "{\"DataSource\":{\"GlueTable\":{\"DatabaseName\":\"shop\",\"TableName\":\"enriched_sales\"}},"
                    + "\"Role\":\"arn:aws:iam::123456789012:role/glue\",\"RulesetNames\":[\"good\"],"
                    + "\"AdditionalDataSources\":{\"customers\":{\"GlueTable\":{\"DatabaseName\":\"shop\",\"TableName\":\"customers\"}}}}";

    private GlueAnswers glue;

    @BeforeEach
    void open() throws IOException {
        glue = new GlueAnswers()
                .with("{\"JobName\":\"nightly\"}", "{\"Job\":{\"Role\":\"arn:aws:iam::123456789012:role/glue\"}}");
    }

    @AfterEach
    void close() {
        glue.close();
    }

    private static String start(String job) {
        try (GlueDataQuality quality = GlueDataQuality.open()) {
            return quality.start("good", ENRICHED, Map.of("customers", CUSTOMERS), job);
        }
    }

    @Test
    void startsInTheRoleOfTheJob() {
        glue.with(QUESTION, "{\"RunId\":\"dqrun-1\"}");

        assertThat(start("nightly")).isEqualTo("dqrun-1");
        assertThat(glue.asked())
                .containsExactly(
                        "GetJob {\"JobName\":\"nightly\"}", "StartDataQualityRulesetEvaluationRun " + QUESTION);
    }

    @Test
    void saysWhatCouldNotBeStartedAndWhere() {
        assertThatThrownBy(() -> start("nightly"))
                .isInstanceOf(StorageException.class)
                .hasMessage(
                        "Cannot start ruleset good on shop.enriched_sales in Glue Data Quality (eu-west-1): Entity Not"
                                + " Found (EntityNotFoundException)");
        assertThatThrownBy(() -> start("daily")).isInstanceOf(StorageException.class);
    }
}
