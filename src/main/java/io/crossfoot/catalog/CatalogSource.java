package io.crossfoot.catalog;

import io.crossfoot.csv.CsvDialect;
import io.crossfoot.error.NearMiss;
import io.crossfoot.error.ShapeException;
import io.crossfoot.error.StorageException;
import io.crossfoot.source.CsvEngine;
import io.crossfoot.source.FileFormat;
import io.crossfoot.source.FileLayout;
import io.crossfoot.source.FileSelection;
import io.crossfoot.source.FileSource;
import io.crossfoot.source.FolderPartition;
import io.crossfoot.source.InputFile;
import io.crossfoot.source.ListedSource;
import io.crossfoot.source.SourceTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A table of a catalog: its files, read as the catalog says they are written.
 *
 * <p>The catalog says where they are, their format and delimiter, whether CSV has a header, and which partitions there
 * are. The types that it gives to columns are not used: values come as they stand in the files, and the contract types
 * them. CSV is quoted as RFC 4180 says, whatever the SerDe would make of a quote. Where CSV has a header, columns go by
 * that; where it has none, by their order in the catalog.
 */
public final class CatalogSource implements ListedSource {
    /** What a location begins with that is a table of a catalog: {@code catalog:analytics.sales}. */
    public static final String PREFIX = "catalog:";

    private static final String HIVE_NULL = "__HIVE_DEFAULT_PARTITION__";

    private final FileSource files;

    private CatalogSource(FileSource files) {
        this.files = files;
    }

    /**
     * Looks a table up.
     *
     * @param table what messages call it: {@code sales}
     * @param dialect how CSV is written, its delimiter aside, which the catalog says
     * @param engine who reads CSV
     * @throws StorageException when the catalog has no such table, or no partition of it
     * @throws ShapeException when its format is none that can be read here
     */
    public static CatalogSource of(
            String table, TableName name, CsvDialect dialect, CsvEngine engine, Catalog catalog) {
        CatalogTable found = catalog.table(name).orElseThrow(() -> missing(table, name, catalog));
        Optional<FileFormat> format = found.format();
        if (format.isEmpty() || found.location().isEmpty()) {
            throw new ShapeException(
                    "Cannot read %s: %s in %s is no table of CSV, JSON or Parquet files (classification '%s', SerDe '%s'); name another"
                            .formatted(
                                    table,
                                    name,
                                    catalog.describe(),
                                    found.parameters().getOrDefault(CatalogTable.CLASSIFICATION, ""),
                                    found.storage().serde()));
        }
        boolean headless = format.get() == FileFormat.CSV && !headed(table, found);
        FileLayout layout = new FileLayout(
                headless ? Optional.of(names(found.columns())) : Optional.empty(), partitions(table, found, catalog));
        return new CatalogSource(
                new FileSource(table, found.location(), format, dialect.with(delimiter(table, found)), engine, layout));
    }

    @Override
    public SourceTable open(SparkSession spark, StructType expected) {
        return files.open(spark, expected);
    }

    @Override
    public List<InputFile> list(Configuration hadoop) {
        return files.list(hadoop);
    }

    @Override
    public CatalogSource selecting(FileSelection selection) {
        return new CatalogSource(files.selecting(selection));
    }

    @Override
    public List<String> locations() {
        return files.locations();
    }

    private static boolean headed(String table, CatalogTable found) {
        String lines = found.parameters().getOrDefault(CatalogTable.HEADER_LINES, "0");
        if (!lines.matches("[01]")) {
            throw new ShapeException(
                    "Cannot read %s: %s has %s = %s, and files have one line of header or none; name the files by their path"
                            .formatted(table, found.name(), CatalogTable.HEADER_LINES, lines));
        }
        return lines.equals("1");
    }

    private static char delimiter(String table, CatalogTable found) {
        String delimiter = found.delimiter().replace("\\t", "\t");
        if (delimiter.length() != 1) {
            throw new ShapeException(
                    "Cannot read %s: the delimiter of %s is '%s', not one character; name the files by their path"
                            .formatted(table, found.name(), delimiter));
        }
        return delimiter.charAt(0);
    }

    private static Optional<List<FolderPartition>> partitions(String table, CatalogTable found, Catalog catalog) {
        if (found.partitionKeys().isEmpty()) {
            return Optional.empty();
        }
        List<CatalogPartition> registered = catalog.partitions(found.name());
        if (registered.isEmpty()) {
            throw new StorageException(
                    "Cannot read %s: %s is partitioned, and %s knows no partition of it; crawl %s again"
                            .formatted(table, found.name(), catalog.describe(), found.location()));
        }
        List<String> keys = names(found.partitionKeys());
        return Optional.of(registered.stream()
                .map(partition -> new FolderPartition(partition.location(), values(keys, partition)))
                .toList());
    }

    private static Map<String, String> values(List<String> keys, CatalogPartition partition) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            String value = partition.values().get(i);
            values.put(keys.get(i), value.equals(HIVE_NULL) ? null : value);
        }
        return values;
    }

    private static List<String> names(List<CatalogColumn> columns) {
        return columns.stream().map(CatalogColumn::name).toList();
    }

    private static StorageException missing(String table, TableName name, Catalog catalog) {
        List<String> tables = catalog.tables(name.database()).stream()
                .map(other -> other.name().toString())
                .toList();
        return new StorageException("Cannot read %s: there is no table %s in %s%s"
                .formatted(
                        table,
                        name,
                        catalog.describe(),
                        tables.isEmpty() ? "; crawl its folder first, or name another --catalog" : hint(name, tables)));
    }

    private static String hint(TableName name, List<String> tables) {
        String nearest = NearMiss.hint(name.toString(), tables);
        return nearest.isEmpty() ? " (there are: " + String.join(", ", tables) + ")" : nearest;
    }
}
