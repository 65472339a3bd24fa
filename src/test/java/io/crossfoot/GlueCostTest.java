package io.crossfoot;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.testing.Folders;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GlueCostTest {
    private static final long MEGABYTE = 1_000_000;

    @Test
    void isTheTableInTheDocs() {
        String table = LongStream.of(10, 500, 5_000, 50_000, 500_000)
                .boxed()
                .flatMap(megabytes -> GlueCost.of(megabytes * MEGABYTE).stream().map(cost -> line(megabytes, cost)))
                .collect(Collectors.joining("\n"));

        assertThat(Folders.read(Folders.root().resolve("docs/capacity.md")))
                .as("docs/capacity.md is to show:%n%s%n", table)
                .contains("|---|---|---|---|---|\n" + table + "\n\n");
    }

    private static String line(long megabytes, GlueCost cost) {
        return String.format(
                Locale.ROOT,
                "| %,d | %d | %.1f | %.1f | %s |",
                megabytes,
                cost.workers(),
                cost.seconds() / 60,
                cost.dpuMinutes(),
                cost.dollars());
    }

    @Test
    void billsAMinuteAtLeast() {
        assertThat(GlueCost.of(0)).first().satisfies(cost -> {
            assertThat(cost.seconds()).isLessThan(60);
            assertThat(cost.dpuMinutes()).isEqualTo(2);
            assertThat(cost.dollars()).isEqualTo("0.01");
        });
    }

    @Test
    void callsTooSmallWhatOneMachineDoesInThatMinute() {
        assertThat(GlueCost.isTooSmall(100 * MEGABYTE)).isTrue();
        assertThat(GlueCost.isTooSmall(10_000 * MEGABYTE)).isFalse();
    }
}
