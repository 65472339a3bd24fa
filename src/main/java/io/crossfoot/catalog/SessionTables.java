package io.crossfoot.catalog;

import io.crossfoot.source.FileFormat;
import io.crossfoot.source.Identifier;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** Makes the tables of a catalog known to a session, as tables of Spark's own readers. No file is read for it. */
final class SessionTables {
    private static final Pattern FIELD = Pattern.compile("([<,])\\s*([^<>,:()`]+):");
    private static final int AT_ONCE = 500;

    private final SparkSession session;
    private final Catalog catalog;

    SessionTables(SparkSession session, Catalog catalog) {
        this.session = session;
        this.catalog = catalog;
    }

    /**
     * Makes the tables of a database; those of formats that are not known here are left out.
     *
     * @param alias what the session calls the database
     */
    void make(String database, String alias) {
        session.sql("CREATE DATABASE IF NOT EXISTS " + Identifier.quoted(alias));
        for (CatalogTable table : catalog.tables(database)) {
            if (table.format().isPresent() && !table.location().isEmpty()) {
                TableName name = new TableName(alias, table.name().table());
                remove(name);
                make(table, name);
            }
        }
    }

    private void make(CatalogTable table, TableName name) {
        TableStorage storage = table.storage();
        boolean renames = table.columns().stream()
                .anyMatch(column -> !storage.field(column.name()).equals(column.name()));
        TableName files = renames ? new TableName(name.database(), name.table() + "__fields") : name;
        remove(files);
        session.sql("CREATE TABLE %s (%s) USING %s OPTIONS (%s)%s"
                .formatted(
                        quoted(files),
                        listed(
                                columns(table),
                                column -> "%s %s COMMENT '%s'"
                                        .formatted(
                                                Identifier.quoted(storage.field(column.name())),
                                                sparks(column.type()),
                                                Identifier.escaped(column.comment()))),
                        table.format().orElseThrow().name().toLowerCase(Locale.ROOT),
                        listed(
                                options(table).entrySet(),
                                option -> "%s '%s'".formatted(option.getKey(), Identifier.escaped(option.getValue()))),
                        table.partitionKeys().isEmpty()
                                ? ""
                                : " PARTITIONED BY (%s)"
                                        .formatted(
                                                listed(table.partitionKeys(), key -> Identifier.quoted(key.name())))));
        if (!table.partitionKeys().isEmpty()) {
            addPartitions(table, files);
        }
        if (renames) {
            // JSON may spell its fields with capital letters, which Spark does not overlook
            session.sql("CREATE VIEW %s AS SELECT %s FROM %s"
                    .formatted(
                            quoted(name),
                            listed(
                                    columns(table),
                                    column -> "%s AS %s"
                                            .formatted(
                                                    Identifier.quoted(storage.field(column.name())),
                                                    Identifier.quoted(column.name()))),
                            quoted(files)));
        }
    }

    /** A catalog writes names within a type as they are, such as {@code struct<zip-code:string>}; Spark wants them quoted. */
    private static String sparks(String type) {
        return FIELD.matcher(type).replaceAll("$1`$2`:");
    }

    private void addPartitions(CatalogTable table, TableName files) {
        List<CatalogPartition> partitions = catalog.partitions(table.name());
        for (int from = 0; from < partitions.size(); from += AT_ONCE) {
            String added = partitions.subList(from, Math.min(from + AT_ONCE, partitions.size())).stream()
                    .map(partition -> "PARTITION (%s) LOCATION '%s'"
                            .formatted(values(table, partition), Identifier.escaped(partition.location())))
                    .collect(Collectors.joining(" "));
            session.sql("ALTER TABLE %s ADD %s".formatted(quoted(files), added));
        }
    }

    private static String values(CatalogTable table, CatalogPartition partition) {
        return IntStream.range(0, table.partitionKeys().size())
                .mapToObj(i -> "%s = '%s'"
                        .formatted(
                                Identifier.quoted(table.partitionKeys().get(i).name()),
                                Identifier.escaped(partition.values().get(i))))
                .collect(Collectors.joining(", "));
    }

    private static List<CatalogColumn> columns(CatalogTable table) {
        return Stream.concat(table.columns().stream(), table.partitionKeys().stream())
                .toList();
    }

    private static Map<String, String> options(CatalogTable table) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("path", table.location());
        if (table.format().orElseThrow() == FileFormat.CSV) {
            options.put("header", String.valueOf(table.hasHeader()));
            options.put("sep", table.delimiter());
            options.put("escape", "\"");
            options.put("enforceSchema", String.valueOf(!table.hasHeader()));
        }
        if (table.partitionKeys().isEmpty()) {
            options.put("recursiveFileLookup", "true");
        }
        return options;
    }

    private void remove(TableName name) {
        if (!session.catalog().tableExists(quoted(name))) {
            return;
        }
        boolean isView = session
                .sql("SHOW VIEWS IN %s LIKE '%s'".formatted(Identifier.quoted(name.database()), name.table()))
                .collectAsList()
                .stream()
                .findAny()
                .isPresent();
        session.sql("DROP %s %s".formatted(isView ? "VIEW" : "TABLE", quoted(name)));
    }

    private static String quoted(TableName name) {
        return Identifier.quoted(name.database()) + "." + Identifier.quoted(name.table());
    }

    private static <T> String listed(Collection<T> items, Function<T, String> text) {
        return items.stream().map(text).collect(Collectors.joining(", "));
    }
}
