package io.crossfoot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunIdTest {
    @Test
    void namesTheStartInUtcAndARandomPart() {
        String runId = RunId.of(Instant.parse("2026-11-22T09:30:15.999Z"), new Random(1));

        assertThat(runId).matches("20261122T093015Z-[0-9a-f]{4}");
    }
}
