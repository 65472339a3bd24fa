package io.crossfoot.sink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
