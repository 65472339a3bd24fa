package io.crossfoot.source;

import io.crossfoot.csv.CsvDialect;
import io.crossfoot.error.UsageException;
import io.crossfoot.storage.Storage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Files of one format below a location: a file, a folder or a glob, on any Hadoop file system.
 *
 * <p>Columns are found by name, file by file. Files that have the same columns in the same order are read together, so
 * a thousand files of one writer are one scan. Empty files hold no rows and need no header.
 *
 * @param table what messages call the table, and the name of its flags
 * @param location where the files lie
 * @param format their format; by default detected from their names, then from their first byte
 * @param dialect how they are written if they are CSV
 * @param csvEngine who reads them if they are CSV
 * @param layout what the files do not say themselves
 * @param selection which of them are read
 */
public record FileSource(
        String table,
        String location,
        Optional<FileFormat> format,
        CsvDialect dialect,
        CsvEngine csvEngine,
        FileLayout layout,
        FileSelection selection)
        implements ListedSource {
    /** All files of a location. */
    public FileSource(
            String table,
            String location,
            Optional<FileFormat> format,
            CsvDialect dialect,
            CsvEngine csvEngine,
            FileLayout layout) {
        this(table, location, format, dialect, csvEngine, layout, FileSelection.ALL);
    }

    /** Files that say all about themselves. */
    public FileSource(String table, String location, Optional<FileFormat> format, CsvDialect dialect) {
        this(table, location, format, dialect, CsvEngine.CROSSFOOT, FileLayout.NONE);
    }

    @Override
    public List<String> locations() {
        return Stream.concat(
                        Stream.of(location),
                        layout.partitions().stream().flatMap(List::stream).map(FolderPartition::location))
                .distinct()
                .toList();
    }

    @Override
    public FileSource selecting(FileSelection chosen) {
        return new FileSource(table, location, format, dialect, csvEngine, layout, chosen);
    }

    @Override
    public List<InputFile> list(Configuration hadoop) {
        return FileListing.of(table, location, layout, hadoop).files();
    }

    @Override
    public SourceTable open(SparkSession spark, StructType expected) {
        Configuration hadoop = Storage.configuration(spark);
        FileListing listing = FileListing.of(table, location, layout, hadoop);
        List<InputFile> files = selection.of(listing.files());
        List<InputFile> filled = files.stream().filter(file -> file.bytes() > 0).toList();
        if (filled.isEmpty()) {
            return new SourceTable(table, format, List.of(), files);
        }
        FileFormat found = format.orElseGet(() -> detect(filled, hadoop));
        FileReader reader = switch (found) {
            case CSV ->
                csvEngine == CsvEngine.SPARK
                        ? new SparkCsvReader(table, dialect, layout.csvColumns())
                        : new CsvReader(table, dialect, layout.csvColumns(), expected);
            case JSON -> new JsonReader(table, List.of(expected.fieldNames()));
            case PARQUET -> new ParquetReader(table);
        };
        return new SourceTable(table, Optional.of(found), reader.read(spark, hadoop, listing.base(), filled), files);
    }

    private FileFormat detect(List<InputFile> files, Configuration hadoop) {
        Set<FileFormat> found = files.stream()
                .map(file -> FormatDetection.of(table, file, hadoop))
                .collect(Collectors.toSet());
        if (found.size() > 1) {
            throw new UsageException(
                    "Cannot read %s: %s holds files of several formats (%s); keep one, or name it with --%s-format"
                            .formatted(
                                    table,
                                    location,
                                    found.stream().map(Enum::name).sorted().collect(Collectors.joining(", ")),
                                    table));
        }
        return found.iterator().next();
    }
}
