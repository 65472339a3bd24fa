package io.crossfoot.emulator.glue;

import static org.apache.spark.sql.functions.lit;

import io.crossfoot.catalog.Catalog;
import io.crossfoot.catalog.CatalogPartition;
import io.crossfoot.catalog.CatalogTable;
import io.crossfoot.catalog.TableName;
import io.crossfoot.source.FileFormat;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads tables of a catalog the way Glue does: by their description, with readers of its own. */
public record CatalogReader(SparkSession spark) {
    /**
     * Reads a table; without files there are no columns.
     *
     * @param bookmark picks the files that are new
     * @throws IllegalArgumentException when there is no such table
     */
    public Dataset<Row> read(TableName name, UnaryOperator<List<FileStatus>> bookmark) {
        try (Catalog catalog = Emulated.catalog()) {
            CatalogTable table = catalog.table(name)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "EntityNotFoundException: Entity Not Found: Table %s not found".formatted(name)));
            List<CatalogPartition> partitions = table.partitionKeys().isEmpty() ? List.of() : catalog.partitions(name);
            return rows(table, files(table, partitions, bookmark));
        }
    }

    private Map<CatalogPartition, List<String>> files(
            CatalogTable table, List<CatalogPartition> partitions, UnaryOperator<List<FileStatus>> bookmark) {
        List<CatalogPartition> places = table.partitionKeys().isEmpty()
                ? List.of(new CatalogPartition(List.of(), table.location()))
                : partitions;
        Map<String, CatalogPartition> placeOfFile = new HashMap<>();
        List<FileStatus> found = new ArrayList<>();
        for (CatalogPartition place : places) {
            for (FileStatus file : list(place.location())) {
                found.add(file);
                placeOfFile.put(file.getPath().toString(), place);
            }
        }
        Map<CatalogPartition, List<String>> files = new HashMap<>();
        for (FileStatus file : bookmark.apply(found)) {
            String path = file.getPath().toString();
            files.computeIfAbsent(placeOfFile.get(path), place -> new ArrayList<>())
                    .add(path);
        }
        return files;
    }

    private List<FileStatus> list(String location) {
        Configuration hadoop = spark.sparkContext().hadoopConfiguration();
        try {
            Path folder = new Path(location);
            FileSystem fileSystem = folder.getFileSystem(hadoop);
            RemoteIterator<LocatedFileStatus> files = fileSystem.listFiles(folder, true);
            List<FileStatus> found = new ArrayList<>();
            while (files.hasNext()) {
                FileStatus file = files.next();
                String name = file.getPath().getName();
                if (!name.startsWith("_") && !name.startsWith(".") && file.getLen() > 0) {
                    found.add(file);
                }
            }
            return found;
        } catch (FileNotFoundException gone) {
            return List.of();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Dataset<Row> rows(CatalogTable table, Map<CatalogPartition, List<String>> files) {
        if (files.isEmpty()) {
            return spark.emptyDataFrame();
        }
        List<String> all = files.values().stream().flatMap(List::stream).toList();
        boolean isParquet = table.format().stream().anyMatch(FileFormat.PARQUET::equals);
        TextTable text = new TextTable(spark, table);
        List<String> choices = isParquet ? List.of() : text.choices(all);
        return files.entrySet().stream()
                .map(place -> withPartition(
                        table,
                        place.getKey(),
                        isParquet
                                ? spark.read().parquet(place.getValue().toArray(String[]::new))
                                : text.rows(place.getValue(), choices)))
                .reduce(Dataset::union)
                .orElseThrow();
    }

    private static Dataset<Row> withPartition(CatalogTable table, CatalogPartition partition, Dataset<Row> rows) {
        Dataset<Row> with = rows;
        for (int i = 0; i < table.partitionKeys().size(); i++) {
            with = with.withColumn(
                    table.partitionKeys().get(i).name(), lit(partition.values().get(i)));
        }
        return with;
    }
}
