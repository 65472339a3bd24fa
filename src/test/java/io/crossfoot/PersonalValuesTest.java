package io.crossfoot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.error.UsageException;
import io.crossfoot.report.RunReport;
import io.crossfoot.testing.DuckDb;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class PersonalValuesTest {
    private static final String SALT = "a secret that is long";

    @TempDir
    private Path folder;

    @BeforeEach
    void writeInputs() {
        Folders.write(
                folder.resolve("sales/1.csv"),
                "order_id,customer_id,product_name,quantity,price,order_date\n1,C1,Pen,1,2.00,2024-01-15\n2,C9,Pen,1,2.00,2024-01-15\n");
        Folders.write(folder.resolve("customers/1.csv"), "customer_id,name,email,region\nC1,Ännchen,a@x,North\n");
    }

    private RunReport run(String... more) {
        return new Lake(folder).runOverAll(LocalSpark.session(), "today", more);
    }

    private List<String> output(String columns) {
        return DuckDb.query("SELECT %s FROM %s ORDER BY ALL"
                .formatted(columns, DuckDb.parquet(folder.resolve("out").toString())));
    }

    @Test
    void hashesWithASaltThatNobodySees(SparkSession spark) throws Exception {
        RunReport report = run("personal-values", "hash", "hash-salt", SALT);

        // computed apart, by DuckDB
        assertThat(output(
                        "order_id, name = sha256('%1$s:Ännchen'), email = sha256('%1$s:a@x'), region".formatted(SALT)))
                .contains("1|true|true|North");
        assertThat(report.balance().matched()).isEqualTo(1);
        assertThat(report.unmatchedKeys().keys()).isEqualTo(1);
        assertThat(report.settings()).containsEntry("personal-values", "hash");
        for (String file : Folders.tree(folder.resolve("_crossfoot"))) {
            assertThat(Folders.read(folder.resolve("_crossfoot").resolve(file))).doesNotContain(SALT);
        }
    }

    @Test
    void masksAndKeepsColumnsAndTypes(SparkSession spark) {
        RunReport report = run("personal-values", "mask");

        assertThat(output("order_id, name IS NULL AND email IS NULL, region, total_amount"))
                .contains("1|true|North|2.00");
        assertThat(report.unmatchedKeys().keys()).isEqualTo(1);
        assertThat(report.lineage().columns())
                .hasSize(10)
                .allMatch(column -> !column.type().equals("VOID"));
    }

    @Test
    void dropsColumns(SparkSession spark) {
        RunReport report = run("personal-values", "drop");

        assertThat(DuckDb.query("DESCRIBE SELECT * FROM "
                        + DuckDb.parquet(folder.resolve("out").toString())))
                .extracting(row -> row.split("\\|")[0])
                .contains("customer_id", "region", "total_amount")
                .doesNotContain("name", "email");
        assertThat(output("order_id, region, total_amount")).contains("1|North|2.00", "2|∅|2.00");
        assertThat(report.balance().violations()).isEmpty();
        assertThat(report.unmatchedKeys().keys()).isEqualTo(1);
        assertThat(report.lineage().columns()).hasSize(8);
        assertThat(report.settings()).containsEntry("personal-values", "drop");
    }

    @Test
    void treatsWhatAContractMarksAlike(SparkSession spark) {
        RunReport report = run(
                "personal-values",
                "mask",
                "customers-contract",
                "customer_id STRING NOT NULL, name STRING, email STRING, region STRING COMMENT 'personal'");

        assertThat(output("order_id, coalesce(name, email, region) IS NULL")).contains("1|true", "2|true");
        assertThat(report.settings()).containsEntry("personal", "email,name,region");
    }

    @Test
    void dropsAllThatCustomersHave(SparkSession spark) {
        RunReport report = run("personal-values", "drop", "personal", "NAME,email,region");

        assertThat(output("*")).hasSize(3);
        assertThat(report.lineage().columns()).hasSize(7);
        assertThat(report.unmatchedKeys().keys()).isEqualTo(1);
    }

    @Test
    void dropsNoColumnThatTheRunNeeds(SparkSession spark) {
        assertThatThrownBy(() -> run("personal-values", "drop", "personal", "Price,region", "partition-by", "region"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("Cannot mask, hash or drop 'Price': the run joins or computes with it")
                .hasMessageContaining("Cannot use --partition-by region: it is personal");
        for (String how : List.of("mask", "drop")) {
            assertThatThrownBy(() -> run(IcebergTest.merging(
                            "personal-values", how, "personal", "product_name", "key", "order_id,product_name")))
                    .isInstanceOf(UsageException.class)
                    .hasMessage(
                            "Cannot mask or drop 'product_name': rows are told apart by it (--key); hash it, take it out"
                                    + " of --personal, or keep the values");
        }
        assertThatThrownBy(() -> run("personal-values", "drop", "quality", "Rules = [ IsComplete \"email\" ]"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("there is no column 'email'");
    }

    @Test
    void refusesWhatCannotBeDone(SparkSession spark) {
        assertThatThrownBy(() -> run("personal-values", "hash", "hash-salt", "too short"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("hashes need a secret of 16 characters or more")
                .hasMessageNotContaining("too short");
        assertThatThrownBy(() ->
                        run("personal-values", "hash", "hash-salt", SALT, "personal", "customer_id,order_date,name"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("Cannot mask, hash or drop 'customer_id': the run joins or computes with it")
                .hasMessageContaining("Cannot hash 'order_date': it is DATE, and a hash is a STRING");
    }
}
