package io.crossfoot.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class QuarantineLimitTest {
    @Test
    void countsRows() {
        QuarantineLimit limit = new QuarantineLimit.Rows(2);

        assertThat(limit.exceededBy(2, 2)).isFalse();
        assertThat(limit.exceededBy(3, 1_000_000)).isTrue();
    }

    @Test
    void takesAShareExactly() {
        QuarantineLimit limit = new QuarantineLimit.Percent(new BigDecimal("0.1"));

        assertThat(limit.exceededBy(1, 1000)).isFalse();
        assertThat(limit.exceededBy(1, 999)).isTrue();
        assertThat(limit.exceededBy(0, 0)).isFalse();
        assertThat(limit.exceededBy(Long.MAX_VALUE, Long.MAX_VALUE)).isTrue();
    }
}
