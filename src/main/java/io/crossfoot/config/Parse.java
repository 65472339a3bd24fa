package io.crossfoot.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import io.crossfoot.catalog.CatalogSource;
import io.crossfoot.catalog.TableName;
import io.crossfoot.config.EnrichConfig.Scope;
import io.crossfoot.contract.Ruleset;
import io.crossfoot.csv.CsvDialect;
import io.crossfoot.error.NearMiss;
import io.crossfoot.quality.QuarantineLimit;
import io.crossfoot.quality.Severity;
import io.crossfoot.report.LineageTarget;
import io.crossfoot.sink.SchemaPolicy;
import io.crossfoot.sink.WriteMode;
import io.crossfoot.transform.DuplicatePolicy;
import io.crossfoot.transform.PersonalValues;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the text of a setting means. Each method throws IllegalArgumentException that says why, and the remedy. */
final class Parse {
    private static final Pattern ROWS = Pattern.compile("\\d{1,18}");
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,10})?)\\s*%");
    private static final Pattern LATEST_BY = Pattern.compile("latest-by(?::\\s*|\\s+)(\\S.*)");
    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    /** No definition of columns and no rule can do without a space or a bracket; a path mostly can. */
    private static final Pattern ONLY_A_PATH = Pattern.compile("[^\\s\\[<]+");

    private static final int LEAST_SALT = 16;

    private Parse() {}

    /** A path, or a table of the catalog. */
    static String location(String text) {
        if (text.startsWith(CatalogSource.PREFIX)) {
            TableName.parse(text.substring(CatalogSource.PREFIX.length()));
        }
        return text;
    }

    static boolean flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("it is a switch; write true or false");
        };
    }

    /** One of the constants of an enum, in lower case. */
    static <E extends Enum<E>> E choice(String text, E[] choices) {
        List<String> names = Arrays.stream(choices)
                .map(choice -> choice.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
        int index = names.indexOf(text.toLowerCase(Locale.ROOT));
        if (index < 0) {
            throw new IllegalArgumentException(
                    "it must be one of " + String.join(", ", names) + NearMiss.hint(text, names));
        }
        return choices[index];
    }

    static WriteMode mode(String text, Scope scope, TableFormat format) {
        WriteMode mode = choice(text, WriteMode.values());
        if (mode == WriteMode.MERGE && format != TableFormat.ICEBERG) {
            throw new IllegalArgumentException(
                    "only a table can be merged into; give --table-format iceberg, or choose overwrite or append");
        }
        if (mode == WriteMode.OVERWRITE && scope == Scope.UNPROCESSED) {
            throw new IllegalArgumentException(
                    "the new sales of an incremental run would replace all earlier ones; leave it out, or append");
        }
        return mode;
    }

    /** A part of the sales must not replace the whole. */
    static <T> T part(String text, Function<String, T> parse, WriteMode mode) {
        if (mode == WriteMode.OVERWRITE) {
            throw new IllegalArgumentException(
                    "a part of the sales would replace the output of all; use it with incremental, or append");
        }
        return parse.apply(text);
    }

    /** A time in UTC: its day is enough. */
    static Instant time(String text) {
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException wrong) {
            throw new IllegalArgumentException("it is no time; write it in UTC, as 2026-11-01 or 2026-11-01T08:30:00Z");
        }
    }

    /** Columns that rows are merged by. */
    static List<String> key(String text, WriteMode mode) {
        if (mode != WriteMode.MERGE) {
            throw new IllegalArgumentException(
                    "rows are told apart when they are merged; leave it out, or give --mode merge");
        }
        return list(text);
    }

    static SchemaPolicy schemaChanges(String text, TableFormat format) {
        SchemaPolicy policy = choice(text, SchemaPolicy.values());
        if (policy != SchemaPolicy.REFUSE && format != TableFormat.ICEBERG) {
            throw new IllegalArgumentException(
                    "files have the columns of the run that writes them; leave it out, or give --table-format iceberg");
        }
        return policy;
    }

    static boolean complete(String text, Scope scope, WriteMode mode, TableFormat format) {
        return forEarlierRows(flag(text), false, scope, mode, format);
    }

    static CustomerChanges customerChanges(String text, Scope scope, WriteMode mode, TableFormat format) {
        CustomerChanges changes =
                choice(text, new CustomerChanges[] {CustomerChanges.IGNORE, CustomerChanges.REENRICH});
        return forEarlierRows(changes, CustomerChanges.IGNORE, scope, mode, format);
    }

    private static <T> T forEarlierRows(T value, T none, Scope scope, WriteMode mode, TableFormat format) {
        if (!value.equals(none) && format == TableFormat.ICEBERG && mode != WriteMode.MERGE) {
            throw new IllegalArgumentException(
                    "rows of an Iceberg table are changed by a merge only; leave it out, or give --mode merge");
        }
        if (!value.equals(none) && format != TableFormat.ICEBERG && scope == Scope.ALL) {
            throw new IllegalArgumentException(
                    "only a run with incremental keeps rows of earlier ones; leave it out, or give --incremental");
        }
        return value;
    }

    /** Columns and the texts that their folders have. */
    static Map<String, String> values(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : list(text)) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(
                        "'%s' names no folder; write COLUMN=TEXT, such as order_date=2026-11-*".formatted(pair));
            }
            if (values.put(pair.substring(0, equals), pair.substring(equals + 1)) != null) {
                throw new IllegalArgumentException("'%s' names a column for the second time".formatted(pair));
            }
        }
        return values;
    }

    static List<String> list(String text) {
        List<String> items =
                Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        if (items.contains("")) {
            throw new IllegalArgumentException("it holds an empty name; write one comma between two names");
        }
        List<String> repeated = new ArrayList<>(items);
        new HashSet<>(items).forEach(repeated::remove);
        if (!repeated.isEmpty()) {
            throw new IllegalArgumentException("it names '%s' twice; name each column once".formatted(repeated.get(0)));
        }
        return items;
    }

    static Set<String> columnsOrNone(String text) {
        return text.equals("none") ? Set.of() : Set.copyOf(list(text));
    }

    static LineageTarget lineage(String text) {
        if (text.matches("https?://[^\\s/]+.*")) {
            try {
                return new LineageTarget.Endpoint(URI.create(text));
            } catch (IllegalArgumentException invalid) {
                throw new IllegalArgumentException("it is no URL; write http://localhost:5000/api/v1/lineage", invalid);
            }
        }
        return switch (text) {
            case "none" -> new LineageTarget.Nobody();
            case "file" -> new LineageTarget.BesideTheReport();
            case "stdout" -> new LineageTarget.StandardOutput();
            default ->
                throw new IllegalArgumentException(
                        "it must be none, file, stdout or a URL such as" + " http://localhost:5000/api/v1/lineage"
                                + NearMiss.hint(text, List.of("none", "file", "stdout")));
        };
    }

    static Map<String, String> renames(String text) {
        Map<String, String> renames = new LinkedHashMap<>();
        for (String rename : list(text)) {
            // a name in a contract holds no '=', a name in a source may
            int equals = rename.lastIndexOf('=');
            String source = rename.substring(0, Math.max(equals, 0)).strip();
            String name = rename.substring(equals + 1).strip();
            if (source.isEmpty() || name.isEmpty()) {
                throw new IllegalArgumentException(
                        "'%s' is no rename; write SOURCE=NAME, such as cust_no=customer_id".formatted(rename));
            }
            if (renames.containsValue(name) || renames.put(source, name) != null) {
                throw new IllegalArgumentException(
                        "'%s' renames a column for the second time; name each column once".formatted(rename));
            }
        }
        return Collections.unmodifiableMap(renames);
    }

    static DuplicatePolicy duplicates(String text) {
        Matcher latestBy = LATEST_BY.matcher(text);
        if (latestBy.matches()) {
            return DuplicatePolicy.latestBy(latestBy.group(1).strip());
        }
        return switch (text) {
            case "fail" -> DuplicatePolicy.fail();
            case "quarantine" -> DuplicatePolicy.quarantine();
            case "latest-by" -> throw new IllegalArgumentException("it names no column; write latest-by:COLUMN");
            default ->
                throw new IllegalArgumentException("it must be fail, latest-by:COLUMN or quarantine"
                        + NearMiss.hint(text, List.of("fail", "quarantine")));
        };
    }

    static QuarantineLimit quarantineLimit(String text) {
        Matcher percent = PERCENT.matcher(text);
        if (percent.matches() && new BigDecimal(percent.group(1)).compareTo(BigDecimal.valueOf(100)) <= 0) {
            return new QuarantineLimit.Percent(new BigDecimal(percent.group(1)));
        }
        if (ROWS.matcher(text).matches()) {
            return new QuarantineLimit.Rows(Long.parseLong(text));
        }
        throw new IllegalArgumentException("it is neither a count of rows nor a percentage to 100%; write 100 or 0.5%");
    }

    static long bytes(String text) {
        try {
            long bytes = ConfigFactory.parseMap(Map.of("size", text)).getBytes("size");
            if (bytes > 0) {
                return bytes;
            }
        } catch (ConfigException notASize) {
            // the message below says it in our words
        }
        throw new IllegalArgumentException("it is no size above zero; write 128MiB, 64m or 1GB");
    }

    static char delimiter(String text) {
        String character = text.equals("\\t") ? "\t" : text;
        if (character.length() != 1 || !CsvDialect.isSeparator(character.charAt(0)) || character.equals("\"")) {
            throw new IllegalArgumentException(
                    "it must be one ASCII character and no letter, digit, quote or line break; write , or ; or \\t");
        }
        return character.charAt(0);
    }

    /** @param delimiter what it must not be; null when nobody knows */
    static char quote(String text, Character delimiter) {
        if (text.equals("none")) {
            return CsvDialect.NO_QUOTE;
        }
        if (text.length() != 1 || !CsvDialect.isSeparator(text.charAt(0))) {
            throw new IllegalArgumentException(
                    "it must be one ASCII character and no letter, digit or line break, or none; write \" or '");
        }
        if (delimiter != null && delimiter == text.charAt(0)) {
            throw new IllegalArgumentException("it is the delimiter, too; choose another");
        }
        return text.charAt(0);
    }

    static String charset(String text) {
        try {
            return Charset.forName(text).name();
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                    "Java knows no such charset; write UTF-8, ISO-8859-1 or UTF-16", unknown);
        }
    }

    static String runId(String text) {
        if (!RUN_ID.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "it names files, so it may hold 100 letters, digits, dots, dashes and underscores, the first a"
                            + " letter or digit");
        }
        return text;
    }

    static PersonalValues personalValues(String text, Optional<String> salt) {
        return switch (text) {
            case "keep" -> new PersonalValues.Kept();
            case "mask" -> new PersonalValues.Masked();
            case "drop" -> new PersonalValues.Dropped();
            case "hash" ->
                salt.map(String::strip)
                        .filter(given -> given.length() >= LEAST_SALT)
                        .map(PersonalValues.Hashed::new)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "hashes need a secret of %d characters or more; give it as CROSSFOOT_HASH_SALT, or in a file that --hash-salt names"
                                        .formatted(LEAST_SALT)));
            default ->
                throw new IllegalArgumentException("it must be keep, mask, hash or drop"
                        + NearMiss.hint(text, List.of("keep", "mask", "hash", "drop")));
        };
    }

    static Optional<Severity> severityOrNone(String text) {
        return switch (text) {
            case "none" -> Optional.empty();
            case "warn" -> Optional.of(Severity.WARN);
            case "fail" -> Optional.of(Severity.FAIL);
            default ->
                throw new IllegalArgumentException(
                        "it must be warn, fail or none" + NearMiss.hint(text, List.of("warn", "fail", "none")));
        };
    }

    /** As {@link #rules}; no rules for {@code none}, and {@code default} for what comes with the library. */
    static Ruleset ruleset(String text) {
        return switch (text) {
            case "none" -> Ruleset.of("");
            case "default" -> Ruleset.of(text);
            default -> rules(text);
        };
    }

    /** Rules, or the local file that holds them. */
    static Ruleset rules(String text) {
        return textOfFile(text)
                .map(rules -> new Ruleset(rules, Optional.of(text)))
                .orElseGet(() -> Ruleset.of(textOrFile(text)));
    }

    /** The text itself, or that of the local file it names. */
    static String textOrFile(String text) {
        Optional<String> file = textOfFile(text);
        if (file.isEmpty() && ONLY_A_PATH.matcher(text).matches()) {
            throw new IllegalArgumentException("there is no such local file; name one, or write out what it holds");
        }
        return file.orElse(text);
    }

    /** The text itself, which may look like anything, a path too; or that of the local file it names. */
    static String secretOrFile(String text) {
        return textOfFile(text).orElse(text);
    }

    private static Optional<String> textOfFile(String text) {
        try {
            Path file = Path.of(text);
            if (Files.isDirectory(file)) {
                throw new IllegalArgumentException("it is a folder; name a file in it");
            }
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (InvalidPathException notAPath) {
            return Optional.empty();
        } catch (CharacterCodingException notText) {
            throw new IllegalArgumentException("the file is no UTF-8 text; name another", notText);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("the file cannot be read (%s)".formatted(unreadable), unreadable);
        }
    }
}
