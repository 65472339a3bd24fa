package io.crossfoot.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.catalog.Catalog;
import io.crossfoot.catalog.CatalogTable;
import io.crossfoot.catalog.TableName;
import io.crossfoot.catalog.TableStorage;
import io.crossfoot.error.CrossfootException;
import io.crossfoot.error.LockedException;
import io.crossfoot.error.StorageException;
import io.crossfoot.error.UsageException;
import io.crossfoot.sink.ControlFolder;
import io.crossfoot.sink.RunLock;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import io.crossfoot.whole.LocalGlue;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong gets a clear message, and nothing is published. */
@ExtendWith(LocalSpark.class)
class BadInputTest {
    @TempDir
    Path scratch;

    private LocalGlue glue;

    @BeforeEach
    void crawl() {
        glue = new LocalGlue(scratch).crawled();
        glue.sales("a.csv", "1,C1,Pen,2,1.50,2024-01-15");
    }

    private void assertRefused(Class<? extends CrossfootException> type, String message, String... arguments) {
        assertThatThrownBy(() -> InProcess.run(glue, "jr_1", arguments))
                .isInstanceOf(type)
                .hasMessageStartingWith(message);
        assertThat(glue.output()).doesNotExist();
    }

    @Test
    void aTableIsMissing() {
        assertRefused(
                StorageException.class,
                "Cannot read sales: there is no table shop.sale in the catalog in %s/catalog; did you mean 'sales'? (there are: customers, sales)"
                        .formatted(scratch),
                "--SALES_TABLE",
                "sale");
    }

    @Test
    void aDatabaseIsMissingOrEmpty() {
        try (Catalog catalog = glue.catalog()) {
            catalog.drop(new TableName("shop", "sales"));
            catalog.drop(new TableName("shop", "customers"));
        }
        assertRefused(
                StorageException.class,
                "Cannot read sales: database shop in the catalog in %s/catalog has no tables; crawl the files first"
                        .formatted(scratch));
        assertThatThrownBy(() -> InProcess.launch(
                        glue,
                        List.of(
                                "--JOB_NAME",
                                "nightly",
                                "--JOB_RUN_ID",
                                "jr_1",
                                "--DATABASE_NAME",
                                "shops",
                                "--OUTPUT",
                                scratch + "/out",
                                "--CATALOG",
                                scratch + "/catalog")))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("Cannot read sales: there is no database shops in the catalog in")
                .hasMessageEndingWith("; did you mean 'shop'?");
    }

    @Test
    void aTableHasNoLocation() {
        var sales = glue.table("sales", TableStorage.delimited(','), LocalGlue.SALES_COLUMNS, List.of(), Map.of());
        glue.put(new CatalogTable(sales.name(), "", sales.storage(), sales.columns(), List.of(), Map.of()));

        assertRefused(
                StorageException.class,
                "Cannot read sales: table shop.sales has no location, as a view has none; name another table");
    }

    @Test
    void theFilesOfATableAreGone() {
        assertThat(glue.folder("customers").resolve("c.json").toFile().delete()
                        && glue.folder("customers").toFile().delete())
                .isTrue();

        assertRefused(
                StorageException.class, "Cannot read customers: table shop.customers says that its files lie in ");
    }

    @Test
    void theOutputCannotBeWritten() {
        Folders.write(scratch.resolve("a-file"), "");

        assertRefused(StorageException.class, "Cannot write ", "--OUTPUT", scratch + "/a-file/out");
    }

    @Test
    void anotherRunIsWriting() {
        ControlFolder control = ControlFolder.of(
                new org.apache.hadoop.fs.Path(glue.output().toUri()), Optional.empty(), new Configuration());
        control.create();

        try (RunLock held = RunLock.acquire(control, "jr_0")) {
            assertRefused(LockedException.class, "Cannot start: run jr_0 (process ");
            held.confirm();
        }
    }

    @Test
    void theOutputTableIsAnotherOne() {
        glue.csvTable("enriched_sales", LocalGlue.SALES_COLUMNS);

        assertRefused(UsageException.class, "Cannot register the output as shop.enriched_sales: that table describes ");
    }
}
