package io.crossfoot.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class BalanceTest {
    private static Balance balance(
            long read, long accepted, long quarantined, long written, long matched, String after) {
        return new Balance(
                read, accepted, quarantined, written, matched, 1, new BigDecimal("10.50"), new BigDecimal(after));
    }

    @Test
    void addsUp() {
        assertThat(balance(6, 5, 1, 5, 4, "10.500").violations()).isEmpty();
    }

    @Test
    void showsARowLostBeforeTheJoin() {
        assertThat(balance(7, 5, 1, 5, 4, "10.50").violations())
                .containsExactly("7 rows read, but 5 written + 1 quarantined = 6");
    }

    @Test
    void showsARowGainedInTheJoin() {
        assertThat(balance(6, 5, 1, 6, 5, "10.51").violations())
                .containsExactly(
                        "6 rows read, but 6 written + 1 quarantined = 7",
                        "5 rows accepted, but 6 written",
                        "the amount before the join is 10.50, after it 10.51");
    }

    @Test
    void showsARowLostBetweenTheJoinAndTheFile() {
        assertThat(balance(6, 5, 1, 5, 3, "10.50").violations())
                .containsExactly("5 rows written, but 3 matched + 1 unmatched = 4");
    }
}
