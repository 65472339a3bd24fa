package io.crossfoot.crawl;

import io.crossfoot.catalog.Catalog;
import io.crossfoot.catalog.CatalogColumn;
import io.crossfoot.catalog.CatalogPartition;
import io.crossfoot.catalog.CatalogTable;
import io.crossfoot.catalog.TableName;
import io.crossfoot.crawl.CrawlSettings.Deletion;
import io.crossfoot.crawl.TableChange.Action;
import io.crossfoot.error.ShapeException;
import io.crossfoot.error.UsageException;
import io.crossfoot.source.InputFile;
import io.crossfoot.source.Sampler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Finds tables below a folder, as a crawler of AWS Glue does: a table for each folder, named after it, with columns and
 * types from a sample of its files, and partitions from the folders in it.
 *
 * <p>A folder is a table when files lie in it, or folders named as partitions are. Folders directly below the one that is
 * crawled are tables of their own otherwise, even if they look alike, where Glue would take them for partitions of one.
 *
 * <p>Costs one recursive listing, and a look into at most {@link CrawlSettings#sampledFiles} files of each table: 256 KiB
 * of a text file, the footer of a Parquet file. The same files give the same answer.
 */
public final class Crawler {
    private static final double MOSTLY = 0.7;
    private static final int FOLDERS_COMPARED = 10;

    private final CrawlSettings settings;
    private final Configuration hadoop;

    public Crawler(CrawlSettings settings, Configuration hadoop) {
        this.settings = settings;
        this.hadoop = hadoop;
    }

    /**
     * Returns what a crawl of a location would do; changes nothing.
     *
     * @param location a folder or a prefix in a bucket, on any Hadoop file system
     * @throws io.crossfoot.error.StorageException when storage or the catalog cannot be read
     * @throws UsageException when there is nothing to crawl, and nothing was there before
     */
    public CrawlPlan plan(String location, Catalog catalog) {
        String root = qualified(location);
        List<InputFile> files = new Sampler("it", hadoop).list(location);
        List<CatalogTable> known = catalog.tables(settings.database());
        TableNames names = new TableNames(settings, known);
        List<TableChange> changes = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Set<TableName> found = new HashSet<>();
        for (TableFolder folder : FolderTree.of(root, files).tables(this::alike)) {
            TableName name = names.of(folder);
            found.add(name);
            try {
                Optional<CatalogTable> there = known.stream()
                        .filter(table -> table.name().equals(name))
                        .findFirst();
                changes.add(change(name, folder, there, catalog));
            } catch (ShapeException noTable) {
                problems.addAll(noTable.problems());
            }
        }
        known.stream()
                .filter(table -> !found.contains(table.name()) && isCrawled(table, root))
                .map(this::vanished)
                .forEach(changes::add);
        if (changes.isEmpty() && problems.isEmpty()) {
            throw new UsageException(
                    "Cannot crawl %s: no file with data is in it; name another folder".formatted(location));
        }
        changes.sort(Comparator.comparing(change -> change.table().name()));
        return new CrawlPlan(settings.database(), changes, problems);
    }

    /**
     * Returns what is to be done so that a table of this name describes a folder; empty when there is no file in it.
     * Changes nothing.
     */
    public Optional<TableChange> describe(TableName name, String location, Catalog catalog) {
        List<InputFile> files = new Sampler(name.toString(), hadoop)
                .list(location).stream().filter(file -> file.bytes() > 0).toList();
        return files.isEmpty()
                ? Optional.empty()
                : Optional.of(change(name, new TableFolder(qualified(location), files), catalog.table(name), catalog));
    }

    /** Returns whether two spellings of a folder mean the same one. */
    public static boolean isSamePlace(String location, String other, Configuration hadoop) {
        return TableNames.place(qualified(location, hadoop)).equals(TableNames.place(qualified(other, hadoop)));
    }

    private TableChange change(TableName name, TableFolder folder, Optional<CatalogTable> there, Catalog catalog) {
        Inferred inferred = infer(name.table(), folder.files(), folder.sample(settings.sampledFiles()));
        CatalogTable table = table(name, folder, inferred);
        List<CatalogPartition> partitions = folder.partitions().stream()
                .map(partition -> new CatalogPartition(partition.values(), stored(partition.location())))
                .toList();
        TableChange change = there.map(known ->
                        Comparison.of(known, catalog.partitions(name), table, partitions, settings.schemaChange()))
                .orElseGet(() -> new TableChange(
                        Action.ADDED,
                        table,
                        partitions,
                        List.of(),
                        List.of("%d columns".formatted(table.columns().size())),
                        List.of()));
        return change.noting(inferred.notes()).noting(ContractNotes.of(table));
    }

    private Inferred infer(String table, List<InputFile> all, List<InputFile> sample) {
        Sampler sampler = new Sampler(table, hadoop);
        Map<String, InputFile> formats = new TreeMap<>();
        for (InputFile file : formatsByEnding(all)) {
            formats.putIfAbsent(sampler.format(file).name(), file);
        }
        if (formats.size() > 1) {
            throw new ShapeException(
                    "Cannot describe %s: its folder holds files of several formats (%s); keep one format in a folder"
                            .formatted(
                                    table,
                                    String.join(
                                            ", ",
                                            formats.entrySet().stream()
                                                    .map(format -> "%s as %s"
                                                            .formatted(
                                                                    format.getKey(),
                                                                    format.getValue()
                                                                            .name()))
                                                    .toList())));
        }
        return switch (sampler.format(sample.get(0))) {
            case CSV -> CsvInference.of(paired(sample, sampler.each(sample, sampler::head)));
            case JSON -> JsonInference.of(table, paired(sample, sampler.each(sample, sampler::head)));
            case PARQUET -> ParquetInference.of(paired(sample, sampler.each(sample, sampler::footer)));
        };
    }

    /** One file for each ending: what differs in its ending may differ in its format. */
    private static List<InputFile> formatsByEnding(List<InputFile> files) {
        Map<String, InputFile> endings = new TreeMap<>();
        files.forEach(file -> endings.putIfAbsent(file.name().replaceFirst("^[^.]*", ""), file));
        return endings.values().stream().limit(FOLDERS_COMPARED).toList();
    }

    private static <T> Map<InputFile, T> paired(List<InputFile> files, List<T> results) {
        Map<InputFile, T> paired = new java.util.LinkedHashMap<>();
        for (int i = 0; i < files.size(); i++) {
            paired.put(files.get(i), results.get(i));
        }
        return paired;
    }

    private CatalogTable table(TableName name, TableFolder folder, Inferred inferred) {
        List<String> keys = folder.partitionKeys();
        Map<String, String> parameters = new HashMap<>(inferred.parameters());
        parameters.putAll(Map.of(
                "typeOfData", "file",
                "compressionType", Compression.of(folder.files()).glue(),
                "objectCount", String.valueOf(folder.files().size()),
                "sizeKey", String.valueOf(folder.bytes()),
                "CrawlerSchemaSerializerVersion", "1.0",
                "CrawlerSchemaDeserializerVersion", "1.0",
                "UPDATED_BY_CRAWLER", settings.crawler()));
        if (inferred.sampledRows() > 0 && inferred.sampledBytes() > 0) {
            double recordBytes = (double) inferred.sampledBytes() / inferred.sampledRows();
            parameters.put("averageRecordSize", String.valueOf(Math.round(recordBytes)));
            parameters.put(CatalogTable.RECORD_COUNT, String.valueOf(Math.round(folder.bytes() / recordBytes)));
        }
        if (!keys.isEmpty()) {
            parameters.put("partition_filtering.enabled", "true");
        }
        return new CatalogTable(
                name,
                stored(folder.folder()),
                inferred.storage(),
                inferred.columns().stream()
                        .filter(column -> !keys.contains(column.name()))
                        .toList(),
                keys.stream().map(key -> new CatalogColumn(key, "string")).toList(),
                parameters);
    }

    private boolean alike(List<InputFile> files) {
        List<InputFile> some = files.stream().limit(FOLDERS_COMPARED).toList();
        Inferred first = null;
        for (InputFile file : some) {
            try {
                Inferred next = infer("it", List.of(file), List.of(file));
                if (first != null && !alike(first, next)) {
                    return false;
                }
                first = next;
            } catch (ShapeException unreadable) {
                return false;
            }
        }
        return true;
    }

    private static boolean alike(Inferred left, Inferred right) {
        Set<String> common =
                new HashSet<>(left.columns().stream().map(CatalogColumn::name).toList());
        common.retainAll(right.columns().stream().map(CatalogColumn::name).toList());
        int most = Math.max(left.columns().size(), right.columns().size());
        return left.storage().serde().equals(right.storage().serde()) && common.size() >= MOSTLY * most;
    }

    private boolean isCrawled(CatalogTable table, String root) {
        return table.parameters().containsKey("UPDATED_BY_CRAWLER")
                && (TableNames.place(table.location()) + "/").startsWith(TableNames.place(root) + "/");
    }

    private TableChange vanished(CatalogTable table) {
        boolean marked = table.parameters().containsKey(Comparison.DEPRECATED);
        Map<String, String> parameters = new HashMap<>(table.parameters());
        parameters.putIfAbsent(Comparison.DEPRECATED, String.valueOf(System.currentTimeMillis()));
        Action action = settings.deletion() == Deletion.DELETE
                ? Action.DELETED
                : settings.deletion() == Deletion.LOG ? Action.LOGGED : marked ? Action.UNCHANGED : Action.DEPRECATED;
        List<String> details = marked && action == Action.UNCHANGED ? List.of() : List.of("its files are gone");
        return new TableChange(action, table.withParameters(parameters), List.of(), List.of(), details, List.of());
    }

    private String qualified(String location) {
        return qualified(location, hadoop);
    }

    private static String qualified(String location, Configuration hadoop) {
        try {
            Path path = new Path(location);
            String text = path.getFileSystem(hadoop).makeQualified(path).toString();
            return text.endsWith("/") ? text : text + "/";
        } catch (IOException | IllegalArgumentException invalid) {
            throw new UsageException("Cannot crawl %s: %s".formatted(location, invalid.getMessage()));
        }
    }

    /** Returns a location as a catalog keeps it: Glue and Athena know S3 by no other name. */
    private static String stored(String location) {
        return location.replaceFirst("^s3[an]://", "s3://");
    }
}
