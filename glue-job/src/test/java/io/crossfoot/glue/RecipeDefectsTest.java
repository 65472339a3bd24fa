package io.crossfoot.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.catalog.TableName;
import io.crossfoot.catalog.TableStorage;
import io.crossfoot.testing.DuckDb;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import io.crossfoot.testing.Tasks;
import io.crossfoot.whole.LocalGlue;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What published code of the same recipe does wrong, and this job does not. A test for each, named after it. */
@ExtendWith(LocalSpark.class)
class RecipeDefectsTest {
    @TempDir
    Path scratch;

    private LocalGlue glue;

    @BeforeEach
    void crawl() {
        glue = new LocalGlue(scratch).crawled();
        glue.sales("a.csv", "1,C1,Pen,2,1.50,2024-01-15");
    }

    @Test
    void bookmarkOnButNoContext() {
        InProcess.bookmarked(glue, "jr_1");
        glue.sales("b.csv", "2,C2,Ink,1,9.99,2024-01-15");
        InProcess.bookmarked(glue, "jr_2");

        // with no context the second run would have read, and added, the first file again
        assertThat(glue.rows()).containsExactly("1|Ann|North|3.00", "2|Bob|South|9.99");
    }

    @Test
    void dimensionBookmarked() {
        InProcess.bookmarked(glue, "jr_1");
        glue.sales("b.csv", "2,C1,Ink,1,9.99,2024-01-15");
        InProcess.bookmarked(glue, "jr_2");

        // the customers are those of the first run: as a bookmarked table they would be empty now
        assertThat(glue.rows()).contains("2|Ann|North|9.99");
        assertThat(new CatalogRead.Lookup(new TableName("shop", "customers")).transformationContext())
                .isEmpty();
    }

    @Test
    void commitInFinally() {
        glue.sales("b.csv", "2,C1,Ink,much,9.99,2024-01-15");

        assertThatThrownBy(() -> InProcess.bookmarked(glue, "jr_1", "--MAX_QUARANTINE", "0"))
                .isInstanceOf(RefusedRun.class)
                .hasMessageStartingWith("Cannot publish: 1 of 2 sales rows are quarantined");

        // the failed runs have not moved the bookmark: nothing is lost
        glue.sales("b.csv", "2,C1,Ink,1,9.99,2024-01-15");
        InProcess.bookmarked(glue, "jr_2");
        assertThat(glue.rows()).containsExactly("1|Ann|North|3.00", "2|Ann|North|9.99");
    }

    @Test
    void moneyAsDouble() {
        glue.sales("a.csv", "1,C1,Pen,3,0.10,2024-01-15", "2,C1,Pen,3,1.10,2024-01-15");

        InProcess.run(glue, "jr_1");

        // in doubles: 0.30000000000000004 and 3.3000000000000003
        assertThat(glue.rows()).containsExactly("1|Ann|North|0.30", "2|Ann|North|3.30");
        assertThat(DuckDb.query("SELECT DISTINCT typeof(total_amount) AS type FROM "
                        + DuckDb.parquet(glue.output().toString())))
                .last()
                .asString()
                .startsWith("DECIMAL(");
    }

    @Test
    void rowsFilteredWithoutTrace() {
        glue.sales("b.csv", "2,C1,Ink,-1,9.99,2024-01-15");

        InProcess.run(glue, "jr_1", "--RULES", "Rules = [ ColumnValues \"quantity\" > 0 ]");

        assertThat(glue.rows()).containsExactly("1|Ann|North|3.00");
        String quarantined = Folders.tree(glue.control()).stream()
                .filter(file -> file.startsWith("quarantine/jr_1/") && file.endsWith(".json"))
                .map(file -> Folders.read(glue.control().resolve(file)))
                .reduce("", String::concat);
        assertThat(quarantined).contains("\"value\":\"-1\"", "b.csv", "\"run_id\":\"jr_1\"");
    }

    @Test
    void regionPartitionAfterALeftJoin() {
        glue.sales("b.csv", "2,C9,Ink,1,9.99,2024-01-15");

        InProcess.run(glue, "jr_1");

        // no folder is named after a value that sales without a customer do not have
        assertThat(Folders.tree(glue.output())).allMatch(file -> !file.contains("/"));
        assertThat(glue.rows()).contains("2|∅|∅|9.99");
    }

    @Test
    void repeatedCount(SparkSession spark) {
        glue.put(glue.table(
                "sales",
                TableStorage.parquet(),
                LocalGlue.SALES_COLUMNS,
                List.of(),
                Map.of("classification", "parquet")));
        spark.range(1000)
                .selectExpr("id AS order_id", "'C1' AS customer_id", "'Pen' AS product_name", "2L AS quantity")
                .selectExpr("*", "1.5D AS price", "'2024-01-15' AS order_date")
                .write()
                .mode("overwrite")
                .parquet(glue.folder("sales").toString());

        // revenue is not asked of columns that are personal: it looks at what was written
        List<TaskMetrics> tasks =
                Tasks.during(spark, () -> InProcess.run(glue, "jr_1", "--PERSONAL", "region,order_date"));

        // a thousand sales and two customers, each once; the customers are kept, and looked up from there
        assertThat(tasks.stream()
                        .mapToLong(task -> task.inputMetrics().recordsRead())
                        .sum())
                .isBetween(1002L, 1010L);
    }
}
