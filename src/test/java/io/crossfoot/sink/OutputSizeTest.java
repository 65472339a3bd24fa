package io.crossfoot.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.source.FileFormat;
import org.junit.jupiter.api.Test;

class OutputSizeTest {
    private static final long MIB = 1024 * 1024;

    @Test
    void writesFilesOfTheTargetSize() {
        assertThat(OutputSize.files(1000 * MIB, 128 * MIB, 2)).isEqualTo(8);
        assertThat(OutputSize.files(1025 * MIB, 128 * MIB, 2)).isEqualTo(9);
    }

    @Test
    void usesAllCoresWhileFilesStayAboveAQuarterOfIt() {
        assertThat(OutputSize.files(200 * MIB, 128 * MIB, 4)).isEqualTo(4);
        assertThat(OutputSize.files(200 * MIB, 128 * MIB, 100)).isEqualTo(7);
    }

    @Test
    void writesOneFileForLittleAndForNothing() {
        assertThat(OutputSize.files(10, 128 * MIB, 8)).isEqualTo(1);
        assertThat(OutputSize.files(0, 128 * MIB, 8)).isEqualTo(1);
        assertThat(OutputSize.files(10, 1, 8)).isEqualTo(10);
    }

    @Test
    void takesPackedTextForLarger() {
        assertThat(OutputSize.estimate(FileFormat.CSV, "a.csv", 1000)).isEqualTo(450);
        assertThat(OutputSize.estimate(FileFormat.CSV, "a.csv.gz", 1000)).isEqualTo(1800);
        assertThat(OutputSize.estimate(FileFormat.PARQUET, "a.gz.parquet", 1000))
                .isEqualTo(1200);
    }
}
