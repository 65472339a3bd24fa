package io.crossfoot.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.error.StorageException;
import io.crossfoot.source.FileFormat;
import io.crossfoot.testing.Child;
import io.crossfoot.testing.Folders;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.hive.metastore.Deadline;
import org.apache.hadoop.hive.metastore.api.MetaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HiveCatalogTest {
    private static final TableName SALES = TableName.parse("Analytics-Database-x1.Sales");

    @TempDir
    Path folder;

    @Test
    void tableComesBackAsItWasPut() {
        CatalogTable table = sales(List.of());
        try (Catalog catalog = new CatalogPlace(folder.toString()).open()) {
            catalog.createDatabase(SALES.database());
            catalog.put(table);
        }

        try (Catalog catalog = new CatalogPlace(folder.toString()).open()) {
            assertThat(catalog.databases()).containsExactly("analytics-database-x1");
            assertThat(catalog.tables(SALES.database())).containsExactly(table);
            assertThat(catalog.table(SALES)).contains(table);
            assertThat(table.format()).contains(FileFormat.CSV);
            assertThat(catalog.describe()).isEqualTo("the catalog in " + folder);
        }
    }

    @Test
    void whatIsNotThereIsEmpty() {
        try (Catalog catalog = new CatalogPlace(folder.toString()).open()) {
            assertThat(catalog.databases()).isEmpty();
            assertThat(catalog.tables("none")).isEmpty();
            assertThat(catalog.table(SALES)).isEmpty();
            assertThat(catalog.partitions(SALES)).isEmpty();
            catalog.drop(SALES);
            catalog.dropPartitions(SALES, List.of(List.of("2024")));
        }
    }

    /** The store refuses what takes ten minutes by a clock of the thread, which the first call has started. */
    @Test
    void noCallIsChargedTheTimeSinceAnEarlierOne() throws MetaException {
        try (Catalog catalog = new CatalogPlace(folder.toString()).open()) {
            assertThat(catalog.databases()).isEmpty();
            assertThatThrownBy(() -> catalog.put(sales(List.of()))).isInstanceOf(StorageException.class);

            assertThat(Deadline.startTimer("the next call")).isTrue();
            Deadline.stopTimer();
        }
    }

    @Test
    void replacedTableKeepsItsPartitions() {
        CatalogTable table = sales(List.of(new CatalogColumn("year", "string"), new CatalogColumn("month", "string")));
        CatalogPartition january = new CatalogPartition(List.of("2024", "01"), "file:/raw/sales/2024/01");
        CatalogPartition february = new CatalogPartition(List.of("2024", "02"), "file:/raw/sales/2024/02");
        CatalogPartition moved = new CatalogPartition(List.of("2024", "01"), "file:/raw/elsewhere");
        try (Catalog catalog = new CatalogPlace(folder.toString()).open()) {
            catalog.createDatabase(SALES.database());
            catalog.put(table);
            catalog.putPartitions(SALES, List.of(february, january));
            catalog.put(table.withParameters(Map.of("classification", "json")));
            assertThat(catalog.table(SALES).orElseThrow().format()).contains(FileFormat.JSON);
            assertThat(catalog.partitions(SALES)).containsExactly(january, february);

            catalog.putPartitions(SALES, List.of(moved));
            assertThat(catalog.partitions(SALES)).containsExactly(moved, february);

            catalog.dropPartitions(SALES, List.of(february.values(), List.of("2025", "01")));
            assertThat(catalog.partitions(SALES)).containsExactly(moved);

            catalog.drop(SALES);
            assertThat(catalog.tables(SALES.database())).isEmpty();
            assertThat(catalog.partitions(SALES)).isEmpty();
        }
    }

    @Test
    void folderThatIsAFileIsRefused() {
        Path file = Folders.write(folder.resolve("file"), "");

        assertThatThrownBy(() -> new CatalogPlace(file.toString()).open())
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("Cannot open the catalog in " + file + ": no folder can be made there");
    }

    @Test
    void secondProcessIsToldThatThereIsAFirst() throws IOException {
        Process first =
                Child.test(folder, CatalogHolder.class, folder.toString()).start();
        try (BufferedReader said = first.inputReader()) {
            assertThat(said.readLine()).isEqualTo("holding the catalog in " + folder);

            assertThatThrownBy(() -> new CatalogPlace(folder.toString()).open())
                    .isInstanceOf(StorageException.class)
                    .hasMessage("Cannot open the catalog in " + folder + ": another process has it open; start again"
                            + " when that has ended, or name another with --catalog");
        } finally {
            first.destroyForcibly();
        }
    }

    private static CatalogTable sales(List<CatalogColumn> partitionKeys) {
        return new CatalogTable(
                SALES,
                "file:/raw/sales/",
                TableStorage.delimited(','),
                List.of(new CatalogColumn("order_id", "bigint"), new CatalogColumn("price", "double", "in euro")),
                partitionKeys,
                Map.of("classification", "csv", "delimiter", ",", "skip.header.line.count", "1"));
    }
}
