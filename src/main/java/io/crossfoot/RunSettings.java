package io.crossfoot;

import io.crossfoot.config.CustomerChanges;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.config.EnrichConfig.TableConfig;
import io.crossfoot.config.Setting;
import io.crossfoot.csv.CsvDialect;
import io.crossfoot.transform.DuplicatePolicy;
import io.crossfoot.transform.PersonalValues;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a run was told, as its report shows it: the settings that decide what comes out. */
final class RunSettings {
    private RunSettings() {}

    static Map<String, String> of(EnrichConfig config) {
        Map<Setting, String> settings = new EnumMap<>(Setting.class);
        settings.put(Setting.SALES, config.sales().location());
        settings.put(Setting.CUSTOMERS, config.customers().location());
        boolean isAnyTable = config.sales().catalogTable().isPresent()
                || config.customers().catalogTable().isPresent()
                || config.outputTable().isPresent();
        if (isAnyTable) {
            settings.put(Setting.CATALOG, config.catalog().text());
        }
        config.sales().format().ifPresent(format -> settings.put(Setting.SALES_FORMAT, lower(format)));
        config.customers().format().ifPresent(format -> settings.put(Setting.CUSTOMERS_FORMAT, lower(format)));
        csv(config.csv().dialect(), settings);
        config.sales().contract().ifPresent(ddl -> settings.put(Setting.SALES_CONTRACT, ddl));
        config.customers().contract().ifPresent(ddl -> settings.put(Setting.CUSTOMERS_CONTRACT, ddl));
        config.rules().ifPresent(rules -> settings.put(Setting.RULES, rules.text()));
        config.quality().enriched().ifPresent(rules -> settings.put(Setting.QUALITY, rules.text()));
        config.quality().sales().ifPresent(rules -> settings.put(Setting.SALES_QUALITY, rules.text()));
        config.quality().customers().ifPresent(rules -> settings.put(Setting.CUSTOMERS_QUALITY, rules.text()));
        settings.put(Setting.EXTRA_COLUMNS, lower(config.extraColumns()));
        settings.put(Setting.MAX_QUARANTINE, config.maxQuarantine().toString());
        settings.put(Setting.ON, String.join(",", config.on()));
        settings.put(Setting.DUPLICATES, duplicates(config.duplicates()));
        settings.put(Setting.QUANTITY, config.quantity());
        settings.put(Setting.PRICE, config.price());
        settings.put(Setting.AMOUNT, config.amount());
        settings.put(Setting.OUTPUT, config.output());
        config.outputTable().ifPresent(table -> settings.put(Setting.OUTPUT_TABLE, table.toString()));
        config.iceberg().ifPresent(table -> {
            settings.put(Setting.TABLE_FORMAT, "iceberg");
            settings.put(Setting.OUTPUT_TABLE, table.name().toString());
            settings.put(Setting.SCHEMA_CHANGES, lower(table.schemaChanges()));
            if (!table.key().isEmpty()) {
                settings.put(Setting.KEY, String.join(",", table.key()));
            }
        });
        settings.put(Setting.MODE, lower(config.mode()));
        if (config.customerChanges() != CustomerChanges.IGNORE) {
            settings.put(Setting.COMPLETE_UNMATCHED, "true");
            settings.put(
                    Setting.CUSTOMER_CHANGES,
                    config.customerChanges() == CustomerChanges.REENRICH ? "reenrich" : "ignore");
        }
        if (!config.partitionBy().isEmpty()) {
            settings.put(Setting.PARTITION_BY, String.join(",", config.partitionBy()));
        }
        settings.put(Setting.TARGET_FILE_SIZE, Long.toString(config.targetFileBytes()));
        settings.put(Setting.COMPRESSION, lower(config.compression()));
        settings.put(
                Setting.PERSONAL,
                config.personal().isEmpty() ? "none" : String.join(",", new TreeSet<>(config.personal())));
        settings.put(Setting.PERSONAL_VALUES, personalValues(config.personalValues()));
        renames(config.sales(), Setting.RENAME_SALES, settings);
        renames(config.customers(), Setting.RENAME_CUSTOMERS, settings);
        Map<String, String> named = new TreeMap<>();
        settings.forEach((setting, value) -> named.put(setting.key(), value));
        return named;
    }

    private static void csv(CsvDialect dialect, Map<Setting, String> settings) {
        CsvDialect standard = CsvDialect.standard();
        if (dialect.delimiter() != standard.delimiter()) {
            settings.put(Setting.CSV_DELIMITER, dialect.delimiter() == '\t' ? "\\t" : "" + dialect.delimiter());
        }
        if (dialect.quote() != standard.quote()) {
            settings.put(Setting.CSV_QUOTE, dialect.quote() == CsvDialect.NO_QUOTE ? "none" : "" + dialect.quote());
        }
        if (dialect.lineBreaks() != standard.lineBreaks()) {
            settings.put(Setting.CSV_MULTILINE, "true");
        }
        if (!dialect.nulls().isEmpty()) {
            settings.put(Setting.CSV_NULL, String.join(",", dialect.nulls()));
        }
        if (!dialect.charset().equals(standard.charset())) {
            settings.put(Setting.CSV_CHARSET, dialect.charset());
        }
    }

    private static void renames(TableConfig table, Setting setting, Map<Setting, String> settings) {
        if (!table.rename().isEmpty()) {
            settings.put(
                    setting,
                    table.rename().entrySet().stream()
                            .map(rename -> rename.getKey() + "=" + rename.getValue())
                            .sorted()
                            .collect(Collectors.joining(",")));
        }
    }

    private static String personalValues(PersonalValues values) {
        if (values instanceof PersonalValues.Kept) {
            return "keep";
        }
        if (values instanceof PersonalValues.Masked) {
            return "mask";
        }
        return values instanceof PersonalValues.Hashed ? "hash" : "drop";
    }

    private static String duplicates(DuplicatePolicy policy) {
        if (policy instanceof DuplicatePolicy.LatestBy latest) {
            return "latest-by:" + latest.column();
        }
        return policy instanceof DuplicatePolicy.Quarantine ? "quarantine" : "fail";
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
