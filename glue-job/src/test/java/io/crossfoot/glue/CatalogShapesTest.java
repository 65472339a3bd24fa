package io.crossfoot.glue;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.catalog.Catalog;
import io.crossfoot.catalog.CatalogColumn;
import io.crossfoot.catalog.CatalogPartition;
import io.crossfoot.catalog.CatalogTable;
import io.crossfoot.catalog.TableName;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import io.crossfoot.whole.LocalGlue;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tables as a crawler leaves them, whatever it has made of the files. */
@ExtendWith(LocalSpark.class)
class CatalogShapesTest {
    @TempDir
    Path scratch;

    private LocalGlue glue;

    @BeforeEach
    void crawl() {
        glue = new LocalGlue(scratch).crawled();
    }

    @Test
    void aKeyIsANumberOnOneSideAndATextOnTheOther() {
        glue.csvTable(
                "sales",
                List.of(
                        "order_id bigint",
                        "customer_id bigint",
                        "product_name string",
                        "quantity bigint",
                        "price double",
                        "order_date string"));
        glue.jsonTable("customers", List.of("customer_id int", "name string", "email string", "region string"));
        Folders.write(
                glue.folder("customers").resolve("c.json"),
                "{\"customer_id\": 7, \"name\": \"Ann\", \"email\": \"a@x.org\", \"region\": \"North\"}\n");
        glue.sales("a.csv", "1,7,Pen,2,1.50,2024-01-15");

        InProcess.run(glue, "jr_1");

        assertThat(glue.rows()).containsExactly("1|Ann|North|3.00");
    }

    @Test
    void aColumnIsAChoiceOfTypes() {
        glue.jsonTable("customers", List.of("customer_id int", "name string", "email string", "region string"));
        Folders.write(
                glue.folder("customers").resolve("c.json"),
                "{\"customer_id\": 7, \"name\": \"Ann\", \"email\": \"a@x.org\", \"region\": \"North\"}\n"
                        + "{\"customer_id\": \"C2\", \"name\": \"Bob\", \"email\": \"b@x.org\", \"region\": \"South\"}\n");
        glue.sales("a.csv", "1,7,Pen,2,1.50,2024-01-15", "2,C2,Ink,1,n/a,2024-01-15", "3,C2,Ink,2,9.99,2024-01-15");

        InProcess.run(glue, "jr_1");

        assertThat(glue.rows()).containsExactly("1|Ann|North|3.00", "3|Bob|South|19.98");
        assertThat(quarantine("jr_1")).contains("not an exact DECIMAL(12,2)", "\"value\":\"n/a\"", "a.csv");
    }

    @Test
    void allColumnsAreTextsWithoutNames() {
        glue.csvTable(
                "sales",
                List.of("col0 string", "col1 string", "col2 string", "col3 string", "col4 string", "col5 string"));
        glue.sales("a.csv", "1,C1,Pen,2,1.50,2024-01-15");

        InProcess.run(
                glue,
                "jr_1",
                "--RENAME_SALES",
                "col0=order_id,col1=customer_id,col2=product_name,col3=quantity,col4=price,col5=order_date");

        assertThat(glue.rows()).containsExactly("1|Ann|North|3.00");
    }

    @Test
    void foldersWithoutNamesArePartitions() {
        glue.csvTable("sales", LocalGlue.SALES_COLUMNS, "partition_0");
        for (String year : List.of("2023", "2024")) {
            glue.sales(year + "/a.csv", year + ",C1,Pen,2,1.50,2024-01-15");
            glue.putPartitions(
                    "sales",
                    new CatalogPartition(
                            List.of(year),
                            glue.folder("sales").resolve(year).toUri().toString()));
        }

        InProcess.run(glue, "jr_1", "--EXTRA_COLUMNS", "keep");

        assertThat(glue.rows()).containsExactly("2023|Ann|North|3.00", "2024|Ann|North|3.00");
        assertThat(Folders.read(glue.control().resolve("runs/jr_1/run-report.json")))
                .contains("\"extra_columns\" : [ \"partition_0\" ]");
    }

    @Test
    void salesAreJson() {
        glue.jsonTable("sales", LocalGlue.SALES_COLUMNS);
        Folders.write(
                glue.folder("sales").resolve("a.json"),
                "{\"order_id\": 1, \"customer_id\": \"C1\", \"product_name\": \"Pen\", \"quantity\": 2, \"price\": 1.50,"
                        + " \"order_date\": \"2024-01-15\"}\n");

        InProcess.run(glue, "jr_1");

        assertThat(glue.rows()).containsExactly("1|Ann|North|3.00");
    }

    private String quarantine(String runId) {
        return Folders.tree(glue.control()).stream()
                .filter(file -> file.startsWith("quarantine/" + runId + "/") && file.endsWith(".json"))
                .map(file -> Folders.read(glue.control().resolve(file)))
                .reduce("", String::concat);
    }

    @Test
    void theOutputBecomesATableBesideTheOthers() {
        glue.sales("a.csv", "1,C1,Pen,2,1.50,2024-01-15");

        InProcess.run(glue, "jr_1");

        try (Catalog catalog = glue.catalog()) {
            CatalogTable table =
                    catalog.table(new TableName("shop", "enriched_sales")).orElseThrow();
            assertThat(table.columns())
                    .extracting(CatalogColumn::name)
                    .startsWith("customer_id", "order_id")
                    .endsWith("total_amount");
            assertThat(table.location()).contains(glue.output().toString());
        }
    }
}
