package io.crossfoot.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.catalog.CatalogPlace;
import io.crossfoot.contract.ExtraColumns;
import io.crossfoot.contract.Ruleset;
import io.crossfoot.csv.CsvDialect;
import io.crossfoot.csv.CsvDialect.LineBreaks;
import io.crossfoot.error.UsageException;
import io.crossfoot.quality.QuarantineLimit;
import io.crossfoot.quality.Severity;
import io.crossfoot.report.LineageTarget;
import io.crossfoot.sink.Compression;
import io.crossfoot.sink.IcebergName;
import io.crossfoot.sink.SchemaPolicy;
import io.crossfoot.sink.WriteMode;
import io.crossfoot.source.CsvEngine;
import io.crossfoot.source.FileFilter;
import io.crossfoot.source.FileFormat;
import io.crossfoot.transform.DuplicatePolicy;
import io.crossfoot.transform.PersonalValues;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EnrichConfigTest {
    private static final Map<String, String> LEAST =
            Map.of("sales", "s", "customers", "c", "output", "o", "run-id", "r");

    /** A value other than the default, for every setting there is. */
    private static final Map<Setting, String> OTHERS = Map.ofEntries(
            Map.entry(Setting.SALES, "s3a://bucket/sales"),
            Map.entry(Setting.CUSTOMERS, "customers/*.json"),
            Map.entry(Setting.SALES_FORMAT, "csv"),
            Map.entry(Setting.CUSTOMERS_FORMAT, "parquet"),
            Map.entry(Setting.CSV_MULTILINE, "true"),
            Map.entry(Setting.CSV_DELIMITER, "\\t"),
            Map.entry(Setting.CSV_QUOTE, "'"),
            Map.entry(Setting.CSV_NULL, "NULL, \\N"),
            Map.entry(Setting.CSV_CHARSET, "latin1"),
            Map.entry(Setting.CSV_READER, "spark"),
            Map.entry(Setting.SALES_CONTRACT, "id BIGINT NOT NULL"),
            Map.entry(Setting.CUSTOMERS_CONTRACT, "id STRING"),
            Map.entry(Setting.RULES, "Rules = [IsComplete \"id\"]"),
            Map.entry(Setting.QUALITY, "Rules = [RowCount > 0]"),
            Map.entry(Setting.SALES_QUALITY, "default"),
            Map.entry(Setting.CUSTOMERS_QUALITY, "none"),
            Map.entry(Setting.ANOMALIES, "fail"),
            Map.entry(Setting.PERSONAL_VALUES, "hash"),
            Map.entry(Setting.HASH_SALT, "of a secret sixteen"),
            Map.entry(Setting.RENAME_SALES, "a=b,c=d"),
            Map.entry(Setting.RENAME_CUSTOMERS, "x=y=z"),
            Map.entry(Setting.EXTRA_COLUMNS, "refuse"),
            Map.entry(Setting.MAX_QUARANTINE, "0.5%"),
            Map.entry(Setting.ON, "region, id"),
            Map.entry(Setting.DUPLICATES, "latest-by:updated_at"),
            Map.entry(Setting.QUANTITY, "pieces"),
            Map.entry(Setting.PRICE, "cost"),
            Map.entry(Setting.AMOUNT, "sum"),
            Map.entry(Setting.OUTPUT, "out"),
            Map.entry(Setting.CONTROL, "control"),
            Map.entry(Setting.MODE, "merge"),
            Map.entry(Setting.INCREMENTAL, "true"),
            Map.entry(Setting.SINCE, "2026-11-01"),
            Map.entry(Setting.ONLY, "region=N*"),
            Map.entry(Setting.COMPLETE_UNMATCHED, "true"),
            Map.entry(Setting.CUSTOMER_CHANGES, "reenrich"),
            Map.entry(Setting.PARTITION_BY, "order_date"),
            Map.entry(Setting.TARGET_FILE_SIZE, "1KiB"),
            Map.entry(Setting.CATALOG, "glue"),
            Map.entry(Setting.OUTPUT_TABLE, "lake.analytics.Enriched_Sales"),
            Map.entry(Setting.TABLE_FORMAT, "iceberg"),
            Map.entry(Setting.KEY, "order_id, line"),
            Map.entry(Setting.SCHEMA_CHANGES, "add-columns"),
            Map.entry(Setting.COMPRESSION, "GZIP"),
            Map.entry(Setting.PERSONAL, "phone"),
            Map.entry(Setting.LINEAGE, "http://localhost:5000/api/v1/lineage"),
            Map.entry(Setting.RUN_ID, "20261122T093015Z-1a2b"));

    private static final Map<String, String> ICEBERG =
            Map.of("table-format", "iceberg", "output-table", "lake.shop.out", "mode", "merge", "key", "id");

    @TempDir
    Path folder;

    @Test
    void leastSettingsTakeTheDefaults() {
        EnrichConfig config = EnrichConfig.of(LEAST);

        assertThat(config)
                .isEqualTo(new EnrichConfig(
                        new EnrichConfig.TableConfig("s", Optional.empty(), Optional.empty(), Map.of()),
                        new EnrichConfig.TableConfig("c", Optional.empty(), Optional.empty(), Map.of()),
                        new CatalogPlace("crossfoot-catalog"),
                        new EnrichConfig.Csv(CsvDialect.standard(), CsvEngine.CROSSFOOT),
                        ExtraColumns.IGNORE,
                        new QuarantineLimit.Percent(BigDecimal.ONE),
                        Optional.empty(),
                        new EnrichConfig.Quality(
                                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(Severity.WARN)),
                        List.of("customer_id"),
                        DuplicatePolicy.fail(),
                        "quantity",
                        "price",
                        "total_amount",
                        "o",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        WriteMode.OVERWRITE,
                        EnrichConfig.Scope.ALL,
                        FileFilter.NONE,
                        CustomerChanges.IGNORE,
                        List.of(),
                        128L * 1024 * 1024,
                        Compression.ZSTD,
                        Set.of("name", "email"),
                        new PersonalValues.Kept(),
                        new LineageTarget.Nobody(),
                        "r"));
    }

    @Test
    void everySettingReachesItsPlace() {
        Map<String, String> all = new HashMap<>();
        OTHERS.forEach((setting, text) -> all.put(setting.key(), text));

        EnrichConfig config = EnrichConfig.of(all);

        assertThat(config)
                .isEqualTo(new EnrichConfig(
                        new EnrichConfig.TableConfig(
                                "s3a://bucket/sales",
                                Optional.of(FileFormat.CSV),
                                Optional.of("id BIGINT NOT NULL"),
                                Map.of("a", "b", "c", "d")),
                        new EnrichConfig.TableConfig(
                                "customers/*.json",
                                Optional.of(FileFormat.PARQUET),
                                Optional.of("id STRING"),
                                Map.of("x=y", "z")),
                        new CatalogPlace("glue"),
                        new EnrichConfig.Csv(
                                new CsvDialect('\t', '\'', LineBreaks.QUOTED, List.of("NULL", "\\N"), "ISO-8859-1"),
                                CsvEngine.SPARK),
                        ExtraColumns.REFUSE,
                        new QuarantineLimit.Percent(new BigDecimal("0.5")),
                        Optional.of(Ruleset.of("Rules = [IsComplete \"id\"]")),
                        new EnrichConfig.Quality(
                                Optional.of(Ruleset.of("Rules = [RowCount > 0]")),
                                Optional.of(Ruleset.of("default")),
                                Optional.of(Ruleset.of("")),
                                Optional.of(Severity.FAIL)),
                        List.of("region", "id"),
                        DuplicatePolicy.latestBy("updated_at"),
                        "pieces",
                        "cost",
                        "sum",
                        "out",
                        Optional.empty(),
                        Optional.of(new IcebergOutput(
                                new IcebergName(List.of("lake", "analytics", "Enriched_Sales")),
                                List.of("order_id", "line"),
                                SchemaPolicy.ADD_COLUMNS)),
                        Optional.of("control"),
                        WriteMode.MERGE,
                        EnrichConfig.Scope.UNPROCESSED,
                        new FileFilter(Optional.of(Instant.parse("2026-11-01T00:00:00Z")), Map.of("region", "N*")),
                        CustomerChanges.REENRICH,
                        List.of("order_date"),
                        1024,
                        Compression.GZIP,
                        Set.of("phone"),
                        new PersonalValues.Hashed("of a secret sixteen"),
                        new LineageTarget.Endpoint(URI.create("http://localhost:5000/api/v1/lineage")),
                        "20261122T093015Z-1a2b"));
    }

    @Test
    void aSecretOfTheEnvironmentMayLookLikeAPathAndThatOfAFlagIsOne() {
        String secret = "9f86d081/884c7d659a2feaa0";
        Map<String, String> hashing = new HashMap<>(LEAST);
        hashing.put("personal-values", "hash");

        EnrichConfig config = EnrichConfig.from(Settings.resolve(
                Layer.environment(Map.of("CROSSFOOT_HASH_SALT", secret)), Layer.keyed("given", hashing)));

        assertThat(config.personalValues()).isEqualTo(new PersonalValues.Hashed(secret));
        Settings flag =
                Settings.resolve(Layer.of("flag", Map.of(Setting.HASH_SALT, secret)), Layer.keyed("given", hashing));
        assertThatThrownBy(() -> EnrichConfig.from(flag))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("hash-salt = '…' (flag): there is no such local file");
    }

    @ParameterizedTest
    @EnumSource
    void noSettingIsForgotten(Setting setting) {
        assertThat(OTHERS).as("give it another value than its default").containsKey(setting);
        Map<String, String> changed = new HashMap<>(LEAST);
        if (setting == Setting.SINCE || setting == Setting.ONLY) {
            // a part of the sales is for runs that append
            changed.put(Setting.MODE.key(), "append");
        }
        if (setting == Setting.PERSONAL_VALUES || setting == Setting.HASH_SALT) {
            // neither hashes without the other
            changed.put(Setting.HASH_SALT.key(), "another secret of theirs");
            changed.put(Setting.PERSONAL_VALUES.key(), setting == Setting.HASH_SALT ? "hash" : "keep");
        }
        if (setting == Setting.COMPLETE_UNMATCHED || setting == Setting.CUSTOMER_CHANGES) {
            // earlier rows are kept by such runs only
            changed.put(Setting.INCREMENTAL.key(), "true");
        }
        if (EnumSet.of(Setting.OUTPUT_TABLE, Setting.KEY, Setting.SCHEMA_CHANGES)
                .contains(setting)) {
            changed.putAll(ICEBERG);
        }
        EnrichConfig least = EnrichConfig.of(changed);
        if (setting == Setting.TABLE_FORMAT || setting == Setting.MODE) {
            // neither goes without the others
            changed.putAll(ICEBERG);
        }
        changed.put(setting.key(), OTHERS.get(setting));

        EnrichConfig config = EnrichConfig.of(changed);

        assertThat(config).isNotEqualTo(least);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " -> ", quoteCharacter = '`', textBlock = """
            mode = apend -> it must be one of overwrite, append, merge; did you mean 'append'?
            csv-multiline = maybe -> it is a switch; write true or false
            csv-delimiter = ab -> it must be one ASCII character and no letter, digit, quote or line break; write , or ; or \\t
            csv-delimiter = x -> it must be one ASCII character and no letter, digit, quote or line break; write , or ; or \\t
            csv-quote = «» -> it must be one ASCII character and no letter, digit or line break, or none; write " or '
            csv-quote = , -> it is the delimiter, too; choose another
            csv-charset = utf-9 -> Java knows no such charset; write UTF-8, ISO-8859-1 or UTF-16
            csv-reader = univocity -> it must be one of crossfoot, spark
            on = a,,b -> it holds an empty name; write one comma between two names
            partition-by = a,b,a -> it names 'a' twice; name each column once
            rename-sales = a -> 'a' is no rename; write SOURCE=NAME, such as cust_no=customer_id
            rename-sales = a=x,b=x -> 'b=x' renames a column for the second time; name each column once
            duplicates = latest -> it must be fail, latest-by:COLUMN or quarantine
            duplicates = latest-by -> it names no column; write latest-by:COLUMN
            max-quarantine = 101% -> it is neither a count of rows nor a percentage to 100%; write 100 or 0.5%
            max-quarantine = -1 -> it is neither a count of rows nor a percentage to 100%; write 100 or 0.5%
            target-file-size = 0 -> it is no size above zero; write 128MiB, 64m or 1GB
            target-file-size = big -> it is no size above zero; write 128MiB, 64m or 1GB
            run-id = ../x -> it names files, so it may hold 100 letters, digits, dots, dashes and underscores, the first a letter or digit
            mode = merge -> only a table can be merged into; give --table-format iceberg, or choose overwrite or append
            key = order_id -> rows are told apart when they are merged; leave it out, or give --mode merge
            schema-changes = add-columns -> files have the columns of the run that writes them; leave it out, or give --table-format iceberg
            table-format = delta -> it must be one of parquet, iceberg
            rules = rules/none.dqdl -> there is no such local file; name one, or write out what it holds
            """)
    void wrongValueIsRefusedWithItsPlaceAndRemedy(String assignment, String reason) {
        String[] keyAndText = assignment.split(" = ", 2);
        Map<String, String> wrong = new HashMap<>(LEAST);
        wrong.put(keyAndText[0], keyAndText[1]);

        assertThatThrownBy(() -> EnrichConfig.of(wrong))
                .isInstanceOf(UsageException.class)
                .hasMessage("Cannot use %s = '%s' (given): %s".formatted(keyAndText[0], keyAndText[1], reason));
    }

    @Test
    void allThatIsWrongOrMissingIsToldAtOnce() {
        assertThatThrownBy(() -> EnrichConfig.of(Map.of("sales", "", "customers", "c", "run-id", "r", "price", "")))
                .isInstanceOf(UsageException.class)
                .hasMessage("""
                        Cannot start: 3 settings are wrong
                          - Cannot use sales = '' (given): the value is empty; leave it out or give one
                          - Cannot use price = '' (given): the value is empty; leave it out or give one
                          - Cannot enrich: output is not set; give --output PATH or CROSSFOOT_OUTPUT""");
    }

    @Test
    void aTableNeedsANameAndAMergeAKey() {
        Map<String, String> merging = new HashMap<>(LEAST);
        merging.putAll(Map.of("table-format", "iceberg", "mode", "merge"));

        assertThatThrownBy(() -> EnrichConfig.of(merging)).hasMessage("""
                        Cannot start: 2 settings are wrong
                          - Cannot enrich: key is not set; give --key COLUMN,… or CROSSFOOT_KEY
                          - Cannot enrich: output-table is not set; give --output-table DB.TABLE or CROSSFOOT_OUTPUT_TABLE""");
        merging.putAll(Map.of("mode", "append", "output-table", "shop.out", "complete-unmatched", "true"));
        assertThatThrownBy(() -> EnrichConfig.of(merging)).hasMessage("""
                        Cannot start: 2 settings are wrong
                          - Cannot use output-table = 'shop.out' (given): 'shop.out' names no Iceberg table; write CATALOG.DATABASE.TABLE, such as lake.shop.enriched_sales
                          - Cannot use complete-unmatched = 'true' (given): rows of an Iceberg table are changed by a merge only; leave it out, or give --mode merge""");
        merging.putAll(ICEBERG);
        assertThat(EnrichConfig.of(merging).customerChanges()).isEqualTo(CustomerChanges.COMPLETE);
        merging.put("complete-unmatched", "false");
        assertThat(EnrichConfig.of(merging).customerChanges()).isEqualTo(CustomerChanges.IGNORE);
    }

    @Test
    void contractIsReadFromTheFileItNames() throws IOException {
        Path contract = Files.writeString(folder.resolve("sales.ddl"), "id BIGINT");

        EnrichConfig config = EnrichConfig.of(with("sales-contract", contract.toString()));

        assertThat(config.sales().contract()).contains("id BIGINT");
    }

    @Test
    void aContractMarksPersonalColumnsBesideThoseOfTheSetting() {
        String contract =
                "id STRING NOT NULL, phone STRING COMMENT 'personal', shoe INT COMMENT 'Personal: their size',"
                        + " kind STRING COMMENT 'not personal', size INT COMMENT 'personality'";

        assertThat(EnrichConfig.of(with("customers-contract", contract)).personal())
                .containsExactlyInAnyOrder("name", "email", "phone", "shoe");
        Map<String, String> none = with("sales-contract", contract);
        none.put("personal", "none");
        assertThat(EnrichConfig.of(none).personal()).containsExactlyInAnyOrder("phone", "shoe");
        assertThat(EnrichConfig.of(with("sales-contract", "phone STRNG COMMENT 'personal'"))
                        .personal())
                .containsExactlyInAnyOrder("name", "email");
    }

    @Test
    void aPersonalColumnWithACommaInItsNameIsRefused() {
        assertThatThrownBy(() -> EnrichConfig.of(
                        with("customers-contract", "`name, full` STRING COMMENT 'personal', `a, b` STRING")))
                .isInstanceOf(UsageException.class)
                .hasMessage("Cannot mark 'name, full' as personal: its name has a comma; rename it");
    }

    @Test
    void rulesKnowTheFileThatTheyWereReadFrom() throws IOException {
        Path rules = Files.writeString(folder.resolve("sales.dqdl"), "IsComplete \"id\"");

        EnrichConfig config = EnrichConfig.of(with("rules", rules.toString()));

        assertThat(config.rules()).contains(new Ruleset("IsComplete \"id\"", Optional.of(rules.toString())));
    }

    @Test
    void contractThatIsAFolderOrNoTextIsRefused() throws IOException {
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff});

        assertThatThrownBy(() -> EnrichConfig.of(with("rules", folder.toString())))
                .isInstanceOf(UsageException.class)
                .hasMessageEndingWith("(given): it is a folder; name a file in it");
        assertThatThrownBy(() -> EnrichConfig.of(with("rules", binary.toString())))
                .isInstanceOf(UsageException.class)
                .hasMessageEndingWith("(given): the file is no UTF-8 text; name another");
    }

    @ParameterizedTest
    @CsvSource({
        "latest-by updated_at, updated_at",
        "latest-by:updated_at, updated_at",
        "latest-by: updated at, updated at"
    })
    void latestByIsSpelledWithColonOrBlank(String text, String column) {
        EnrichConfig config = EnrichConfig.of(with("duplicates", text));

        assertThat(config.duplicates()).isEqualTo(DuplicatePolicy.latestBy(column));
    }

    private static Map<String, String> with(String key, String text) {
        Map<String, String> values = new HashMap<>(LEAST);
        values.put(key, text);
        return values;
    }
}
