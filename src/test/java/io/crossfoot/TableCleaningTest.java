package io.crossfoot;

import static io.crossfoot.TableLake.TABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.sink.LeftOvers.LeftOver;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Old snapshots of an Iceberg table go, with the files that they alone have, and so do files of none. */
@ExtendWith(LocalSpark.class)
@Tag("iceberg")
class TableCleaningTest {
    private static final Instant LATER = Instant.now().plus(Duration.ofDays(1));

    @TempDir
    Path folder;

    private TableLake table;

    @BeforeEach
    void publish(SparkSession shared) {
        table = TableLake.of(folder, shared, "partition-by", "region");
    }

    @Test
    void expiredSnapshotsGoWithTheirFilesAndRunsStayKnown() {
        table.changeAndAdd("r2");
        long merged = table.snapshot();
        table.compaction("c1").run(table.spark());
        table.lake().deliver("c.csv", "4,C1,Cap,1,7.00,2024-01-17");
        table.merge("r3");
        List<String> rows = table.rows();
        long last = table.snapshot();
        Map<String, String> before = Folders.contents(folder);

        List<LeftOver> found = table.cleaning().find(LATER);

        assertThat(Folders.contents(folder)).isEqualTo(before);
        assertThat(found).extracting(one -> one.kind().toString()).containsOnly("expired");
        assertThat(found).extracting(LeftOver::path).contains(TABLE + " VERSION AS OF " + merged);
        // three files of data and one of deletes
        assertThat(found.stream().mapToLong(LeftOver::files).sum()).isEqualTo(4);
        assertThat(found.stream().mapToLong(LeftOver::bytes).sum()).isPositive();
        assertThat(table.cleaning().remove(LATER)).isEqualTo(found);
        assertThat(table.snapshots()).containsExactly(TableLake.ADDING_MERGE + "|r3");
        assertThat(table.dataOnDisk()).hasSize(2);
        assertThat(table.rows()).isEqualTo(rows).hasSize(4);
        assertThat(table.rows(TABLE + " VERSION AS OF " + last)).isEqualTo(rows);
        assertThatThrownBy(() -> table.rows(TABLE + " VERSION AS OF " + merged))
                .hasMessageContaining(Long.toString(merged));
        assertThat(table.merge("r4").increment().known()).isEqualTo(3);
        assertThat(table.cleaning().remove(LATER)).isEmpty();
    }

    /** Nothing else says that the run has read these files: without it all would be there twice. */
    @Test
    void theLastSnapshotOfARunStaysHoweverOldItIs() {
        String[] all = IcebergTest.table("append", "quality", "none");
        table.lake().deliver("b.csv", "3,C1,Cap,1,7.00,2024-01-16");
        table.lake().runOverAll(table.spark(), "r2", all);
        table.compaction("c1").run(table.spark());

        assertThat(table.cleaning().remove(LATER)).hasSize(1);

        assertThat(table.snapshots()).containsExactly("append|r2", "replace|c1");
        assertThat(table.lake().runOverAll(table.spark(), "r3", all).increment().known())
                .isEqualTo(2);
    }

    @Test
    void filesThatNoSnapshotHasGoWhenNoWriterCanWantThem() throws IOException {
        Path lost = Folders.write(table.lake().outputFolder().resolve("data/lost.parquet"), "lost");
        Path young = Folders.write(table.lake().outputFolder().resolve("data/young.parquet"), "young");
        Instant now = Instant.now();
        Files.setLastModifiedTime(lost, FileTime.from(now.minus(Duration.ofDays(2))));
        Map<String, String> before = Folders.contents(folder);

        List<LeftOver> found = table.cleaning().find(now.minus(Duration.ofHours(25)));

        assertThat(found)
                .extracting(one -> one.kind() + " " + one.path() + " " + one.bytes())
                .containsExactly("unreferenced " + lost + " 4");
        assertThat(table.cleaning().remove(now.minus(Duration.ofHours(23)))).isEmpty();
        assertThat(Folders.contents(folder)).isEqualTo(before);
        assertThat(table.cleaning().remove(now.minus(Duration.ofHours(25)))).isEqualTo(found);
        assertThat(lost).doesNotExist();
        assertThat(young).exists();
        assertThat(table.rows()).hasSize(2);
    }
}
