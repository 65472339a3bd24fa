package io.crossfoot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.error.UsageException;
import io.crossfoot.report.PersonalColumns;
import io.crossfoot.report.QuarantineSample;
import io.crossfoot.report.RunReport;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page that each run leaves. How it looks and behaves in a browser is seen by {@code deploy/test.d/report.sh}. */
@ExtendWith(LocalSpark.class)
class ReportPageTest {
    private static final String SCRIPT = "<script>document.title='taken'</script>";

    @TempDir
    private static Path scratch;

    private static RunReport report;
    private static String page;

    /** Two runs over files that hold what a page must not take for markup, and what it must not show. */
    @BeforeAll
    static void runTwice() {
        write(
                "sales/a.csv",
                "order_id,customer_id,product_name,quantity,price,order_date",
                "1,C1,Tea,2,1.50,2024-01-01");
        write("customers/c.json", "{\"customer_id\":\"C1\",\"name\":\"Ann Secret\",\"email\":\"ann@secret.example\"}");
        run("first", Map.of());
        write(
                "sales/b.csv",
                "order_id,customer_id,product_name,quantity,price,order_date,note",
                "2,C9,\"%s\",2.5,1,2024-01-01,\"x\"".formatted(SCRIPT));
        write(
                "customers/d.json",
                "{\"name\":\"Bob Secret\",\"email\":\"bob@secret.example\",\"region\":\"North\"}",
                "{\"customer_id\":\"C2\",\"name\":\"Cut Secret");
        report = run("second", Map.of());
        page = Folders.read(Path.of(report.page().replaceFirst("^file:/+", "/")));
    }

    @Test
    void isWellFormedAndSmall() throws Exception {
        assertThat(page.length()).isLessThan(300_000);
        // what a browser forgives is not forgiven here
        String strict = page.replaceFirst("<!DOCTYPE html>", "")
                .replaceAll("<meta ([^>]*)>", "<meta $1/>")
                .replaceFirst("(?s)<script>.*</script>", "");
        javax.xml.stream.XMLStreamReader reader =
                javax.xml.stream.XMLInputFactory.newFactory().createXMLStreamReader(new StringReader(strict));
        while (reader.hasNext()) {
            reader.next();
        }
    }

    @Test
    void takesNothingOfTheDataForMarkup() {
        assertThat(page)
                .doesNotContain(SCRIPT)
                .contains("&lt;script&gt;document.title=&#39;taken&#39;&lt;/script&gt;")
                .containsOnlyOnce("<script>");
        assertThat(page).contains("script-src 'sha256-");
    }

    @Test
    void showsNoPersonalValue() {
        assertThat(page).doesNotContain("Secret").doesNotContain("secret").contains("&quot;name&quot;:&quot;•••&quot;");
    }

    @Test
    void masksAKeyOfSeveralColumnsWhereOneIsPersonal() {
        PersonalColumns personal = new PersonalColumns(Set.of("name"));
        QuarantineSample key = new QuarantineSample("customers", "r", "region, Name", "North, Ann", "f", null);
        QuarantineSample other = new QuarantineSample("customers", "r", "region, surname", "North, A", "f", null);

        assertThat(personal.masked(key).value()).isEqualTo(PersonalColumns.MASK);
        assertThat(personal.masked(other)).isEqualTo(other);
    }

    @Test
    void namesEveryReason() {
        assertThat(report.quarantine()).isNotEmpty();
        report.quarantine().forEach(rows -> assertThat(page).contains(rows.reason()));
    }

    @Test
    void saysWhatColumnsAreNew() {
        assertThat(page).contains("note STRING is new").contains("Compared with run <code>first</code>");
    }

    @Test
    void remembersBothRuns() {
        assertThat(Folders.read(control().resolve("history.jsonl")).lines()).hasSize(2);
        assertThat(page).contains("over 2 runs");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "to_number(product_name, '999') > 0",
                "raise_error(product_name) IS NULL",
                "'a' RLIKE concat('*', product_name)"
            })
    void aConditionThatFailsShowsNoValue(String condition) {
        Map<String, String> settings = Map.of(
                "output", scratch.resolve("unjudged").toString(),
                "sales-quality", "Rules = [ IsComplete \"product_name\" where \"%s\" ]".formatted(condition));

        assertThatThrownBy(() -> run("third", settings))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("Cannot judge by rules with 'where': Spark cannot compute a condition (")
                .hasMessageContaining(condition)
                .hasMessageNotContainingAny("Tea", "script")
                .hasNoCause();
    }

    private static Path control() {
        return scratch.resolve("_crossfoot/out");
    }

    private static void write(String file, String... lines) {
        Folders.write(scratch.resolve(file), String.join("\n", lines) + "\n");
    }

    private static RunReport run(String name, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "sales", scratch.resolve("sales").toString(),
                "customers", scratch.resolve("customers").toString(),
                "max-quarantine", "100%",
                "output", scratch.resolve("out").toString(),
                "run-id", name));
        settings.putAll(more);
        return Pipeline.of(EnrichConfig.of(settings)).run(LocalSpark.session());
    }
}
