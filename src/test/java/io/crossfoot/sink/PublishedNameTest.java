package io.crossfoot.sink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedNameTest {
    @ParameterizedTest
    @CsvSource({
        "part-00000-2dd664f9-d2c4-4ffe-878f-c6c70c1fb0cb-c000.zstd.parquet, part-00000-r.1-c000.zstd.parquet",
        "a=b/c=d/part-00000-2dd664f9-d2c4-4ffe-878f-c6c70c1fb0cb.c000.parquet, a=b/c=d/part-00000-r.1.c000.parquet",
        "a=b/0.parquet, a=b/r.1-0.parquet",
        "part-00000-r.1.c000.parquet, part-00000-r.1.c000.parquet",
        "a=r.1/0.parquet, a=r.1/r.1-0.parquet"
    })
    void carriesTheRunId(String staged, String published) {
        assertThat(PublishedName.of(staged, "r.1")).isEqualTo(published);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "art", "part", "c6c70", "878f", "c000", "job-2dd664f9-d2c4-4ffe-878f-c6c70c1fb0cb"})
    void carriesAnIdThatIsFoundInARandomName(String runId) {
        String staged = "part-00000-2dd664f9-d2c4-4ffe-878f-c6c70c1fb0cb-c000.zstd.parquet";

        String published = PublishedName.of(staged, runId);

        assertThat(published).isEqualTo("part-00000-%s-c000.zstd.parquet".formatted(runId));
        assertThat(PublishedName.of(published, runId)).isEqualTo(published);
        assertThat(PublishedName.runOf("a=b/" + published)).hasValue(runId);
    }

    @Test
    void namesOfOthersSayNothing() {
        assertThat(PublishedName.runOf("a=b/r.1-0.parquet")).isEmpty();
        assertThat(PublishedName.runOf("part-00000.parquet")).isEmpty();
    }
}
