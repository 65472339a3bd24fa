package io.crossfoot.catalog;

import io.crossfoot.source.FileFormat;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A table as a catalog describes it.
 *
 * @param location the folder that its files lie in; empty where a table has none, as a view
 * @param columns those that the files hold; partition keys are not among them
 * @param partitionKeys the columns that folders hold, outermost first; none when the table is not partitioned
 * @param parameters what else is known of the table, sorted by name: {@code classification}, {@code delimiter},
 *     {@code skip.header.line.count}, {@code recordCount}, …
 */
public record CatalogTable(
        TableName name,
        String location,
        TableStorage storage,
        List<CatalogColumn> columns,
        List<CatalogColumn> partitionKeys,
        Map<String, String> parameters) {
    /** The parameter that names the format: {@code csv}, {@code json}, {@code parquet}. */
    public static final String CLASSIFICATION = "classification";

    /** The parameter that holds what stands between two values of a line. */
    public static final String DELIMITER = "delimiter";

    /** The parameter that says how many lines at the beginning of each file are no data. */
    public static final String HEADER_LINES = "skip.header.line.count";

    /** The parameter that holds how many rows the table had when somebody counted. */
    public static final String RECORD_COUNT = "recordCount";

    public CatalogTable {
        columns = List.copyOf(columns);
        partitionKeys = List.copyOf(partitionKeys);
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    }

    /** Returns the format of the files, by the classification, else by the SerDe; empty when neither is known here. */
    public Optional<FileFormat> format() {
        String classification = parameters.getOrDefault(CLASSIFICATION, "").toUpperCase(Locale.ROOT);
        Optional<FileFormat> classified = Arrays.stream(FileFormat.values())
                .filter(format -> format.name().equals(classification))
                .findFirst();
        if (classified.isPresent() || !classification.isEmpty()) {
            return classified;
        }
        return switch (storage.serde()) {
            case TableStorage.DELIMITED, TableStorage.QUOTED_CSV -> Optional.of(FileFormat.CSV);
            case TableStorage.OPENX_JSON, TableStorage.HCATALOG_JSON -> Optional.of(FileFormat.JSON);
            case TableStorage.PARQUET -> Optional.of(FileFormat.PARQUET);
            default -> Optional.empty();
        };
    }

    /** Returns what stands between two values of a line; a comma where nobody says. */
    public String delimiter() {
        Map<String, String> serde = storage.serdeParameters();
        return Optional.ofNullable(parameters.get(DELIMITER))
                .or(() -> Optional.ofNullable(serde.get("separatorChar")))
                .or(() -> Optional.ofNullable(serde.get("field.delim")))
                .orElse(",");
    }

    /** Whether the first line of each file names columns instead of holding data. */
    public boolean hasHeader() {
        return !parameters.getOrDefault(HEADER_LINES, "0").equals("0");
    }

    /** Returns this table with other parameters. */
    public CatalogTable withParameters(Map<String, String> others) {
        return new CatalogTable(name, location, storage, columns, partitionKeys, others);
    }
}
