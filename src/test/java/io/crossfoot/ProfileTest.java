package io.crossfoot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.error.UsageException;
import io.crossfoot.quality.ColumnProfile;
import io.crossfoot.quality.References;
import io.crossfoot.quality.RuleResult;
import io.crossfoot.quality.TableChecks;
import io.crossfoot.quality.TableProfile;
import io.crossfoot.quality.TableRule;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class ProfileTest {
    private static final int ROWS = 100;

    @TempDir
    private static Path folder;

    private static TableProfile profile;

    /** Two files that spell and order their columns each in its own way, and one row of which nothing can be made. */
    @BeforeAll
    static void profileOnce() {
        Folders.write(
                folder.resolve("t/a.csv"),
                "id,shop,price,day,email,mixed\n"
                        + IntStream.range(0, ROWS)
                                .mapToObj(i -> "%d,%s,%s,2024-01-%02d,p%d@x,%s\n"
                                        .formatted(
                                                i,
                                                i % 4 == 0 ? "N" : "S",
                                                i % 10 == 0 ? "" : i + ".50",
                                                1 + i % 28,
                                                i,
                                                i % 2 == 0 ? "7" : "seven"))
                                .collect(Collectors.joining()));
        Folders.write(folder.resolve("t/b.csv"), "EMAIL,Id\np1@x,-1\nonly one\n");
        profile = Profile.of(
                EnrichConfig.of(Map.of(
                        "sales", folder.resolve("t").toString(),
                        "customers", "-",
                        "output", "-",
                        "run-id", "profile")),
                LocalSpark.session());
    }

    private static ColumnProfile column(String name) {
        return profile.columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void countsRowsAndThoseThatAreNone() {
        assertThat(profile.rows()).isEqualTo(ROWS + 1);
        assertThat(profile.malformed()).isEqualTo(1);
        assertThat(profile.columns())
                .extracting(ColumnProfile::name)
                .containsExactlyInAnyOrder("id", "shop", "price", "day", "email", "mixed");
    }

    @Test
    void measuresNumbers() {
        ColumnProfile id = column("id");
        assertThat(id.types()).containsExactly(entry("INTEGER", 101L));
        assertThat(id.unique()).isTrue();
        assertThat(List.of(id.least(), id.greatest())).containsExactly("-1", "99");
        assertThat(id.numbers().mean()).isEqualTo(4949.0 / 101, within(1e-9));
        assertThat(id.numbers().quantiles()).containsExactly(4.0, 24.0, 49.0, 74.0, 94.0);
        assertThat(column("price").completeness()).isEqualTo(90.0 / 101, within(1e-9));
        assertThat(column("price").types()).containsExactly(entry("DECIMAL", 90L));
        // as a number: as text 9.50 would be the greatest
        assertThat(column("price").greatest()).isEqualTo("99.5");
    }

    @Test
    void seesEveryTypeAndTheMostFrequentValues() {
        assertThat(column("mixed").types()).containsExactly(entry("INTEGER", 50L), entry("TEXT", 50L));
        assertThat(column("mixed").numbers()).isNull();
        assertThat(column("day").types()).containsExactly(entry("DATE", 100L));
        assertThat(column("shop").top())
                .containsExactly(new ColumnProfile.Value("S", 75), new ColumnProfile.Value("N", 25));
    }

    @Test
    void showsNothingPersonal() {
        ColumnProfile email = column("email");
        assertThat(email.present()).isEqualTo(101);
        assertThat(email.unique()).isFalse();
        assertThat(email.personal()).isTrue();
        assertThat(profile.toString()).doesNotContain("@x");
    }

    @Test
    void knowsWhatAContractMarksUnderItsNameInTheSource() {
        Folders.write(folder.resolve("marked/a.csv"), "Tel,shop\n555-1,N\n555-2,S\n");
        Map<String, String> settings = new HashMap<>(Map.of(
                "sales", folder.resolve("marked").toString(),
                "customers", "-",
                "customers-contract", "phone STRING COMMENT 'personal', shop STRING",
                "rename-customers", "tel=phone",
                "output", "-",
                "run-id", "profile"));

        TableProfile marked = Profile.of(EnrichConfig.of(settings), LocalSpark.session());

        assertThat(marked.toString()).contains("least=N").doesNotContain("555");
        settings.put("customers-contract", "phone STRNG COMMENT 'personal'");
        assertThatThrownBy(() -> Profile.of(EnrichConfig.of(settings), LocalSpark.session()))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("Cannot use the contract of customers: ");
    }

    @Test
    void suggestsRulesThatTheTableKeeps() {
        Dataset<Row> typed = LocalSpark.session()
                .read()
                .option("header", true)
                .schema("id BIGINT, shop STRING, price DECIMAL(12,2), day DATE, email STRING, mixed STRING")
                .csv(folder.resolve("t/a.csv").toString());

        List<TableRule> rules = TableRule.parse(profile.suggested(), Instant.EPOCH);

        assertThat(rules)
                .extracting(TableRule::text)
                .contains(
                        "IsPrimaryKey \"id\"",
                        "ColumnDataType \"id\" = \"LONG\"",
                        "Completeness \"price\" >= 0.83",
                        "ColumnValues \"price\" >= 0 with threshold >= 0.83",
                        "ColumnValues \"shop\" in [\"N\", \"S\"] with threshold >= 0.98")
                .noneMatch(rule -> rule.startsWith("ColumnValues \"email\"") || rule.startsWith("ColumnValues \"id\""));
        TableChecks checks = new TableChecks("t", rules, typed, References.of(Map.of()));
        assertThat(checks.judge(typed)).allMatch(RuleResult::holds);
    }
}
