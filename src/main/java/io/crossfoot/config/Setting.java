package io.crossfoot.config;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Every setting of {@code enrich}: the one list that flags, environment variables, configuration files, Glue arguments
 * and the help page are made from.
 */
public enum Setting {
    SALES(Group.SOURCES, "PATH", "file, folder, glob or catalog:DATABASE.TABLE", Default.REQUIRED),
    CUSTOMERS(Group.SOURCES, "PATH", "the same for the customers", Default.REQUIRED),
    CATALOG(Group.SOURCES, "FOLDER|glue", "where tables are registered", Default.of("crossfoot-catalog")),
    SALES_FORMAT(Group.SOURCES, "FORMAT", "csv, json (one object a line) or parquet", Default.computed("detected")),
    CUSTOMERS_FORMAT(Group.SOURCES, "FORMAT", "the same for the customers", Default.computed("detected")),
    CSV_MULTILINE(Group.SOURCES, "", Kind.FLAG, "quoted CSV values may hold line breaks", Default.of("false")),
    CSV_DELIMITER(Group.SOURCES, "CHAR", "what separates CSV values; \\t is a tab", Default.of(",")),
    CSV_QUOTE(Group.SOURCES, "CHAR", "what stands around quoted CSV values, or none", Default.of("\"")),
    CSV_NULL(Group.SOURCES, "TEXT,…", Kind.LIST, "unquoted CSV texts that are null", Default.NONE),
    CSV_CHARSET(Group.SOURCES, "NAME", "how CSV is encoded; all but UTF-8 is not split", Default.of("UTF-8")),
    CSV_READER(Group.SOURCES, "READER", "crossfoot, or Spark's own, spark", Default.of("crossfoot")),

    SALES_CONTRACT(Group.CONTRACT, "DDL|FILE", "columns and types of the sales", Default.computed("built in")),
    CUSTOMERS_CONTRACT(Group.CONTRACT, "DDL|FILE", "the same for the customers", Default.computed("built in")),
    RULES(Group.CONTRACT, "DQDL|FILE", "row rules for the sales; bad rows go to quarantine", Default.NONE),
    QUALITY(Group.CONTRACT, "DQDL|FILE", "rules for the whole output, or none", Default.computed("built in")),
    SALES_QUALITY(Group.CONTRACT, "DQDL|FILE", "the same for the sales as they come, or default", Default.NONE),
    CUSTOMERS_QUALITY(Group.CONTRACT, "DQDL|FILE", "the same for the customers, or default", Default.NONE),
    ANOMALIES(Group.CONTRACT, "WHAT", "on numbers unusual against the last runs: warn, fail, none", Default.of("warn")),
    RENAME_SALES(Group.CONTRACT, "SOURCE=NAME", Kind.RENAMES, "source column=contract column, …", Default.NONE),
    RENAME_CUSTOMERS(Group.CONTRACT, "SOURCE=NAME", Kind.RENAMES, "the same for the customers", Default.NONE),
    EXTRA_COLUMNS(Group.CONTRACT, "POLICY", "ignore, keep or refuse columns of no contract", Default.of("ignore")),
    PERSONAL(Group.CONTRACT, "COLUMN,…", Kind.LIST, "values that no report shows, or none", Default.of("name,email")),
    PERSONAL_VALUES(Group.CONTRACT, "WHAT", "in the output: keep, mask, hash or drop them", Default.of("keep")),
    HASH_SALT(Group.CONTRACT, "FILE", "the secret of the hashes", Default.NONE),
    MAX_QUARANTINE(Group.CONTRACT, "LIMIT", "more bad rows (count or %) publish nothing", Default.of("1%")),

    ON(Group.JOIN, "COLUMN,…", Kind.LIST, "key columns that both tables have", Default.of("customer_id")),
    DUPLICATES(Group.JOIN, "POLICY", "fail, latest-by:COLUMN or quarantine", Default.of("fail")),
    QUANTITY(Group.JOIN, "COLUMN", "how many", Default.of("quantity")),
    PRICE(Group.JOIN, "COLUMN", "at what price", Default.of("price")),
    AMOUNT(Group.JOIN, "COLUMN", "the column added: exactly quantity × price", Default.of("total_amount")),

    OUTPUT(Group.OUTPUT, "PATH", "folder of the enriched sales, Parquet", Default.REQUIRED),
    OUTPUT_TABLE(Group.OUTPUT, "DB.TABLE", "registers the output in the catalog", Default.NONE),
    TABLE_FORMAT(Group.OUTPUT, "FORMAT", "parquet, or iceberg: CATALOG.DB.TABLE of this Spark", Default.of("parquet")),
    CONTROL(Group.OUTPUT, "PATH", "folder of reports and quarantine", Default.computed("_crossfoot/… beside it")),
    MODE(Group.OUTPUT, "MODE", "overwrite, append (once for each run id), merge", Default.computed("overwrite")),
    KEY(Group.OUTPUT, "COLUMN,…", Kind.LIST, "what tells rows apart that are merged", Default.NONE),
    SCHEMA_CHANGES(Group.OUTPUT, "POLICY", "of an Iceberg table: refuse or add-columns", Default.of("refuse")),
    INCREMENTAL(Group.OUTPUT, "", Kind.FLAG, "new and changed sales only; appends", Default.of("false")),
    SINCE(Group.OUTPUT, "TIME", "of these, files written then or later, as 2026-11-01", Default.NONE),
    ONLY(Group.OUTPUT, "COLUMN=TEXT,…", Kind.RENAMES, "of these, files in such folders; * is any text", Default.NONE),
    COMPLETE_UNMATCHED(
            Group.OUTPUT, "", Kind.FLAG, "earlier rows get customers that came late", Default.computed("when merging")),
    CUSTOMER_CHANGES(Group.OUTPUT, "POLICY", "ignore, or reenrich earlier rows", Default.of("ignore")),
    PARTITION_BY(Group.OUTPUT, "COLUMN,…", Kind.LIST, "one folder for each value", Default.NONE),
    TARGET_FILE_SIZE(Group.OUTPUT, "SIZE", "about this much in one file", Default.of("128MiB")),
    COMPRESSION(Group.OUTPUT, "CODEC", "zstd, snappy or gzip", Default.of("zstd")),

    LINEAGE(Group.RUN, "TARGET", "OpenLineage events: none, file, stdout or a URL", Default.of("none")),
    RUN_ID(Group.RUN, "ID", "names the run in all that it writes", Default.computed("start time and chance"));

    private static final Set<Setting> RARE = EnumSet.of(
            CSV_QUOTE,
            CSV_NULL,
            CSV_CHARSET,
            CSV_READER,
            SALES_QUALITY,
            CUSTOMERS_QUALITY,
            ANOMALIES,
            HASH_SALT,
            KEY,
            SCHEMA_CHANGES,
            COMPLETE_UNMATCHED,
            CUSTOMER_CHANGES);

    private final Group group;
    private final String label;
    private final Kind kind;
    private final String help;
    private final Default fallback;

    Setting(Group group, String label, String help, Default fallback) {
        this(group, label, Kind.TEXT, help, fallback);
    }

    Setting(Group group, String label, Kind kind, String help, Default fallback) {
        this.group = group;
        this.label = label;
        this.kind = kind;
        this.help = help;
        this.fallback = fallback;
    }

    /** Returns the name in configuration files, such as {@code sales-contract}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the flag, such as {@code --sales-contract}. */
    public String flag() {
        return "--" + key();
    }

    /** Returns the environment variable, such as {@code CROSSFOOT_SALES_CONTRACT}. */
    public String environmentName() {
        return "CROSSFOOT_" + name();
    }

    /** Returns Glue's argument without its dashes, such as {@code SALES_CONTRACT}. */
    public String glueName() {
        return name();
    }

    /** Returns what stands for the value in help; empty for a {@link Kind#FLAG}. */
    public String label() {
        return label;
    }

    public Group group() {
        return group;
    }

    public Kind kind() {
        return kind;
    }

    /** Returns the value that is used when nobody sets one; empty when it is computed, required or nothing. */
    public Optional<String> defaultText() {
        return fallback.text();
    }

    /** Returns one line of help, with the default in brackets. */
    public String help() {
        return fallback.note().isEmpty() ? help : help + " [" + fallback.note() + "]";
    }

    /** Returns in words what holds while nobody sets a value and there is no default text. */
    public String unset() {
        return fallback.note().isEmpty() ? "not set" : fallback.note();
    }

    /** Returns whether few need it, so that it is told in the README and not on the help page, which fits a screen. */
    public boolean isRare() {
        return RARE.contains(this);
    }

    /** Returns whether nobody is to see the value. */
    public boolean isSecret() {
        return this == HASH_SALT;
    }

    static List<String> keys() {
        return Arrays.stream(values()).map(Setting::key).toList();
    }

    static Optional<Setting> ofKey(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key().equals(key))
                .findFirst();
    }

    static Optional<Setting> ofEnvironmentName(String name) {
        return Arrays.stream(values())
                .filter(setting -> setting.environmentName().equals(name))
                .findFirst();
    }

    /** The headings of the help page. */
    public enum Group {
        SOURCES("Sources"),
        CONTRACT("Contract"),
        JOIN("Join"),
        OUTPUT("Output"),
        RUN("Run");

        private final String heading;

        Group(String heading) {
            this.heading = heading;
        }

        public String heading() {
            return heading;
        }
    }

    /** How a value is spelled. */
    public enum Kind {
        /** One text. */
        TEXT,
        /** {@code true} or {@code false}; the flag alone means {@code true}. */
        FLAG,
        /** Texts with commas between them; the flag may be repeated; a list in a configuration file. */
        LIST,
        /** Such as {@code SOURCE=NAME}, with commas between them; the flag may be repeated; an object in a configuration file. */
        RENAMES
    }

    private record Default(Optional<String> text, String note) {
        static final Default REQUIRED = new Default(Optional.empty(), "required");
        static final Default NONE = new Default(Optional.empty(), "");

        static Default of(String text) {
            return new Default(Optional.of(text), text);
        }

        static Default computed(String note) {
            return new Default(Optional.empty(), note);
        }
    }
}
