package io.crossfoot;

import static io.crossfoot.TableLake.TABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.Lake.Cut;
import io.crossfoot.config.CompactConfig;
import io.crossfoot.error.LockedException;
import io.crossfoot.error.StorageException;
import io.crossfoot.error.UsageException;
import io.crossfoot.sink.CompactionSummary;
import io.crossfoot.sink.Compression;
import io.crossfoot.sink.ControlFolder;
import io.crossfoot.sink.IcebergName;
import io.crossfoot.sink.RunLock;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Few files of an Iceberg table instead of many hold the same rows, and none of them lists deleted ones. */
@ExtendWith(LocalSpark.class)
@Tag("iceberg")
class TableCompactionTest {
    private static final List<String> ROWS = List.of("1|C1|Ann|2|3.00", "2|C1|Ann|5|45.00");

    @TempDir
    Path folder;

    private TableLake table;
    private Lake lake;
    private SparkSession spark;

    @BeforeEach
    void merge(SparkSession shared) {
        table = TableLake.of(folder, shared);
        lake = table.lake();
        spark = table.spark();
        table.change();
        assertThat(table.files("delete_files")).isEqualTo(1);
    }

    @Test
    void fewFilesHoldTheSameRowsAndTheSameIsKnown() {
        table.changeAndAdd("r2");
        List<String> rows = table.rows();
        Map<String, String> before = Folders.contents(lake.root());
        long merged = table.snapshot();
        Dataset<Row> opened = spark.table(TABLE);
        List<List<String>> seen = new ArrayList<>();

        CompactionSummary plan = table.compaction("plan").plan(spark);
        assertThat(Folders.contents(lake.root())).isEqualTo(before);
        CompactionSummary done =
                table.compaction("c1").telling(point -> seen.add(table.rows())).run(spark);

        assertThat(seen).hasSize(3).containsOnly(rows);
        assertThat(table.rows()).isEqualTo(rows).hasSize(3);
        assertThat(opened.count()).isEqualTo(3);
        assertThat(table.files("files")).isEqualTo(1);
        assertThat(table.files("delete_files")).isZero();
        assertThat(table.snapshots()).startsWith("append|r1", "overwrite|null", "overwrite|r2", "replace|c1");
        assertThat(table.rows(TABLE + " VERSION AS OF " + merged)).isEqualTo(rows);
        assertThat(done.files()).isEqualTo(plan.files()).isEqualTo(3);
        assertThat(done.newFiles()).isEqualTo(plan.newFiles()).isEqualTo(1);
        assertThat(done.deletes()).isEqualTo(plan.deletes()).isEqualTo(2);
        assertThat(done.rows()).isEqualTo(3);
        assertThat(done.newBytes()).isPositive();

        assertThat(table.compaction("c2").run(spark)).isEqualTo(CompactionSummary.NOTHING);
        assertThat(table.merge("r3").increment().known()).isEqualTo(2);
        lake.deliver("c.csv", "3,C1,Cap,2,7.00,2024-01-17", "4,C1,Cap,1,7.00,2024-01-17");
        table.merge("r4");
        assertThat(table.rows())
                .containsExactly("1|C1|Ann|2|3.00", "2|C1|Ann|5|45.00", "3|C1|Ann|2|14.00", "4|C1|Ann|1|7.00");
    }

    @Test
    void isTheSameWhereverItIsCutShort() {
        List<String> points = List.of("compact", "fold deletes", "audit");
        for (String point : points) {
            assertThatThrownBy(() -> table.compaction("dead")
                            .telling(said -> {
                                if (said.equals(point)) {
                                    throw new Cut();
                                }
                            })
                            .run(spark))
                    .as(point)
                    .isInstanceOf(Cut.class);
            assertThat(table.rows()).as(point).isEqualTo(ROWS);
        }

        assertThat(table.compaction("c1").run(spark)).isEqualTo(CompactionSummary.NOTHING);
        assertThat(table.files("delete_files")).isZero();
        assertThat(table.merge("r3").increment().known()).isEqualTo(1);
    }

    /** What is read back of an earlier snapshot has its columns, and not those of the table. */
    @Test
    void columnsThatWereChangedSinceAreNoDifference() {
        spark.sql("ALTER TABLE lake.shop.out ADD COLUMN note STRING");
        spark.sql("ALTER TABLE lake.shop.out DROP COLUMN region");
        spark.sql("ALTER TABLE lake.shop.out ALTER COLUMN quantity TYPE BIGINT");

        assertThat(table.compaction("c1").run(spark).files()).isEqualTo(2);

        assertThat(table.rows()).isEqualTo(ROWS);
    }

    @Test
    void whatOthersWriteMeanwhileStays() {
        CompactionSummary done =
                table.compaction("c1").telling(this::insertBeforeDeletes).run(spark);

        assertThat(done.rows()).isEqualTo(2);
        assertThat(table.rows()).hasSize(3).containsAll(ROWS).contains("9|C1|Ann|2|3.00");
        assertThat(table.files("delete_files")).isZero();
    }

    private void insertBeforeDeletes(String point) {
        if (point.equals("fold deletes")) {
            spark.sql(
                    "INSERT INTO lake.shop.out SELECT customer_id, 9, product_name, quantity, price, order_date, name,"
                            + " email, region, total_amount FROM lake.shop.out WHERE order_id = 1");
        }
    }

    /** Iceberg asks nobody whether a file that takes the place of another has its rows. */
    @Test
    void otherRowsAreRolledBack() {
        long merged = table.snapshot();

        assertThatThrownBy(() -> table.compaction("c1").telling(this::loseRows).run(spark))
                .isInstanceOf(StorageException.class)
                .hasMessage(
                        "Cannot compact lake.shop.out: what was written is not what was read; it was rolled back to snapshot"
                                + " %d, and the rows are what they were; start again".formatted(merged));

        assertThat(table.rows()).isEqualTo(ROWS);
        assertThat(table.snapshot()).isEqualTo(merged);
        assertThat(table.compaction("c2").run(spark).files()).isEqualTo(2);
        assertThat(table.rows()).isEqualTo(ROWS);
    }

    @Test
    void filesThatCannotBeReadAreRolledBack() {
        assertThatThrownBy(() -> table.compaction("c1").telling(this::loseFile).run(spark))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("Cannot compact lake.shop.out: what was written cannot be read back (")
                .hasMessageContaining("; it was rolled back to snapshot ");

        assertThat(table.rows()).isEqualTo(ROWS);
        assertThat(table.compaction("c2").run(spark).files()).isEqualTo(2);
        assertThat(table.rows()).isEqualTo(ROWS);
    }

    private void loseFile(String point) {
        if (point.equals("audit")) {
            change(loaded -> loaded.io()
                    .deleteFile(
                            file(loaded, loaded.currentSnapshot().snapshotId()).location()));
        }
    }

    @Test
    void whatOthersHaveWrittenIsNotRolledBack() {
        long merged = table.snapshot();

        assertThatThrownBy(() -> table.compaction("c1")
                        .telling(point -> {
                            insertBeforeDeletes(point);
                            loseRows(point);
                        })
                        .run(spark))
                .isInstanceOf(StorageException.class)
                .hasMessageEndingWith(
                        "; others have written to it meanwhile, so it was not rolled back; compare it with snapshot "
                                + merged);

        assertThat(table.snapshots()).hasSize(6);
    }

    private void loseRows(String point) {
        if (point.equals("audit")) {
            change(loaded -> {
                DataFile earlier = file(loaded, loaded.history().get(0).snapshotId());
                DataFile now = file(loaded, loaded.currentSnapshot().snapshotId());
                loaded.newRewrite().deleteFile(now).addFile(earlier).commit();
            });
        }
    }

    private void change(Consumer<Table> change) {
        try {
            change.accept(Spark3Util.loadIcebergTable(spark, TABLE));
        } catch (ParseException | NoSuchTableException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** The one with the most rows: what others insert is one row. */
    private static DataFile file(Table loaded, long snapshot) {
        try (CloseableIterable<FileScanTask> files =
                loaded.newScan().useSnapshot(snapshot).planFiles()) {
            return StreamSupport.stream(files.spliterator(), false)
                    .map(FileScanTask::file)
                    .max(Comparator.comparingLong(DataFile::recordCount))
                    .orElseThrow();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void onlyOneAtATimeAndNothingHalfDone() {
        Configuration hadoop = new Configuration();
        try (RunLock held = RunLock.acquire(
                ControlFolder.of(new org.apache.hadoop.fs.Path(lake.output()), Optional.empty(), hadoop), "other")) {
            assertThatThrownBy(() -> table.compaction("c1").run(spark)).isInstanceOf(LockedException.class);
            held.confirm();
        }
        lake.deliver("c.csv", "4,C1,Cap,1,7.00,2024-01-17");
        lake.cutAt("committed: ", spark, "r3", TableLake.settings());

        assertThatThrownBy(() -> table.compaction("c1").run(spark))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("Cannot compact ")
                .hasMessageEndingWith(
                        "/out: run r3 has died while it was publishing; start it again, which finishes that first");
        assertThatThrownBy(() -> table.cleaning().remove(Instant.now()))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("Cannot clean ");

        assertThat(table.snapshots()).containsExactly("append|r1", "overwrite|null", TableLake.ADDING_MERGE + "|r3");
    }

    @Test
    void saysWhatIsNoTableOfTheOutput() {
        Map<String, String> before = Folders.contents(lake.root());
        Compaction ofFiles = Compaction.of(compacting(lake.output(), Optional.empty()));
        String refusal =
                "Cannot compact file:%s: it is an Iceberg table; give --table-format iceberg and --output-table CATALOG.DATABASE.TABLE"
                        .formatted(lake.output());

        assertThatThrownBy(() -> ofFiles.run(spark))
                .isInstanceOf(UsageException.class)
                .hasMessage(refusal);
        assertThatThrownBy(() -> ofFiles.plan(new Configuration()))
                .isInstanceOf(UsageException.class)
                .hasMessage(refusal);
        assertThatThrownBy(() -> Compaction.of(compacting(lake.output(), Optional.of("lake.shop.other")))
                        .run(spark))
                .isInstanceOf(StorageException.class)
                .hasMessage("Cannot compact lake.shop.other: there is no such table; name another with --output-table");
        assertThatThrownBy(() -> Compaction.of(compacting(lake.root() + "/b", Optional.of(TABLE)))
                        .plan(spark))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith(
                        "Cannot compact lake.shop.out in file:%s/b: its place is ".formatted(lake.root()));
        spark.sql("CREATE TABLE lake.shop.theirs (order_id BIGINT) USING iceberg");
        assertThatThrownBy(() -> Compaction.of(compacting(lake.root() + "/theirs", Optional.of("lake.shop.theirs")))
                        .run(spark))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("Cannot compact lake.shop.theirs: no run has written it, ");

        spark.sql("DROP TABLE lake.shop.theirs PURGE");
        assertThat(Folders.contents(lake.root())).isEqualTo(before);
    }

    private static CompactConfig compacting(String output, Optional<String> table) {
        return new CompactConfig(
                output, Optional.empty(), table.map(IcebergName::parse), 128L << 20, Compression.ZSTD, "c1");
    }
}
