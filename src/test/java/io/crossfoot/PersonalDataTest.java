package io.crossfoot;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.cli.Main;
import io.crossfoot.testing.Child;
import io.crossfoot.testing.Folders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a run says and leaves, but for its output and its quarantine, holds no personal value. Each of them has {@link
 * #MARK} in it, and nothing else does.
 */
class PersonalDataTest {
    private static final String MARK = "qzx";
    private static final String SALES = "order_id,customer_id,product_name,quantity,price,order_date";
    private static final String CUSTOMERS = "customer_id,name,email,region,born";

    @TempDir
    private Path folder;

    @BeforeEach
    void writeMessyInputs() {
        write(
                "sales/1.csv",
                SALES,
                "1,C1,Qzx Pen,1,2.00,2024-01-15",
                "2,C2,Qzx Ink,x,2.00,2024-01-15",
                "3,C3,Qzx Pen that is long,1,2.00,2024-01-15",
                "4,C1,Qzx torn,1",
                "5,C1,\"Qzx\" torn,1,2.00,2024-01-15",
                "6,C9,Qzx Cap,1,Qzx 2.00,2024-01-15");
        write(
                "customers/1.csv",
                CUSTOMERS,
                "C1,Qzx Ann,qzx1@x.org,North,2001-02-03",
                "C2,Qzx Bob,qzx2@x.org,South,Qzx-1999",
                "C3,Qzx Cem,qzx3@x.org,East",
                "C4,Qzx Dan,qzx4@x.org,North,2001-02-03",
                "C4,Qzx Eve,qzx5@x.org,North,2001-02-03",
                "C7,Qzx Ann,qzx9@x.org,South,2001-02-03",
                ",Qzx Fay,qzx6@x.org,North,2001-02-03");
        write("customers/2.csv", CUSTOMERS, "C5,\"Qzx Gus,qzx7@x.org,North,2001-02-03", "C6,Qzx Hal,qzx8@x.org,South,");
    }

    private void write(String file, String... lines) {
        Folders.write(folder.resolve(file), String.join("\n", lines) + "\n");
    }

    private Child enrich(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "enrich",
                "--sales",
                folder.resolve("sales/1.csv").toString(),
                "--customers",
                folder.resolve("customers").toString(),
                "--customers-contract",
                "customer_id STRING NOT NULL, name STRING, email STRING, region STRING, born DATE COMMENT 'personal'",
                "--personal",
                "name,email,product_name,price",
                "--output",
                folder.resolve("out").toString(),
                "--run-id",
                "r1",
                "--max-quarantine",
                "100%",
                "--lineage",
                "stdout",
                "--verbose",
                "--debug"));
        arguments.addAll(List.of(more));
        return Child.test(folder, Main.class, arguments.toArray(String[]::new));
    }

    /** As the launcher does where it is asked to be verbose. */
    private static Child.Ending loud(Child child) {
        return child.jvmOption("-Dcrossfoot.log=info")
                .jvmOption("-Dcrossfoot.log.failures=info")
                .run();
    }

    private Stream<String> left() {
        Path control = folder.resolve("_crossfoot");
        return Folders.tree(control).stream()
                .filter(file -> !file.contains("/quarantine/") && !file.contains("/staging/") && !file.endsWith(".crc"))
                .map(file -> file + "\n" + Folders.read(control.resolve(file)));
    }

    private void assertTellsNothing(Child.Ending ending) {
        Stream.concat(Stream.of(ending.out(), ending.err()), left())
                .forEach(text -> assertThat(text.toLowerCase(Locale.ROOT)).doesNotContain(MARK));
    }

    @Test
    void aMessyRunTellsNothing() {
        Child.Ending ending = loud(enrich(
                "--json",
                "--duplicates",
                "quarantine",
                "--rules",
                "ColumnLength \"product_name\" < 12",
                "--customers-quality",
                "Rules = [ ColumnValues \"email\" matches \".*@y\" # warn\n, IsUnique \"name\" # warn\n ]",
                "--quality",
                "Rules = [ CustomSql \"SELECT count(*) FROM primary WHERE name LIKE 'Q%'\" = 0, # warn\n"
                        + " ColumnLength \"name\" > 99, # warn\n Entropy \"email\" > 9 # warn\n ]"));

        assertThat(ending.exitCode()).as(ending.err()).isZero();
        assertThat(ending.err()).contains(" INFO ");
        assertThat(ending.out()).contains("\"eventType\":\"COMPLETE\"");
        assertTellsNothing(ending);
        assertThat(left().map(text -> text.lines().findFirst().orElseThrow()))
                .anyMatch(file -> file.endsWith("run-report.json"))
                .anyMatch(file -> file.endsWith("report.html"))
                .anyMatch(file -> file.endsWith("history.jsonl"));
        assertThat(Folders.tree(folder.resolve("_crossfoot")).stream()
                        .filter(file -> file.contains("quarantine/"))
                        .map(file -> Folders.read(folder.resolve("_crossfoot").resolve(file))))
                .anyMatch(rows -> rows.contains("Qzx-1999"));
    }

    @Test
    void aRunThatIsRefusedTellsNothing() {
        Child.Ending ending = loud(enrich(
                "--duplicates",
                "quarantine",
                "--quality",
                "Rules = [ ColumnLength \"name\" > 99, IsUnique \"product_name\", Completeness \"email\" > 0.99 ]"));

        assertThat(ending.exitCode()).as(ending.err()).isEqualTo(1);
        assertTellsNothing(ending);
    }

    @Test
    void keysInConflictAreNotTold() {
        Child.Ending ending = loud(enrich(
                "--on",
                "name",
                "--rename-sales",
                "product_name=name",
                "--sales-contract",
                "order_id BIGINT, customer STRING, name STRING, quantity INT, price DECIMAL(12,2)"));

        assertThat(ending.exitCode()).as(ending.err()).isEqualTo(1);
        assertThat(ending.err()).contains("not shown, as it is personal");
        assertTellsNothing(ending);
    }

    @Test
    void aQueryThatFailsTellsNothing() {
        Child.Ending ending = enrich(
                        "--duplicates",
                        "quarantine",
                        "--quality",
                        "Rules = [ CustomSql \"SELECT CAST(raise_error(max(name)) AS INT) FROM primary\" = 0 ]")
                .run();

        assertThat(ending.exitCode()).as(ending.err()).isEqualTo(2);
        assertThat(ending.err()).contains("Cannot use rule 'CustomSql \"SELECT CAST(raise_error(max(name))");
        assertTellsNothing(ending);
    }

    @Test
    void aConditionThatFailsTellsNothing() {
        Child.Ending ending = enrich(
                        "--duplicates",
                        "quarantine",
                        "--customers-quality",
                        "Rules = [ IsComplete \"email\" where \"to_number(name, '999') > 0\" ]")
                .run();

        assertThat(ending.exitCode()).as(ending.err()).isEqualTo(2);
        assertThat(ending.err()).contains("Cannot judge by rules with 'where'");
        assertTellsNothing(ending);
    }
}
