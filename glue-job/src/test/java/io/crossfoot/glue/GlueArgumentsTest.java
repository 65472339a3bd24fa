package io.crossfoot.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.catalog.TableName;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.config.EnrichConfig.Scope;
import io.crossfoot.config.IcebergOutput;
import io.crossfoot.config.Setting;
import io.crossfoot.csv.CsvDialect.LineBreaks;
import io.crossfoot.error.UsageException;
import io.crossfoot.sink.IcebergName;
import io.crossfoot.sink.SchemaPolicy;
import io.crossfoot.sink.WriteMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GlueArgumentsTest {
    private static GlueArguments parse(String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("--JOB_NAME", "nightly", "--JOB_RUN_ID", "jr_1_attempt_1", "--DATABASE_NAME", "shop"));
        if (!Arrays.asList(more).contains("--OUTPUT")) {
            arguments.addAll(List.of("--OUTPUT_BUCKET", "processed"));
        }
        arguments.addAll(List.of(more));
        return GlueArguments.parse(arguments.toArray(String[]::new));
    }

    private static void assertRefused(String problem, String... more) {
        assertThatThrownBy(() -> parse(more)).isInstanceOf(UsageException.class).hasMessage(problem);
    }

    @Test
    void theRecipesArgumentsAreEnough() {
        GlueArguments arguments = parse();
        EnrichConfig config = arguments.config();

        assertThat(arguments.jobName()).isEqualTo("nightly");
        assertThat(arguments.bookmark()).isEqualTo(Bookmark.DISABLED);
        assertThat(config.sales().catalogTable()).map(Object::toString).contains("shop.sales");
        assertThat(config.customers().catalogTable()).map(Object::toString).contains("shop.customers");
        assertThat(config.outputTable()).map(Object::toString).contains("shop.enriched_sales");
        assertThat(config.output()).isEqualTo("s3://processed/enriched-sales/");
        assertThat(config.catalog().text()).isEqualTo("glue");
        assertThat(config.runId()).isEqualTo("jr_1_attempt_1");
        assertThat(config.mode()).isEqualTo(WriteMode.OVERWRITE);
    }

    @Test
    void tablesHaveNamesOfTheUsersChoice() {
        EnrichConfig config = parse(
                        "--SALES_TABLE", "orders", "--CUSTOMERS_TABLE", "clients", "--OUTPUT_TABLE", "lines")
                .config();

        assertThat(config.sales().location()).isEqualTo("catalog:shop.orders");
        assertThat(config.customers().location()).isEqualTo("catalog:shop.clients");
        assertThat(config.outputTable()).map(Object::toString).contains("shop.lines");
        assertThat(parse("--OUTPUT_TABLE", "other.lines").config().outputTable())
                .map(Object::toString)
                .contains("other.lines");
    }

    @Test
    void anIcebergTableIsInTheCatalogThatAwsNames() {
        List<String> merging = List.of("--TABLE_FORMAT", "iceberg", "--MODE", "merge", "--KEY", "order_id");
        assertThat(parse(merging.toArray(String[]::new)).config().iceberg().orElseThrow())
                .isEqualTo(new IcebergOutput(
                        IcebergName.parse("glue_catalog.shop.enriched_sales"),
                        List.of("order_id"),
                        SchemaPolicy.REFUSE));
        assertThat(parse("--TABLE_FORMAT", "iceberg", "--OUTPUT_TABLE", "lake.other.lines")
                        .config()
                        .iceberg()
                        .orElseThrow()
                        .name())
                .hasToString("lake.other.lines");
        assertThat(parse("--TABLE_FORMAT", "iceberg", "--OUTPUT_TABLE", "other.lines")
                        .config()
                        .iceberg()
                        .orElseThrow()
                        .name())
                .hasToString("glue_catalog.other.lines");
    }

    @Test
    void everySettingHasAGlueSpelling() {
        List<String> values = List.of(
                "--MAX_QUARANTINE=5%", "--EXTRA_COLUMNS", "keep", "--ON", "customer_id", "--CSV_MULTILINE", "true");
        EnrichConfig config = parse(values.toArray(String[]::new)).config();

        assertThat(config.maxQuarantine()).hasToString("5%");
        assertThat(config.csv().dialect().lineBreaks()).isEqualTo(LineBreaks.QUOTED);
        assertThat(Setting.values())
                .allSatisfy(setting -> assertThat(setting.glueName()).matches("[A-Z_]+"));
    }

    @Test
    void whatIsGluesOwnIsLeftAlone() {
        assertThat(parse(
                                "--job-language",
                                "scala",
                                "--enable-metrics",
                                "",
                                "--TempDir",
                                "s3://t/",
                                "--enable-observability-metrics",
                                "true",
                                "--conf",
                                "a=b --conf c=d",
                                "--something-that-glue-7-has",
                                "true",
                                "--SECURITY_CONFIGURATION",
                                "x",
                                "--mode",
                                "internal",
                                "--continuation-option",
                                "continuation-enabled")
                        .config())
                .isEqualTo(parse().config());
    }

    @Test
    void whatIsOursMustBeKnown() {
        assertRefused(
                "Cannot use --SALES_TABEL: there is no such argument; did you mean 'SALES_TABLE'?",
                "--SALES_TABEL",
                "x");
        assertRefused("Cannot use --max-quarantine: on Glue it is spelled --MAX_QUARANTINE", "--max-quarantine", "5%");
        assertRefused("Cannot use --MODE: its value is missing; write --MODE and a value", "--MODE");
        assertRefused("Cannot use --MODE: it is given twice; give it once", "--MODE", "append", "--MODE", "append");
        assertRefused(
                "Cannot use 'b': it follows no argument; give a value that holds blanks as one text",
                "--ON",
                "customer_id",
                "b");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        assertThatThrownBy(() -> GlueArguments.parse(
                        "--MODES", "append", "--MAX_QUARANTINE", "many", "--OUTPUT_BUCKET", "s3://b/"))
                .isInstanceOf(UsageException.class)
                .hasMessage("""
                        Cannot start: 6 settings are wrong
                          - Cannot use --MODES: there is no such argument; did you mean 'MODE'?
                          - Cannot name the job: Glue gave no --JOB_NAME; outside of Glue give it yourself
                          - Cannot start: --DATABASE_NAME is missing; give the database of the tables
                          - Cannot use --OUTPUT_BUCKET s3://b/: it is no name of a bucket; write the name alone, or a whole path with --OUTPUT
                          - Cannot name the run: Glue gave no --JOB_RUN_ID; outside of Glue give --RUN_ID
                          - Cannot use max-quarantine = 'many' (Glue argument): it is neither a count of rows nor a percentage to 100%; write 100 or 0.5%""");
    }

    @Test
    void placesMayBeNamedOutright() {
        EnrichConfig config = parse("--SALES", "s3://raw/sales/", "--OUTPUT", "s3://other/out/")
                .config();

        assertThat(config.sales().location()).isEqualTo("s3://raw/sales/");
        assertThat(config.sales().catalogTable()).isEmpty();
        assertThat(config.output()).isEqualTo("s3://other/out/");
        assertRefused(
                "Cannot use --SALES_TABLE and --SALES together; give one", "--SALES", "s3://a/b", "--SALES_TABLE", "x");
    }

    @Test
    void aBookmarkAppends() {
        GlueArguments arguments = parse("--job-bookmark-option", "job-bookmark-enable");

        assertThat(arguments.bookmark()).isEqualTo(Bookmark.ENABLED);
        assertThat(arguments.config().mode()).isEqualTo(WriteMode.APPEND);
        assertThat(parse("--job-bookmark-option", "job-bookmark-pause").bookmark())
                .isEqualTo(Bookmark.PAUSED);
    }

    @Test
    void theStateMayBeCrossfootsOwn() {
        assertThat(parse("--STATE", "manifest").config())
                .returns(Scope.UNPROCESSED, EnrichConfig::scope)
                .returns(WriteMode.APPEND, EnrichConfig::mode);
        assertThat(parse("--STATE", "bookmark").config().scope()).isEqualTo(Scope.ALL);
        assertRefused(
                "Cannot use --STATE manifst: it must be bookmark or manifest; did you mean 'manifest'?",
                "--STATE",
                "manifst");
        assertRefused(
                "Cannot use --STATE manifest with a bookmark: each would remember the sales for itself; disable the bookmark",
                "--STATE",
                "manifest",
                "--job-bookmark-option",
                "job-bookmark-enable");
    }

    @Test
    void aBookmarkNeverReplacesHistory() {
        assertRefused(
                "Cannot use --MODE overwrite with a bookmark: new sales alone would replace all earlier ones; leave it out,"
                        + " or disable the bookmark",
                "--job-bookmark-option",
                "job-bookmark-enable",
                "--MODE",
                "overwrite");
        assertRefused(
                "Cannot use --job-bookmark-option on: it must be one of job-bookmark-disable, job-bookmark-enable,"
                        + " job-bookmark-pause",
                "--job-bookmark-option",
                "on");
        assertRefused(
                "Cannot use a bookmark with --SALES s3://a/b: Glue remembers files of catalog tables only; name one with"
                        + " --SALES_TABLE",
                "--job-bookmark-option",
                "job-bookmark-enable",
                "--SALES",
                "s3://a/b");
    }

    @Test
    void aReplayIsToldWhatEveryReplayIsWhateverTheJobHas() {
        GlueArguments arguments = parse(
                "--REPLAY_RUN",
                "jr_0",
                "--job-bookmark-option",
                "job-bookmark-enable",
                "--MODE",
                "overwrite",
                "--MAX_QUARANTINE",
                "5%");

        assertThat(arguments.replayed()).contains("jr_0");
        assertThat(arguments.bookmark()).isEqualTo(Bookmark.DISABLED);
        assertThat(arguments.config().mode()).isEqualTo(WriteMode.APPEND);
        assertThat(arguments.config().maxQuarantine().toString()).isEqualTo("100%");
        assertThat(parse().replayed()).isEmpty();
    }

    @Test
    void aRulesetIsForTheOutputTableAndKnowsTheCustomers() {
        assertThat(parse("--QUALITY_RULESET", "good").quality())
                .contains(new QualityEvaluation(
                        "good",
                        TableName.parse("shop.enriched_sales"),
                        Optional.of(TableName.parse("shop.customers"))));
        assertThat(parse(
                                "--QUALITY_RULESET",
                                "good",
                                "--TABLE_FORMAT",
                                "iceberg",
                                "--OUTPUT_TABLE",
                                "lake.other.lines",
                                "--CUSTOMERS",
                                "s3://a/customers")
                        .quality())
                .contains(new QualityEvaluation("good", TableName.parse("other.lines"), Optional.empty()));
        assertThat(parse().quality()).isEmpty();
        assertThatThrownBy(() -> GlueArguments.parse(
                        "--JOB_NAME",
                        "nightly",
                        "--JOB_RUN_ID",
                        "jr_1",
                        "--SALES",
                        "s3://a/sales",
                        "--CUSTOMERS",
                        "s3://a/customers",
                        "--OUTPUT",
                        "s3://a/out",
                        "--QUALITY_RULESET",
                        "good"))
                .hasMessage("Cannot use --QUALITY_RULESET: the output is no table; name one with --OUTPUT_TABLE");
    }

    @Test
    void aRangeOfABookmarkHasTwoEndsAndIsMeant() {
        assertRefused(
                "Cannot use --job-bookmark-from without --job-bookmark-to, nor the other way round; give both",
                "--job-bookmark-option",
                "job-bookmark-pause",
                "--job-bookmark-from",
                "jr_1",
                "--MODE",
                "append");
        assertRefused(
                "Cannot read a range of the bookmark as if it were new: its sales may be in the output already; give --MODE"
                        + " append if that is meant",
                "--job-bookmark-option",
                "job-bookmark-pause",
                "--job-bookmark-from",
                "jr_1",
                "--job-bookmark-to",
                "jr_2");
    }
}
