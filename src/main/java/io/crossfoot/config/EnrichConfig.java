package io.crossfoot.config;

import io.crossfoot.catalog.CatalogPlace;
import io.crossfoot.catalog.CatalogSource;
import io.crossfoot.catalog.TableName;
import io.crossfoot.contract.Contract;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * One run of {@code enrich}, as typed values: what is read, what must hold, and what is written.
 *
 * @param on the key columns, by their contract names, in both tables; at least one
 * @param quantity the contract name of the column that says how many
 * @param price the contract name of the column that says at what price
 * @param amount the name of the column that is added
 * @param catalog where tables are looked up and registered, if any is
 * @param output the folder that is published: a path or any Hadoop file system URI
 * @param outputTable the table that the output is registered as; empty for none
 * @param iceberg the table that the output goes to, whose folder it then is; empty for an output of files
 * @param control the control folder; empty for {@code _crossfoot/<name of the output>} beside the output
 * @param rules row rules for the sales
 * @param quality rules that whole tables are judged by before anything is published
 * @param scope which of the sales are read
 * @param filter of those, which files; for runs that append
 * @param customerChanges what becomes of rows that earlier runs have published; for runs that read what is new
 * @param partitionBy columns of the output that become folders; empty for none
 * @param targetFileBytes about how large an output file becomes, in bytes
 * @param personal columns whose values no report, log or event may show, by their contract names: those of the setting and
 *     those that a contract marks
 * @param personalValues what the output holds in these columns
 * @param lineage who is told of the run by OpenLineage events
 * @param runId names the run; safe as the name of a file
 */
public record EnrichConfig(
        TableConfig sales,
        TableConfig customers,
        CatalogPlace catalog,
        Csv csv,
        ExtraColumns extraColumns,
        QuarantineLimit maxQuarantine,
        Optional<Ruleset> rules,
        Quality quality,
        List<String> on,
        DuplicatePolicy duplicates,
        String quantity,
        String price,
        String amount,
        String output,
        Optional<TableName> outputTable,
        Optional<IcebergOutput> iceberg,
        Optional<String> control,
        WriteMode mode,
        Scope scope,
        FileFilter filter,
        CustomerChanges customerChanges,
        List<String> partitionBy,
        long targetFileBytes,
        Compression compression,
        Set<String> personal,
        PersonalValues personalValues,
        LineageTarget lineage,
        String runId) {

    public EnrichConfig {
        on = List.copyOf(on);
        partitionBy = List.copyOf(partitionBy);
        personal = Set.copyOf(personal);
    }

    /**
     * A table to read.
     *
     * @param location file, folder or glob, a path or any Hadoop file system URI; or {@code catalog:DATABASE.TABLE}
     * @param format empty to detect it
     * @param contract its columns and types as Spark DDL text; empty for the built-in contract
     * @param rename from the name in the source to the name in the contract
     */
    public record TableConfig(
            String location, Optional<FileFormat> format, Optional<String> contract, Map<String, String> rename) {
        /** Returns the table of the catalog that is meant; empty when files are. */
        public Optional<TableName> catalogTable() {
            return location.startsWith(CatalogSource.PREFIX)
                    ? Optional.of(TableName.parse(location.substring(CatalogSource.PREFIX.length())))
                    : Optional.empty();
        }
    }

    /**
     * What a run is judged by. An empty text is no rule, and {@code default} stands for those that come with the library.
     *
     * @param enriched for the output; empty for those that come with the library
     * @param sales for the sales as they came; empty for none
     * @param customers for the customers, a row of each key; empty for none
     * @param anomalies what comes of a number that is unusual against the last runs; empty for no comparison
     */
    public record Quality(
            Optional<Ruleset> enriched,
            Optional<Ruleset> sales,
            Optional<Ruleset> customers,
            Optional<Severity> anomalies) {}

    /** Which of the sales a run reads. */
    public enum Scope {
        /** All that there are. */
        ALL,
        /** Those that no run has read as they are now: the output keeps the others. */
        UNPROCESSED
    }

    /** How CSV is written, whichever table it holds, and who reads it. */
    public record Csv(CsvDialect dialect, CsvEngine reader) {}

    /**
     * Reads a configuration from settings by their {@linkplain Setting#key() keys}; all others take their defaults.
     *
     * <pre>{@code
     * EnrichConfig.of(Map.of("sales", "in/sales", "customers", "in/customers", "output", "out", "run-id", "2026-11-22"))
     * }</pre>
     *
     * @param values needs at least {@code sales}, {@code customers}, {@code output} and {@code run-id}
     * @throws UsageException listing everything that is wrong
     */
    public static EnrichConfig of(Map<String, String> values) {
        return from(Settings.resolve(Layer.keyed("given", values)));
    }

    /**
     * Reads a configuration from settings, and the local files that they name.
     *
     * @throws UsageException listing everything that is wrong
     */
    public static EnrichConfig from(Settings settings) {
        SettingReader read = new SettingReader(settings, "enrich");
        TableConfig sales =
                table(read, Setting.SALES, Setting.SALES_FORMAT, Setting.SALES_CONTRACT, Setting.RENAME_SALES);
        TableConfig customers = table(
                read,
                Setting.CUSTOMERS,
                Setting.CUSTOMERS_FORMAT,
                Setting.CUSTOMERS_CONTRACT,
                Setting.RENAME_CUSTOMERS);
        CatalogPlace catalog = read.required(Setting.CATALOG, CatalogPlace::new);
        Optional<Csv> csv = csv(read);
        ExtraColumns extraColumns =
                read.required(Setting.EXTRA_COLUMNS, text -> Parse.choice(text, ExtraColumns.values()));
        QuarantineLimit maxQuarantine = read.required(Setting.MAX_QUARANTINE, Parse::quarantineLimit);
        Optional<Ruleset> rules = read.optional(Setting.RULES, Parse::rules);
        Quality quality = new Quality(
                read.optional(Setting.QUALITY, Parse::ruleset),
                read.optional(Setting.SALES_QUALITY, Parse::ruleset),
                read.optional(Setting.CUSTOMERS_QUALITY, Parse::ruleset),
                read.optional(Setting.ANOMALIES, Parse::severityOrNone).flatMap(Function.identity()));
        List<String> on = read.required(Setting.ON, Parse::list);
        DuplicatePolicy duplicates = read.required(Setting.DUPLICATES, Parse::duplicates);
        String quantity = read.required(Setting.QUANTITY, Function.identity());
        String price = read.required(Setting.PRICE, Function.identity());
        String amount = read.required(Setting.AMOUNT, Function.identity());
        String output = read.required(Setting.OUTPUT, Function.identity());
        Optional<String> control = read.optional(Setting.CONTROL, Function.identity());
        Scope scope =
                Boolean.TRUE.equals(read.required(Setting.INCREMENTAL, Parse::flag)) ? Scope.UNPROCESSED : Scope.ALL;
        TableFormat format = TableFormat.of(read);
        WriteMode mode = mode(read, scope, format);
        Optional<TableName> outputTable = format == TableFormat.ICEBERG
                ? Optional.empty()
                : read.optional(Setting.OUTPUT_TABLE, TableName::parse);
        Optional<IcebergOutput> iceberg = iceberg(read, mode, format);
        FileFilter filter = filter(read, mode);
        CustomerChanges customerChanges = customerChanges(read, scope, mode, format);
        List<String> partitionBy =
                read.optional(Setting.PARTITION_BY, Parse::list).orElse(List.of());
        Long targetFileBytes = read.required(Setting.TARGET_FILE_SIZE, Parse::bytes);
        Compression compression = read.required(Setting.COMPRESSION, text -> Parse.choice(text, Compression.values()));
        Set<String> personal = read.required(Setting.PERSONAL, Parse::columnsOrNone);
        Set<String> marked = marked(read, sales, customers);
        PersonalValues personalValues = personalValues(read);
        LineageTarget lineage = read.required(Setting.LINEAGE, Parse::lineage);
        String runId = read.required(Setting.RUN_ID, Parse::runId);
        read.refuseProblems();
        return new EnrichConfig(
                sales,
                customers,
                catalog,
                csv.orElseThrow(),
                extraColumns,
                maxQuarantine,
                rules,
                quality,
                on,
                duplicates,
                quantity,
                price,
                amount,
                output,
                outputTable,
                iceberg,
                control,
                mode,
                scope,
                filter,
                customerChanges,
                partitionBy,
                targetFileBytes,
                compression,
                and(personal, marked),
                personalValues,
                lineage,
                runId);
    }

    private static Set<String> and(Set<String> personal, Set<String> marked) {
        Set<String> all = new HashSet<>(personal);
        all.addAll(marked);
        return all;
    }

    /** Returns the columns that contracts mark as personal. Reports list their names with commas between them. */
    private static Set<String> marked(SettingReader read, TableConfig... tables) {
        Set<String> all = new TreeSet<>();
        for (TableConfig table : tables) {
            try {
                table.contract().map(ddl -> Contract.of("", ddl).personal()).ifPresent(all::addAll);
            } catch (UsageException wrong) {
                // whoever uses the contract says so, under the name of its table
                continue;
            }
        }
        all.stream()
                .filter(column -> column.contains(","))
                .forEach(column ->
                        read.refuse("Cannot mark '%s' as personal: its name has a comma; rename it".formatted(column)));
        return all;
    }

    private static PersonalValues personalValues(SettingReader read) {
        // flags and files of settings, which others may see, name a file; a path with a typo would be a secret easily
        // found
        boolean namesFile = read.origin(Setting.HASH_SALT)
                .filter(origin -> origin.equals("flag") || origin.startsWith("file "))
                .isPresent();
        Optional<String> salt = read.optional(Setting.HASH_SALT, namesFile ? Parse::textOrFile : Parse::secretOrFile);
        return read.required(Setting.PERSONAL_VALUES, text -> Parse.personalValues(text, salt));
    }

    /** What is new joins what is there; it must not take its place. */
    private static WriteMode mode(SettingReader read, Scope scope, TableFormat format) {
        WriteMode implied = scope == Scope.UNPROCESSED ? WriteMode.APPEND : WriteMode.OVERWRITE;
        return read.optional(Setting.MODE, text -> Parse.mode(text, scope, format))
                .orElse(implied);
    }

    private static Optional<IcebergOutput> iceberg(SettingReader read, WriteMode mode, TableFormat format) {
        SchemaPolicy schemaChanges = read.required(Setting.SCHEMA_CHANGES, text -> Parse.schemaChanges(text, format));
        List<String> key = mode == WriteMode.MERGE
                ? read.required(Setting.KEY, Parse::list)
                : read.optional(Setting.KEY, text -> Parse.key(text, mode)).orElse(List.of());
        if (format != TableFormat.ICEBERG) {
            return Optional.empty();
        }
        IcebergName name = read.required(Setting.OUTPUT_TABLE, IcebergName::parse);
        return name == null || key == null
                ? Optional.empty()
                : Optional.of(new IcebergOutput(name, key, schemaChanges));
    }

    private static FileFilter filter(SettingReader read, WriteMode mode) {
        return new FileFilter(
                read.optional(Setting.SINCE, text -> Parse.part(text, Parse::time, mode)),
                read.optional(Setting.ONLY, text -> Parse.part(text, Parse::values, mode))
                        .orElse(Map.of()));
    }

    private static CustomerChanges customerChanges(
            SettingReader read, Scope scope, WriteMode mode, TableFormat format) {
        boolean completes = read.optional(Setting.COMPLETE_UNMATCHED, text -> Parse.complete(text, scope, mode, format))
                .orElse(mode == WriteMode.MERGE);
        CustomerChanges changes =
                read.required(Setting.CUSTOMER_CHANGES, text -> Parse.customerChanges(text, scope, mode, format));
        return changes == CustomerChanges.IGNORE && completes ? CustomerChanges.COMPLETE : changes;
    }

    /** Returns what the settings say; empty when one of them is wrong, which is noted. */
    private static Optional<Csv> csv(SettingReader read) {
        Boolean multiline = read.required(Setting.CSV_MULTILINE, Parse::flag);
        Character delimiter = read.required(Setting.CSV_DELIMITER, Parse::delimiter);
        Character quote = read.required(Setting.CSV_QUOTE, text -> Parse.quote(text, delimiter));
        List<String> nulls = read.optional(Setting.CSV_NULL, Parse::list).orElse(List.of());
        String charset = read.required(Setting.CSV_CHARSET, Parse::charset);
        CsvEngine reader = read.required(Setting.CSV_READER, text -> Parse.choice(text, CsvEngine.values()));
        if (multiline == null || delimiter == null || quote == null || charset == null || reader == null) {
            return Optional.empty();
        }
        LineBreaks lineBreaks = multiline ? LineBreaks.QUOTED : LineBreaks.NEVER;
        return Optional.of(new Csv(new CsvDialect(delimiter, quote, lineBreaks, nulls, charset), reader));
    }

    private static TableConfig table(
            SettingReader read, Setting location, Setting format, Setting contract, Setting rename) {
        return new TableConfig(
                read.required(location, Parse::location),
                read.optional(format, text -> Parse.choice(text, FileFormat.values())),
                read.optional(contract, Parse::textOrFile),
                read.optional(rename, Parse::renames).orElse(Map.of()));
    }
}
