package io.crossfoot.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableArnTest {
    private static final TableName SALES = new TableName("analytics", "sales");

    @Test
    void isThatOfTheAccountWhoseCatalogHoldsTheTable() {
        assertThat(TableArn.of("eu-west-1", "123456789012", SALES)).hasValueSatisfying(arn -> {
            assertThat(arn.namespace()).isEqualTo("arn:aws:glue:eu-west-1:123456789012");
            assertThat(arn.resource()).isEqualTo("table/analytics/sales");
        });
    }

    @Test
    void isNotGuessed() {
        assertThat(TableArn.of("eu-west-1", null, SALES)).isEmpty();
        assertThat(TableArn.of("eu-west-1", "123456789012:s3tablescatalog/lake", SALES))
                .isEmpty();
    }
}
